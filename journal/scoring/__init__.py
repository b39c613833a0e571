"""Scoring a corpus of consented texts: labels and counts out, never a text. It knows no vault."""

"""Small L: a private, reflective-practice journal in the terminal for healthcare trainees."""

__version__ = "0.1.0"

"""The computer the journal runs on: what the process may leave behind, and what around it keeps copies."""

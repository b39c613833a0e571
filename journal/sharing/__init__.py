"""What leaves the journal for a supervisor, how it is sealed, and how their answer is read; FORMAT.md has the bytes."""

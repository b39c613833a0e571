"""What in a text could identify a patient, a relative, a colleague or a place."""

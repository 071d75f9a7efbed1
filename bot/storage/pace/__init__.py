"""The pace of sending, kept where all workers see it."""

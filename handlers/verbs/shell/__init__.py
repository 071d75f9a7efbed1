"""What makes the command line pleasant: completion, and a bar for long work."""

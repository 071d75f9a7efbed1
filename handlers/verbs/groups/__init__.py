"""What an admin does with groups from a shell."""

"""What a teacher says about a group of theirs."""

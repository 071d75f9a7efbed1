"""What is kept about one person in several tables, and its removal."""

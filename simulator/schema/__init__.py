"""What Google would say of a message or card: its published schema, and the limits that are not in it."""

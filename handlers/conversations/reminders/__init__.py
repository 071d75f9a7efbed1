"""How the staff of a group see and change its reminders."""

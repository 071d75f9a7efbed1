"""Keeps what groups chose about their reminders."""

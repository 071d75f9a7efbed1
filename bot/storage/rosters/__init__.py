"""Keeps the class lists, and when a group was last looked at."""

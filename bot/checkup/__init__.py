"""Looks whether a school is ready: what is missing, what that means, and what to do about it."""

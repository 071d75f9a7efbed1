"""Talks about class lists: who of a class is not in its group."""

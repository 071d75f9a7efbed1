"""Keeps who is in which group, and how far a round over all groups came."""

"""Answers about the protocol as people see them: cards, going on, reading it all, /magdit, and opinions."""

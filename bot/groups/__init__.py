"""JOINS: which groups are sanctioned, and how the bot behaves where it comes."""

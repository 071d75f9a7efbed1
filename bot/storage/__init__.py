"""Outward: what the bot must remember, in SQLite on one machine or PostgreSQL behind many."""

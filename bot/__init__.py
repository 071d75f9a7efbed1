"""What the bot knows and does; no web framework in here."""

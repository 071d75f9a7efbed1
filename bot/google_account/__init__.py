"""The bot's own identity at Google: credentials, calls that stay within their time, and secrets."""

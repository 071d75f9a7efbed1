"""How the world reaches the bot: events, jobs, health and the command line."""

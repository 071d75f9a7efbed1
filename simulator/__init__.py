"""A local Google Chat to try the bot against; it knows neither the bot nor its handlers."""

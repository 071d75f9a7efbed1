"""The web routes: for Google Chat, for the timer, and for whoever asks whether the bot is well."""

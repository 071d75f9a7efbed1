"""From what somebody typed to what is meant: words of danger, typed commands, intents and articles."""

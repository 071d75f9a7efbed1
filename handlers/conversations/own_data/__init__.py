"""What the bot keeps about whoever asks, and its removal."""

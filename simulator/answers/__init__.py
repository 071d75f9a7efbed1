"""What the bot answers at once, read in its dialect and turned into what people then see."""

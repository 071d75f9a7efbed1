"""One module per kind of conversation: what is asked, what it changes, and the cards that show it."""

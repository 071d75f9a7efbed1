"""The second channel: a mail that says only that something waits in the chat app."""

"""Talks to Google Chat: client, courier, cards and replies in both dialects, and the words of unasked notices."""

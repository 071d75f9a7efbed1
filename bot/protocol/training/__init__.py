"""Learns the weights from the question bank, on a developer's machine; nothing that answers imports this."""

"""The verbs of `protocolbot` that have a room of their own, and how every verb speaks."""

"""A case on its way out: who may take it, with which code, and what it then holds."""

"""The tables, split by subject; `schema.py` knows them all."""

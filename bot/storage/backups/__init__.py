"""Backups: the data in one place and the keys that open reports in another, for two weeks."""

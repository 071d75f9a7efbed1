"""REMINDS: what is said about the etiquette, when, and to which group; it knows nothing of reports."""

"""Casework: those who may see a report read it, act on it, and are heard by its reporter."""

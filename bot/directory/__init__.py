"""Outward: what Google's directory and Classroom know about the school."""

"""Scenario files: written from a world, recorded from what people do, and done again."""

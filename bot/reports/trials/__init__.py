"""Trials: marked reports that show whether a report would arrive, and are about nothing."""

"""How long the keys of a backup may live, and with that the list of what a restore must let go of."""

from datetime import timedelta

KEYS_KEPT = timedelta(days=14)
"""A backup's wrapped keys are destroyed after this (design: section 2.3): a purged case is gone from backups too."""

PURGED_KEPT = KEYS_KEPT + timedelta(days=1)
"""How long the ids of purged cases are remembered: longer than any key of them can be in a backup."""

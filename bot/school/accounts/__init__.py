"""Roles that come from the school's own Google accounts: a unit or a group that somebody is in."""

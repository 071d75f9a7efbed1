"""The words that every room shares: people and roles, groups, calendar and clock, contacts, citations."""

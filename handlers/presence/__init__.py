"""The rounds over all groups: who is there, who is new, and which groups reach their end."""

"""The roles that the school's own accounts gave, as they were last seen."""

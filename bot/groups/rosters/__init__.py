"""Which pupils are in which class, read from the school's own lists, and who of a class is not in its group."""

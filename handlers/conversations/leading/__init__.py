"""Who reads reports: the list, a change that waits, and who agrees with it."""

"""Who calls: whether a request really comes from Google, and in which capacity."""

"""Who may read reports: what is in force, what somebody proposed, and who has to agree."""

"""Who hears about a case, and when: alerts, deadlines, and who stands in for whom."""

"""What is kept of reports: sealed cases with who may see them, their histories, and drafts."""

"""The steps that protocol and law ask of those who handle a case, and what to do in the first ten minutes."""

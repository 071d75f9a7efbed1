"""Keeps who reads reports, and gives the school as it is in force."""

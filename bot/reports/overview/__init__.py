"""The yearly overview: numbers about a year, from which nothing about one report follows."""

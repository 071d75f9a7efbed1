"""What keeps reports over the years: keys that follow one another, chains that are checked, purges that are counted."""

"""What Google lists of groups and members, compared with what is remembered of them."""

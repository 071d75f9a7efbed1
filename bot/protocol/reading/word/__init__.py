"""From a Word file to plain text: what Word shows, numbers included, in the order in which it stands there."""

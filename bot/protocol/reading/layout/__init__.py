"""What the lines of a text look like, each in its surroundings: marks, headings, contents, the page's own."""

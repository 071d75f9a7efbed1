"""From the lines of a text to the parts of a protocol: what a line looks like, what a title means."""

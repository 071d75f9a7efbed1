"""Where the lines of a protocol belong: under which heading, in which list, with which code."""

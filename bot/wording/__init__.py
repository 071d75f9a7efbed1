"""Every sentence the bot says, Dutch and English, as Babel catalogues; a reader who knows no Python starts at nl.po."""

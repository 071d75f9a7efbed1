"""How a protocol that cannot be placed is refused: which line, and why, in words for whoever made the text."""


class ProtocolRefused(ValueError):
    """A protocol's text that cannot be placed; `line` counts from 1, 0 means the text as a whole. `reason` is Dutch."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"regel {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason

"""What somebody told in confidence, in a type of its own that never shows itself by accident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class ReportText:
    """Text that may be shown in a dialog to somebody with a grant, and nowhere else."""

    words: str

    def __repr__(self) -> str:
        # A log line, an assertion or a traceback that prints this must not print the words.
        return f"<report text, {len(self.words)} characters>"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self.words.strip())

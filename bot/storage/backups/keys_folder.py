"""The folder with the wrapped keys of backups: apart from the data, two weeks at most, and purged when cases are."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.reports.keeping.backups import KEYS_KEPT
from bot.reports.ports import CaseId
from bot.storage.backups.lines import BackupRefused, Fields, decoded, encoded, read_lines, write_lines

DELETIONS = "deletions.jsonl"
KIND = "sleutels"


@dataclass(frozen=True, slots=True)
class BackedUpKeys:
    """The wrapped keys of one backup, by case."""

    taken_at: datetime
    keys: Mapping[CaseId, bytes]


@dataclass(frozen=True, slots=True)
class KeysFolder:
    """One folder; every change of it can be killed halfway and done again."""

    path: Path

    def write(self, name: str, taken_at: datetime, keys: Mapping[CaseId, bytes]) -> Path:
        """Keep the keys of a backup."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path / f"keys-{name}.jsonl"
        lines = ({"case": case, "key": encoded(key)} for case, key in sorted(keys.items()))
        write_lines(path, {"taken_at": encoded(taken_at)}, lines)
        return path

    def let_go(self, purged: Collection[CaseId], now: datetime) -> int:
        """Destroy the keys of purged cases and all keys past their two weeks; tells how many cases are purged.

        The list comes first: whoever is killed behind it has lost nothing of it.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = self.deletions() if (self.path / DELETIONS).exists() else frozenset()
        gone = known | set(purged)
        if gone != known or not (self.path / DELETIONS).exists():
            write_lines(self.path / DELETIONS, {}, ({"case": case} for case in sorted(gone)))
        for part in self.path.glob(".*.part"):
            part.unlink()
        for path in self._files():
            kept = read_keys(path)
            if kept.taken_at < now - KEYS_KEPT:
                path.unlink()
            elif gone & kept.keys.keys():
                left = {case: key for case, key in kept.keys.items() if case not in gone}
                self.write(path.stem.removeprefix("keys-"), kept.taken_at, left)
        return len(gone)

    def deletions(self) -> frozenset[CaseId]:
        """All cases that were ever purged, as far as this folder was told; raises BackupRefused."""
        path = self.path / DELETIONS
        if not path.exists():
            raise BackupRefused(f"Naast de sleutels hoort {DELETIONS} te staan: wat is opgeruimd, mag niet terugkomen.")
        return frozenset(CaseId(line["case"]) for line in _after_opening(read_lines(path, KIND)))

    def _files(self) -> list[Path]:
        return sorted(self.path.glob("keys-*.jsonl"))


def read_keys(path: Path) -> BackedUpKeys:
    """The keys in one file; raises BackupRefused."""
    lines = read_lines(path, KIND)
    opening = next(lines)
    taken_at = decoded(opening.get("taken_at"))
    if not isinstance(taken_at, datetime):
        raise BackupRefused("Dit is geen bestand met sleutels.")
    found = {CaseId(line["case"]): decoded(line["key"]) for line in lines}
    return BackedUpKeys(taken_at, {case: key for case, key in found.items() if isinstance(key, bytes)})


def _after_opening(lines: Iterator[Fields]) -> Iterator[Fields]:
    next(lines)
    return lines

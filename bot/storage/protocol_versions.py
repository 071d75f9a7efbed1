"""Keeps the versions of the protocol, each with its verbatim source."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.protocol.reading.files import FileKind
from bot.protocol.versions import Planned, ProtocolVersion
from bot.school.articles import ArticleCode
from bot.storage.rows.protocols import ProtocolVersionRow
from bot.storage.statements import changed, insert_into


class SqlProtocolVersions:
    """A `bot.protocol.versions.VersionStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def days(self) -> Sequence[Planned]:
        """All versions without their texts, oldest day first."""
        row = ProtocolVersionRow
        asked = select(row.id, row.effective_on).order_by(row.effective_on)
        return [Planned(version_id, day) for version_id, day in self._session.execute(asked)]

    def get(self, version_id: str) -> ProtocolVersion | None:
        """One version with its text."""
        row = self._session.get(ProtocolVersionRow, version_id)
        return None if row is None else _version(row)

    def all(self) -> Sequence[ProtocolVersion]:
        """All versions, oldest day first."""
        asked = select(ProtocolVersionRow).order_by(ProtocolVersionRow.effective_on)
        return [_version(row) for row in self._session.scalars(asked)]

    def add(self, version: ProtocolVersion) -> bool:
        """Keep a version unless its day has one; tells whether it was kept."""
        new = insert_into(self._session, ProtocolVersionRow).values(
            id=version.id,
            effective_on=version.effective_on,
            kind=version.kind.value,
            source=version.source,
            source_hash=version.source_hash,
            identities=json.dumps(dict(version.identities), ensure_ascii=False),
            loaded_at=version.loaded_at,
        )
        once = new.on_conflict_do_nothing(index_elements=[ProtocolVersionRow.effective_on])
        return changed(self._session, once) == 1


def _version(row: ProtocolVersionRow) -> ProtocolVersion:
    identities: dict[str, str] = json.loads(row.identities)
    return ProtocolVersion(
        id=row.id,
        effective_on=row.effective_on,
        kind=FileKind(row.kind),
        source=row.source,
        source_hash=row.source_hash,
        identities={ArticleCode(code): identity for code, identity in identities.items()},
        loaded_at=row.loaded_at,
    )

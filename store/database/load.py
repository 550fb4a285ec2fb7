"""Rows of a table as records, validated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from store.common.errors import NewerWorkspaceError, NotAWorkspaceError
from store.database.connection import SCHEMA_VERSION, Connection, version_of
from store.database.rows import name_of
from store.records import Record, RecordError


def load_table(connection: Connection, record: type[Record], path: Path, known_only: bool = False) -> dict[int, Any]:
    """The records of one kind, by id.

    ``known_only`` is for a file that is only read: an older one may lack the table, a newer one may have columns that
    this makeroom does not know. Raises :class:`NotAWorkspaceError` for a row that no record may be, and
    :class:`NewerWorkspaceError` where a newer makeroom wrote it.
    """
    wanted = "*"
    if known_only:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{record.table}")').fetchall()]
        newer = _is_newer(connection)
        if not columns and not newer:
            return {}
        unknown = sorted(set(record.columns()) - set(columns))
        if newer and unknown:
            raise NewerWorkspaceError(
                f"{path} was written by a newer makeroom, and its {record.table} are not as this one knows them "
                f"({', '.join(unknown)}). It was left as it is; update makeroom to look at it."
            )
        wanted = ", ".join(f'"{column}"' for column in columns if column in record.columns())
    cursor = connection.execute(f'SELECT {wanted} FROM "{record.table}" ORDER BY id')  # noqa: S608
    columns = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    try:
        return {one.id: one for one in record.of_rows(columns, rows)}
    except RecordError as error:
        what = f"{error.column} of {name_of(record, error.given)} ({error.why})"
        if _is_newer(connection):
            raise NewerWorkspaceError(
                f"{path} was written by a newer makeroom, and has what this one does not know: {what}. It was left as "
                "it is; update makeroom to look at it."
            ) from error
        raise NotAWorkspaceError(f"{path} is damaged: {what}. Open a backup.") from error


def _is_newer(connection: Connection) -> bool:
    return version_of(connection) > SCHEMA_VERSION

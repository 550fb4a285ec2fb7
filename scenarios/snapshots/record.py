"""The row of a snapshot in the store: its content packed, and the hash that tells whether two are the same."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections import OrderedDict
from datetime import datetime

from scenarios.snapshots.frozen import Frozen, Label
from scenarios.snapshots.text import MOST_TEXT, from_toml, to_toml
from store.common.errors import Refused, StoreError
from store.common.text import clean
from store.records import Quarter, Snapshot, SnapshotKind, State, new_id

_LONGEST_NAME = 200
#: So many that were written or read are remembered: reading 500 items' TOML takes a tenth of a second.
_REMEMBERED = 32
#: by hash and packed content
_known: OrderedDict[tuple[str, str], Frozen] = OrderedDict()


def content_hash(frozen: Frozen) -> str:
    """SHA-256 of the snapshot's TOML, in 64 hexadecimal digits."""
    return _hash(to_toml(frozen))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def agreed_plan(state: State, quarter: Quarter) -> Frozen | None:
    """The latest baseline of a quarter; None where none is on record."""
    rows = [row for row in state.each(Snapshot) if row.kind == "baseline" and row.quarter_id == quarter.id]
    return frozen_of(max(rows, key=lambda row: (row.at, row.id))) if rows else None


def pack(text: str) -> str:
    """A text as the store keeps it: compressed, in base64."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def unpack(packed: str, name: str = "") -> str:
    """The text again. Raises StoreError where it is damaged, or larger than a snapshot can be."""
    name = name or "the snapshot"
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(base64.b64decode(packed, validate=True), 4 * MOST_TEXT + 1)
        if not reader.eof:
            raise StoreError(f"{name} is damaged, or larger than a snapshot can be: open a backup.")
        return raw.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise StoreError(f"{name} is damaged ({error}): open a backup.") from error


def snapshot_record(
    state: State,
    frozen: Frozen,
    name: str,
    kind: SnapshotKind = "asked",
    *,
    at: datetime,
    author: str = "",
    note: str = "",
) -> Snapshot:
    """A snapshot of the present quarter, to be stored. Raises :class:`Refused` for a name that shows nothing."""
    shown = clean(name)[:_LONGEST_NAME].strip()
    if not shown:
        raise Refused("a snapshot needs a name that can be seen")
    text = to_toml(frozen)
    row = Snapshot(
        id=new_id(),
        quarter_id=state.quarter.id,
        name=shown,
        kind=kind,
        at=at,
        author=author,
        note=note,
        hash=_hash(text),
        content=pack(text),
    )
    _remember(row, frozen)
    return row


def _remember(row: Snapshot, frozen: Frozen) -> None:
    _known[row.hash, row.content] = frozen
    while len(_known) > _REMEMBERED:
        _known.popitem(last=False)


def frozen_of(snapshot: Snapshot) -> Frozen:
    """What a stored snapshot holds. Raises StoreError where it is not as it was written."""
    known = _known.get((snapshot.hash, snapshot.content))
    if known is not None:
        return known
    text = unpack(snapshot.content, f"The snapshot “{snapshot.name}”")
    if _hash(text) != snapshot.hash:
        raise StoreError(f"The snapshot “{snapshot.name}” is not as it was written: open a backup.")
    frozen = from_toml(text, f"The snapshot “{snapshot.name}”", own=True)
    _remember(snapshot, frozen)
    return frozen


def label_of(snapshot: Snapshot) -> Label:
    """What a file says of a stored snapshot."""
    return Label(
        name=snapshot.name,
        kind=snapshot.kind,
        at=snapshot.at,
        author=snapshot.author,
        note=snapshot.note,
    )

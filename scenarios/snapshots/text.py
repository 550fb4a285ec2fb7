"""A snapshot as TOML, and back: in a fixed order and without noise, so that a text diff shows what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import tomli_w
from pydantic import BaseModel, ValidationError

from scenarios.snapshots.frozen import FORMAT, SCHEMA, Frozen, FrozenProgress, FrozenSize, Label
from scenarios.snapshots.toml_faults import at_fault, parsed, refused
from store.common.errors import StoreError

#: What a text may come to: characters, and items.
MOST_TEXT, MOST_ITEMS = 20_000_000, 50_000
#: So many tables are no plan any more; told before they are read.
_MOST_TABLES = 6 * MOST_ITEMS
_LABEL = "snapshot"
_ALWAYS = object()


def to_toml(frozen: Frozen, label: Label | None = None) -> str:
    """The text of a snapshot: the same for the same content.

    With a ``label``, what its file says of it besides, it is the text of a file. That leaves the figures out: they
    follow from the rest, and a file in which one item changed is to differ in the lines of that item alone.
    """
    if label is not None:
        frozen = frozen.model_copy(update={"figures": None})
    document: dict[str, Any] = {"format": FORMAT, "schema": SCHEMA}
    content = _written(frozen)
    scalars = {key: value for key, value in content.items() if not isinstance(value, dict)}
    order = ("seed", "edition", "target", "target_for", "valuing", "currency")
    document |= {key: scalars[key] for key in order if key in scalars}
    if label is not None:
        document[_LABEL] = _written(label)
    document |= {key: value for key, value in content.items() if isinstance(value, dict)}
    return tomli_w.dumps(document, multiline_strings=True)


def _written(model: BaseModel) -> dict[str, Any]:
    """What differs from its default, tables after single values; numbers that people look for are always there."""
    found: dict[str, Any] = {}
    for name, default in _defaults(type(model)):
        value = getattr(model, name)
        if value != default:
            found[name] = _plain(value)
    return found


@cache
def _defaults(kind: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    """The fields that are written where they are not this; a field without a default always is, and so is net."""
    fields = ((name, field.get_default(call_default_factory=True)) for name, field in kind.model_fields.items())
    return tuple(
        (name, default if name != "net" else _ALWAYS) for name, default in fields if name not in ("format", "schema_")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _written(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def from_toml(text: str, name: str = "", *, own: bool = False) -> Frozen:
    """Read a snapshot; ``name`` is what its errors call it. Raises StoreError with line and key, the key as its field.

    ``own`` is for text that nobody can have edited: what any record may hold may stand there, too.
    """
    return file_from_toml(text, name, own=own)[0]


def file_from_toml(text: str, name: str = "", *, own: bool = False) -> tuple[Frozen, Label | None]:
    """Read a snapshot and what its file says of it. Raises StoreError with line and key, the key as its field."""
    name = name or "the snapshot"
    document = _parsed(text, name)
    if document.get("format") != FORMAT:
        raise StoreError(
            f'{name} is not a snapshot of makeroom: its first line would be: format = "{FORMAT}"', "format"
        )
    schema = document.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        raise StoreError(
            f"{name} was written by a newer makeroom (schema {schema}, this one reads {SCHEMA}): update makeroom.",
            "schema",
        )
    items = document.get("items")
    if isinstance(items, Mapping) and len(items) > MOST_ITEMS:
        raise StoreError(f"{name} has {len(items):,} items, and a plan has {MOST_ITEMS:,} at most.", "items")
    label = document.pop(_LABEL, None)
    try:
        read = Label.model_validate(label) if label is not None else None
    except ValidationError as error:
        raise refused(error, text, name, (_LABEL,)) from error
    try:
        frozen = Frozen.model_validate(document)
    except ValidationError as error:
        raise refused(error, text, name) from error
    if not own:
        _require_sound(frozen, text, name)
    return _in_order(frozen), read


def _parsed(text: str, name: str) -> dict[str, Any]:
    tables = text.count("\n[")
    if tables > _MOST_TABLES:
        raise StoreError(f"{name} has {tables:,} tables, and a plan has {MOST_ITEMS:,} items at most.", "items")
    return parsed(text, name, "a snapshot", MOST_TEXT)


def _require_sound(frozen: Frozen, text: str, name: str) -> None:
    """What no single value shows: that what is referred to is there, once, and that ranges are in order."""
    for path, what in _unsound(frozen):
        raise at_fault(text, name, path, what)


def _unsound(frozen: Frozen) -> Iterator[tuple[tuple[str | int, ...], str]]:
    numbers: set[int] = set()
    for key, team in frozen.teams.items():
        if team.number in numbers:
            yield ("teams", key, "number"), f"is {team.number}, as another team's"
        numbers.add(team.number)
    if frozen.quarter.starts > frozen.quarter.ends:
        yield ("quarter", "ends"), "is before the quarter's first day"
    for key, item in frozen.items.items():
        for at, customer in enumerate(item.waits):
            if customer not in frozen.customers:
                yield ("items", key, "waits", at), f"is “{customer[:80]}”, who is none of its customers"
        for field, each in (("waits", item.waits), ("needs", item.needs)):
            if len(set(each)) < len(each):
                yield ("items", key, field), "names the same one twice"
        if key in item.needs:
            yield ("items", key, "needs"), "names the item itself"
        for at, size in _ill_sized(frozen, item.sizes):
            yield ("items", key, "sizes", at), size
        for at, told in _ill_told(frozen, item.progress):
            yield ("items", key, "progress", at), told
        for number, version in enumerate(item.versions):
            for _, size in _ill_sized(frozen, version.sizes):
                yield ("items", key, "versions", number), size


def _ill_sized(frozen: Frozen, sizes: tuple[FrozenSize, ...]) -> Iterator[tuple[int, str]]:
    teams: set[str] = set()
    for at, size in enumerate(sizes):
        if size.team not in frozen.teams:
            yield at, f"is of team “{size.team[:80]}”, which is none of its teams"
        if size.team in teams:
            yield at, f"is the second one of team “{size.team[:80]}”"
        teams.add(size.team)
        low, high = size.low, size.high
        if (low is not None and low > size.likely) or (high is not None and high < size.likely):
            yield at, "is out of order: low (P10), then likely (P50), then high (P90)"


def _ill_told(frozen: Frozen, progress: tuple[FrozenProgress, ...]) -> Iterator[tuple[int, str]]:
    teams: set[str] = set()
    for at, each in enumerate(progress):
        if each.team not in frozen.teams:
            yield at, f"is of team “{each.team[:80]}”, which is none of its teams"
        if each.team in teams:
            yield at, f"is the second one of team “{each.team[:80]}”"
        teams.add(each.team)


def _in_order(frozen: Frozen) -> Frozen:
    """However somebody sorted the file: tables in the order in which they are written."""
    tables = {name: dict(sorted(getattr(frozen, name).items())) for name in ("teams", "slices", "customers", "items")}
    return frozen.model_copy(update=tables)

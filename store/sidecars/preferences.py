"""What one person has set, for all their workspaces: look, columns, saved filters, keys; kept as ``config.toml``.

::

    theme = "light"
    patterns = true
    preview = false
    quiet = false
    columns = ["team", "owner", "value"]
    group = "team"
    keymap = "vim"

    [keys]
    "board.fill" = "ctrl+f"

    [filters]
    "my team" = "team:Pay is:unsized"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from store.common.errors import Refused, StoreError
from store.common.text import clean, short
from store.common.values import Value
from store.database.places import config_folder

MAX_BYTES = 1_000_000
#: What is one text or a yes, what is a table of texts, and all that is read here.
_SIMPLE, _TABLES = ("theme", "patterns", "preview", "quiet", "group", "keymap"), ("filters", "keys")
_OWN = frozenset({*_SIMPLE, *_TABLES, "columns"})
#: So many filters, of so many characters, and names of so many.
MOST_FILTERS, MOST_TEXT, MOST_NAME = 200, 2_000, 60


class Preferences(Value):
    """``filters`` by name; ``columns`` are those of the board's table, None: as it comes; ``group`` by what its rows
    stand together, empty: by nothing."""

    filters: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    group: str = ""
    #: "dark", "light", or empty: as it comes
    theme: str = ""
    #: whether slices have patterns besides their colours, and whether the right half shows the plan without the row
    #: on the cursor
    patterns: bool = False
    preview: bool = False
    #: the name of a set of keys, and keys by what they are for, which come before it
    keymap: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    #: whether nothing is told on opening of what happened since the last time
    quiet: bool = False
    #: what stands in the file besides, which is kept as it is
    others: Mapping[str, Any] = field(default_factory=dict)

    def with_filter(self, name: str, text: str) -> Preferences:
        """With a filter saved under a name, in place of one of that name. Raises :class:`Refused`."""
        name, text = clean(name), clean(text)
        if not name:
            raise Refused("A filter needs a name.", "name")
        if len(name) > MOST_NAME:
            raise Refused(f"A name of a filter has at most {MOST_NAME} characters.", "name")
        if not text or len(text) > MOST_TEXT:
            raise Refused(f"A filter is a text of 1 to {MOST_TEXT:,} characters.", "where")
        found = {key: value for key, value in self.filters.items() if key.casefold() != name.casefold()}
        if len(found) >= MOST_FILTERS:
            raise Refused(f"There are {MOST_FILTERS} filters already: drop one first.", "name")
        return replace(self, filters={**found, name: text})

    def without_filter(self, name: str) -> Preferences:
        """Without the filter of a name. Raises :class:`Refused`."""
        own = self.filter_named(name)
        return replace(self, filters={key: text for key, text in self.filters.items() if key != own})

    def filter_named(self, name: str) -> str:
        """The name as it is kept. Raises :class:`Refused` with those there are."""
        plain = " ".join(name.split()).casefold()
        found = next((key for key in self.filters if key.casefold() == plain), None)
        if found is None:
            there = f"there are {', '.join(sorted(self.filters))}" if self.filters else "none is saved yet"
            raise Refused(f"there is no filter “{short(name, 60)}”: {there}", "name")
        return found


def preferences_path() -> Path:
    """Where they are kept."""
    return config_folder() / "config.toml"


def _earlier_path() -> Path:
    """Where they were kept, under another name, before there were more than the board's."""
    return config_folder() / "board.toml"


def load_preferences() -> Preferences:
    """What was set; what cannot be read counts as not set. Raises :class:`StoreError` where the file is no TOML."""
    path = next((each for each in (preferences_path(), _earlier_path()) if each.exists()), None)
    if path is None:
        # Most people have none, and need not pay for what reads it.
        return Preferences()
    import tomllib

    try:
        if path.stat().st_size > MAX_BYTES:
            raise StoreError(f"{path} is too large to be settings.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(f"{path} is not valid TOML: {error}. Mend it, or remove it.") from error
    return _read(content)


def _read(content: Mapping[str, Any]) -> Preferences:
    columns = content.get("columns")

    def text(name: str) -> str:
        found = content.get(name)
        return found if isinstance(found, str) else ""

    return Preferences(
        {clean(key): clean(words) for key, words in _texts(content.get("filters")).items() if clean(key)},
        tuple(each for each in columns if isinstance(each, str)) if isinstance(columns, list) else None,
        text("group"),
        text("theme"),
        content.get("patterns") is True,
        content.get("preview") is True,
        text("keymap"),
        _texts(content.get("keys")),
        content.get("quiet") is True,
        {name: value for name, value in content.items() if name not in _OWN},
    )


def _texts(found: object) -> dict[str, str]:
    """A table's texts by their names; none where it is no table."""
    return {key: text for key, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}


def save_preferences(wanted: Preferences) -> Path:
    """Keep them, as a whole; returns where. Raises :class:`StoreError` with a sentence."""
    import tomli_w

    from store.sidecars.snapshot_files import write_whole

    content: dict[str, Any] = {name: value for name in _SIMPLE if (value := getattr(wanted, name))}
    if wanted.columns is not None:
        content["columns"] = list(wanted.columns)
    content |= wanted.others
    for name in _TABLES:
        if table := getattr(wanted, name):
            content[name] = dict(sorted(table.items()))
    path = preferences_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, tomli_w.dumps(content).encode("utf-8"))
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from error
    return path

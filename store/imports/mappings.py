"""Named mappings: how the files of one source are to be read, kept as TOML for the next time and for other people.

::

    format = "plain"
    points-per-week = 8.0
    dates = "day-first"
    teams = ["Pay"]

    [columns]
    title = "Headline"

    [slices]
    "label:security" = "I"

What is left out is found in the file, as without a mapping. ``header`` holds the names of the columns of the file that
it was made on: the app takes it for the next file with the same ones.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import tomli_w

from store.common.text import clean
from store.database.places import config_folder, expanded
from store.imports.columns import field_named, simplified
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.options import ImportOptions, RuleWish, TeamWish, rule_wish, statuses_said, team_wish

MAX_BYTES = 1_000_000
_NAME = re.compile(r"\w[\w .-]{0,99}")
#: keys with one of these words
_WORDS = {
    "dates": ("day-first", "month-first"),
    "parents": ("auto", "both"),
    "decimal": ("comma", "point"),
    "on-conflict": ("here", "source"),
}
_TEXTS = ("format", "delimiter", "encoding", "sheet", *_WORDS)
_NUMBERS = ("points-per-week", "hours-per-week", "header-line")
_LISTS = {
    "teams": '["Pay", "Core=20.0"]',
    "header": '["Summary", "Issue key"]',
    "ignore": '["Sprint"]',
    "take-status": '["Live"]',
    "leave-status": '["Parked"]',
}
_FLAGS = ("include-done", "include-hidden", "history")
_KEYS = (*_TEXTS, *_NUMBERS, *_FLAGS, *_LISTS, "columns", "slices")
#: characters of a header that are kept
_MOST_HEADER = 100_000
#: mappings that are looked through for one that fits a file
_MOST_TRIED = 200
Value = TypeVar("Value")


@dataclass(frozen=True)
class SourceMapping:
    """How a file is to be read: what its bytes need, empty where that is found out, and the options for its rows."""

    format: str = ""
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    options: ImportOptions = field(default_factory=ImportOptions)
    #: the names of the columns of the file that it was made on; empty where nobody knows
    header: tuple[str, ...] = ()
    #: the line that the header stands in; 0 where that is found out
    header_line: int = 0

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file has the same columns as the one that it was made on, in whatever order."""
        return bool(self.header) and set(map(simplified, self.header)) == set(map(simplified, header))


def mapping_path(name: str) -> Path:
    """The file that a mapping's name means: a path where it has a slash or ends in .toml, else one in the user's
    own folder of mappings. Raises :class:`ImportOptionError`."""
    if "/" in name or os.sep in name or name.casefold().endswith(".toml"):
        return expanded(name)
    if not _NAME.fullmatch(name):
        raise ImportOptionError(f"A mapping's name has letters, digits, blanks, dots and dashes, not {name[:40]!r}.")
    return config_folder() / "mappings" / f"{name}.toml"


def load_mapping(name: str) -> SourceMapping:
    """The mapping of that name, or in that file.

    Raises :class:`UnreadableFileError` where there is none, :class:`ImportOptionError` with file, line and key where
    it says something that means nothing.
    """
    path = mapping_path(name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnreadableFileError(f"{path} is too large for a mapping.")
        text = data.decode("utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError:
        raise UnreadableFileError(f"There is no mapping {path}{_others(path)}.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableFileError(f"{path} cannot be read: {reason}.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ImportOptionError(f"{path} is not valid TOML: {error}.") from None
    return _Reader(path, text).mapping(content)


def mapping_text(mapping: SourceMapping) -> str:
    """A mapping as TOML."""
    return tomli_w.dumps(_content(mapping))


def mapping_of_text(text: str) -> SourceMapping:
    """The mapping in a text that :func:`mapping_text` wrote. Raises :class:`ImportOptionError`."""
    try:
        return _Reader(Path("mapping"), text).mapping(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ImportOptionError(f"The mapping is not valid TOML: {error}.") from None


def saved_mappings() -> list[str]:
    """The names of the mappings in the user's own folder, the latest first."""
    try:
        found = [(each.stat().st_mtime, each.stem) for each in (config_folder() / "mappings").glob("*.toml")]
    except OSError:
        return []
    return [name for _, name in sorted(found, reverse=True)]


def mapping_for(header: Sequence[str]) -> tuple[str, SourceMapping] | None:
    """The latest of the user's own mappings that was made on a file with these columns, with its name."""
    for name in saved_mappings()[:_MOST_TRIED]:
        try:
            mapping = load_mapping(name)
        except (ImportOptionError, UnreadableFileError):
            # Said when somebody asks for it.
            continue
        if mapping.fits(header):
            return name, mapping
    return None


def save_mapping(name: str, mapping: SourceMapping) -> Path:
    """Write a mapping under a name, or to a path; returns where. One that is there is replaced as a whole."""
    path = mapping_path(name)
    half = path.with_name(f"{path.name}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(mapping_text(mapping), encoding="utf-8")
        os.replace(half, path)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _content(mapping: SourceMapping) -> dict[str, Any]:
    """What the file holds: only what somebody has said."""
    options = mapping.options
    header = list(dict.fromkeys(name for each in mapping.header if (name := clean(each))))
    flat = {
        "format": mapping.format,
        "delimiter": mapping.delimiter,
        "encoding": mapping.encoding,
        "sheet": mapping.sheet,
        "header-line": mapping.header_line,
        "dates": options.dates,
        "parents": options.parents if options.parents != "auto" else None,
        "on-conflict": options.on_conflict,
        "points-per-week": options.points_per_ew,
        "hours-per-week": options.hours_per_ew,
        "include-done": options.include_done,
        "include-hidden": options.include_hidden,
        "history": options.history,
        "teams": [each.said for each in options.teams],
        "decimal": options.decimal,
        "ignore": list(options.ignored),
        "take-status": [status for status, taken in options.statuses.items() if taken],
        "leave-status": [status for status, taken in options.statuses.items() if not taken],
        "header": header if sum(map(len, header)) <= _MOST_HEADER else [],
        "columns": dict(options.columns),
        "slices": {f"{each.field}:{each.value}": each.slice for each in options.rules},
    }
    return {key: value for key, value in flat.items() if value}


def _others(path: Path) -> str:
    """The names of the mappings that are there, to choose from."""
    if path.parent != config_folder() / "mappings":
        return ""
    names = sorted(each.stem for each in path.parent.glob("*.toml")) if path.parent.is_dir() else []
    return f"; there are: {', '.join(names[:20])}" if names else "; --save-mapping NAME makes one"


class _Reader:
    """Reads one mapping strictly."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def mapping(self, content: dict[str, Any]) -> SourceMapping:
        for key, value in content.items():
            self._check(key, value)
        columns: dict[str, str] = {}
        for key, value in content.get("columns", {}).items():
            columns[self._read(key, partial(field_named, key))] = self._text(key, value)
        rules: list[RuleWish] = []
        for key, value in content.get("slices", {}).items():
            letter = self._text(key, value)
            rules.append(self._read(key, partial(rule_wish, f"{key}={letter}")))
        teams: list[TeamWish] = []
        for value in content.get("teams", []):
            teams.append(self._read("teams", partial(team_wish, value)))
        try:
            options = ImportOptions(
                points_per_ew=content.get("points-per-week"),
                hours_per_ew=content.get("hours-per-week"),
                columns=columns,
                teams=tuple(teams),
                rules=tuple(rules),
                include_done=content.get("include-done", False),
                include_hidden=content.get("include-hidden", False),
                history=content.get("history", False),
                dates=content.get("dates"),
                parents=content.get("parents", "auto"),
                on_conflict=content.get("on-conflict"),
                ignored=tuple(content.get("ignore", ())),
                statuses=statuses_said(content.get("take-status", ()), content.get("leave-status", ())),
                decimal=content.get("decimal"),
            )
        except ImportOptionError as error:
            self._refuse("hours-per-week" if "hours-per-week" in content else "points-per-week", str(error))
        return SourceMapping(
            content.get("format", ""),
            content.get("delimiter", ""),
            content.get("encoding", ""),
            content.get("sheet", ""),
            options,
            tuple(content.get("header", ())),
            content.get("header-line", 0),
        )

    def _check(self, key: str, value: object) -> None:
        """Raise where a key is not known, or its value is of the wrong kind."""
        if key not in _KEYS:
            self._refuse(key, f"means nothing; the keys are {', '.join(_KEYS)}.")
        if key in _WORDS and value not in _WORDS[key]:
            self._refuse(key, f"must be one of {', '.join(_WORDS[key])}.")
        if key in _TEXTS:
            self._text(key, value)
        if key in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
            self._refuse(key, "must be a number.")
        if key == "header-line" and not (isinstance(value, int) and value > 0):
            self._refuse(key, "must be a line of the file, from 1 on.")
        if key in _FLAGS and not isinstance(value, bool):
            self._refuse(key, "must be true or false.")
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            self._refuse(key, f"must be a list of names, as in {_LISTS[key]}.")
        if key in ("columns", "slices") and not isinstance(value, dict):
            self._refuse(key, f"must be a table: [{key}].")

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self._refuse(key, "must be text in quotes.")
        return value

    def _read(self, key: str, read: Callable[[], Value]) -> Value:
        try:
            return read()
        except ImportOptionError as error:
            self._refuse(key, str(error))

    def _refuse(self, key: str, why: str) -> NoReturn:
        name = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*[=\]]""")
        line = next((number for number, text in enumerate(self._lines, start=1) if name.match(text)), 1)
        raise ImportOptionError(f"{self._path}, line {line}: {key[:60]}: {why}")

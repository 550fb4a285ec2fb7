"""Where a key stands in a TOML text: its errors name a line, which ``tomllib`` does not keep."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_PARTS = re.compile(_PART)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
_ELEMENT = re.compile(r"[ \t]+\S")
#: What begins or ends text of several lines, or is text of one line and may hold what looks like it.
_QUOTES = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#|\\.')

Path = tuple[str | int, ...]


def locate(text: str, path: Sequence[str | int]) -> int | None:
    """The line, from 1 on, of a path of keys and indexes, or of the longest part of it that is written there."""
    wanted, best, found = tuple(path), 0, None
    for line, here in _paths(text):
        if len(here) > best and wanted[: len(here)] == here:
            best, found = len(here), line
            if best == len(wanted):
                break
    return found


def table_at(text: str, line: int) -> str:
    """The key that the line is about, as it is written: of its table, and of the last assignment up to it."""
    last: Path = ()
    for number, path in _paths(text):
        if number > line:
            break
        last = path
    return dotted(last)


def dotted(path: Sequence[str | int]) -> str:
    """A path for people: ``items.PAY-12.sizes``; an index counts from 1."""
    return ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)


def too_deep(text: str, most: int) -> int | None:
    """The line of a key of more than ``most`` parts; None where there is none."""
    for number, line, quoted in _plain_lines(text):
        if not quoted and line.count(".") >= most:
            match = _HEADER.match(line) or _ASSIGNMENT.match(line)
            if match and len(_PARTS.findall(match[match.lastindex or 0])) > most:
                return number
    return None


def _paths(text: str) -> Iterator[tuple[int, Path]]:
    """The line and the path of each table, assignment, and line of a list."""
    table: Path = ()
    last: Path = ()
    counts: dict[Path, int] = {}
    element = 0
    for number, line, quoted in _plain_lines(text):
        if quoted:
            continue
        if header := _HEADER.match(line):
            table = _resolved(_split(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            last = table
            yield number, table
        elif assignment := _ASSIGNMENT.match(line):
            last, element = (*table, *_split(assignment[1])), 0
            yield number, last
        elif _ELEMENT.match(line) and last:
            yield number, (*last, element)
            element += 1


def _resolved(parts: Path, counts: dict[Path, int]) -> Path:
    """A header's path with the index of the latest table of each list that it goes through."""
    found: Path = ()
    for at, part in enumerate(parts):
        found = (*found, part)
        if found in counts and at < len(parts) - 1:
            found = (*found, counts[found])
    return found


def _split(key: str) -> Path:
    return tuple(_unquoted(part) for part in _PARTS.findall(key))


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    try:
        return str(tomllib.loads(f"k = {part}")["k"])
    except ValueError:
        return part[1:-1]


def _plain_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line, from 1 on, and whether it begins within text of several lines."""
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line, bool(inside)
        if not inside and '"""' not in line and "'''" not in line:
            continue
        for quote in _QUOTES.finditer(line):
            mark = quote[0]
            if mark == "#" and not inside:
                break
            if mark in ('"""', "'''"):
                if not inside:
                    inside = mark
                elif mark == inside:
                    inside = ""

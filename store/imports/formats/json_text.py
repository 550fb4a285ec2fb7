"""JSON a piece at a time: the elements of one list, each with the line it starts on, so that the whole is never in
memory twice, and what is broken is named by its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from store.database.watch import NOBODY, Watch
from store.imports.errors import UnreadableFileError
from store.imports.table import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Table

_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()


class JsonText:
    """A reader that walks through a text. Its methods raise :class:`UnreadableFileError` with the line."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._at = 0
        self._line = 1
        self._counted = 0

    @property
    def line(self) -> int:
        """The line of the next character that is no blank."""
        self._skip()
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        self._skip()
        return self._text[self._at : self._at + 1]

    def take(self, character: str) -> None:
        """Step over this character, which is due here."""
        if self.peek() != character:
            self._broken(f"{character!r} is missing" if self.peek() else "it ends too early")
        self._at += 1

    def value(self) -> Any:
        """The next value, decoded."""
        self._skip()
        try:
            found, self._at = _DECODER.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            at_end = not self._text[error.pos :].strip()
            self._line += self._text.count("\n", self._counted, error.pos)
            self._counted = error.pos
            self._broken("it ends too early" if at_end or "Unterminated" in error.msg else error.msg.lower())
        except RecursionError:
            self._broken("values are nested too deeply")
        except ValueError:
            # An integer of thousands of digits.
            self._broken("a number is too long")
        return found

    def elements(self) -> Iterator[tuple[int, Any]]:
        """The elements of the list that is next: (the line where it starts, the value)."""
        self.take("[")
        count = 0
        while self.peek() != "]":
            if count:
                self.take(",")
            line = self.line
            count += 1
            if count > MAX_ROWS:
                raise UnreadableFileError(f"{self._name} is too long a list: at most {MAX_ROWS:,} are read.")
            yield line, self.value()
        self.take("]")

    def members(self) -> Iterator[str]:
        """The names in the object that is next. Whoever iterates takes the value before asking for the next name."""
        self.take("{")
        first = True
        while self.peek() != "}":
            if not first:
                self.take(",")
            first = False
            if self.peek() != '"':
                self._broken("a name in quotes is missing")
            name = self.value()
            self.take(":")
            yield str(name)
        self.take("}")

    def end(self) -> None:
        """Nothing may follow."""
        if self.peek():
            lines = self._text[self._at] == "{" and "\n" in self._text[: self._at]
            hint = " (one object a line? Put them into a list: [..., ...])" if lines else ""
            self._broken(f"more text follows after its end{hint}")

    def _skip(self) -> None:
        text, at = self._text, self._at
        while at < len(text) and text[at] in _SPACE:
            at += 1
        self._at = at

    def _broken(self, why: str) -> None:
        raise UnreadableFileError(f"{self._name} is not valid JSON: {why}, near line {self.line}.")


def table_of(name: str, format: str, rows: Sequence[tuple[int, dict[str, str]]]) -> Table:
    """The table of these (line, cells by column). Raises UnreadableFileError where it is too large."""
    header = tuple(dict.fromkeys(column for _, cells in rows for column in cells))
    if len(header) > MAX_COLUMNS or len(header) * len(rows) > MAX_CELLS:
        raise UnreadableFileError(
            f"{name} is too large a table: {len(rows):,} rows with {len(header):,} different fields."
        )
    cells = tuple(Row(line, tuple(cells.get(column, "") for column in header)) for line, cells in rows)
    return Table(name, header, cells, (), ",", format)


def table_in(text: str, name: str, watch: Watch = NOBODY) -> Table:
    """The table of a list of objects, or of the longest such list in an object: a column for each name in them."""
    reader = JsonText(text, name)
    rows: list[tuple[int, dict[str, str]]] = []
    if reader.peek() == "{":
        for _ in reader.members():
            if reader.peek() == "[":
                rows = max(rows, _objects(reader, watch), key=len)
            else:
                reader.value()
    else:
        rows = _objects(reader, watch)
    reader.end()
    if not rows:
        none = f"{name} holds no issues: it is JSON without a list of objects. Save the backlog as CSV."
        raise UnreadableFileError(none)
    return table_of(name, "plain", rows)


def _objects(reader: JsonText, watch: Watch) -> list[tuple[int, dict[str, str]]]:
    found = watch.over("reading", reader.elements())
    return [(line, _flat(one)) for line, one in found if isinstance(one, dict)]


def _flat(one: dict[str, Any]) -> dict[str, str]:
    """The words of each name; those within an object that has no name of its own have both names."""
    cells: dict[str, str] = {}
    for name, value in one.items():
        if isinstance(value, dict) and not words(value):
            cells |= {f"{name} {inner}": words(each) for inner, each in value.items()}
        else:
            cells[name] = words(value)
    return cells


def words(value: Any) -> str:
    """A cell's text for any value: what has a name by its name, several apart by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value[:MAX_CELL]
        case int() | float():
            return repr(value)
        case list():
            return ";".join(text for each in value if (text := words(each)))[:MAX_CELL]
        case dict():
            for name in ("name", "title", "login", "fullName", "username", "number", "text"):
                if isinstance(value.get(name), str | int):
                    return words(value[name])
    return ""

"""A Trello board as JSON (board menu, "Export as JSON"): cards, with the name of their list as the status."""

from __future__ import annotations

from typing import Any

from store.imports.columns import Dialect
from store.imports.errors import UnreadableFileError
from store.imports.formats.format import Source
from store.imports.formats.json_text import JsonText, table_of, words
from store.imports.table import Table

_TELLS = (
    '"idOrganization"',
    '"prefs"',
    '"shortLink"',
    '"idBoard"',
    '"cards"',
    '"labelNames"',
    '"nodeId"',
    '"descData"',
)
_WANTED = frozenset({"cards", "lists", "members", "customFields"})


class Trello:
    """Cards of one board."""

    name = "trello"
    dialect = Dialect("trello", "a Trello board", {"title": ("name",), "key": ("card",), "note": ("description",)})

    def recognise(self, source: Source) -> float:
        """By the names that a board has."""
        if source.kind != "json" or not source.data.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\0").startswith(b"{"):
            return 0.0
        head = source.data[:20_000].replace(b"\0", b"").decode("utf-8", "ignore")
        tells = sum(tell in head for tell in _TELLS)
        return min(0.95, 0.35 + 0.2 * tells) if tells or '"cards"' in head else 0.05

    def read(self, source: Source) -> Table:
        """The cards as a table. Raises UnreadableFileError with a sentence."""
        text = JsonText(source.text, source.name)
        if text.peek() != "{":
            raise UnreadableFileError(f"{source.name} is not a Trello board: one is an object with cards in it.")
        parts: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for name in text.members():
            if name in _WANTED and text.peek() == "[":
                parts[name] = [
                    (line, each)
                    for line, each in source.watch.over("reading", text.elements())
                    if isinstance(each, dict)
                ]
            else:
                text.value()
        text.end()
        if "cards" not in parts:
            raise UnreadableFileError(f"{source.name} is not a Trello board: there are no cards in it.")
        return _table(source.name, parts)


def _table(name: str, parts: dict[str, list[tuple[int, dict[str, Any]]]]) -> Table:
    lists = {words(each.get("id")): each for _, each in parts.get("lists", [])}
    members = {words(each.get("id")): words(each) for _, each in parts.get("members", [])}
    fields = {words(each.get("id")): each for _, each in parts.get("customFields", [])}
    rows: list[tuple[int, dict[str, str]]] = []
    for line, card in parts["cards"]:
        at = lists.get(words(card.get("idList")), {})
        over = card.get("closed") is True or at.get("closed") is True or card.get("dueComplete") is True
        people = card.get("idMembers")
        rows.append(
            (
                line,
                {
                    "Card": words(card.get("shortLink") or card.get("id")),
                    "Name": words(card.get("name")),
                    "Status": "Closed" if over else words(at),
                    "Labels": _labels(card.get("labels")),
                    "Assignee": ", ".join(members.get(words(each), "") for each in people or ()).strip(", ")
                    if isinstance(people, list)
                    else "",
                    "Due date": words(card.get("due")),
                    "Description": words(card.get("desc")),
                    **_custom(card.get("customFieldItems"), fields),
                },
            )
        )
    return table_of(name, "trello", rows)


def _labels(labels: Any) -> str:
    """Labels by their names; one without a name by its colour."""
    if not isinstance(labels, list):
        return ""
    found = (words(each.get("name")) or words(each.get("color")) for each in labels if isinstance(each, dict))
    return ";".join(each for each in found if each)


def _custom(items: Any, fields: dict[str, dict[str, Any]]) -> dict[str, str]:
    """A card's own fields by their names; a choice by its text."""
    cells: dict[str, str] = {}
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        field = fields.get(words(item.get("idCustomField")), {})
        value = item.get("value")
        text = ""
        if isinstance(value, dict):
            text = next((words(each) for each in value.values()), "")
        elif isinstance(options := field.get("options"), list):
            chosen = (each for each in options if isinstance(each, dict) and each.get("id") == item.get("idValue"))
            text = next((words((each.get("value") or {}).get("text")) for each in chosen), "")
        if field and text:
            cells[words(field.get("name"))] = text
    return cells


FORMAT = Trello()

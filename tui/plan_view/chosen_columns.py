"""Columns of the plan's table as somebody chose them: what there are, how wide, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.plan.plan import Entry
from store.common.errors import Refused
from store.common.text import short
from tui.session.figures import Figures

#: Columns of text after the title, in cells; then those that are drawn, which stand at the end in this order.
TEXTS: Mapping[str, int] = {"key": 9, "priority": 8, "team": 10, "owner": 10, "waits": 14, "value": 7, "due": 6}
DRAWN: Mapping[str, int] = {"weeks": 12, "size": 7, "odds": 4, "cut": 4}
COLUMNS = (*TEXTS, *DRAWN)
#: Those that stand at the right of their width.
RIGHT = frozenset({"value", "due"})
#: Cells that the title keeps: the columns chosen last leave first.
_TITLE = 20


def columns_named(text: str) -> tuple[str, ...]:
    """The columns that are typed, with blanks or commas between. Raises :class:`Refused` with those there are."""
    found = []
    for word in text.replace(",", " ").casefold().split():
        if word not in COLUMNS:
            raise Refused(f"“{short(word, 40)}” is not a column: they are {', '.join(COLUMNS)}", "columns")
        found.append(word)
    return tuple(dict.fromkeys(found))


def fitting(chosen: Sequence[str], width: int) -> dict[str, int]:
    """Those of the chosen that fit into ``width`` cells beside the title, in their order, with their widths."""
    left, found = width - _TITLE, {}
    for name in chosen:
        wide = TEXTS.get(name) or DRAWN[name]
        if left <= wide:
            break
        found[name] = wide
        left -= wide + 1
    return found


def cell(figures: Figures, entry: Entry, name: str) -> str:
    """What stands in a column of text."""
    item = entry.item
    match name:
        case "key":
            return item.source_key or ""
        case "priority":
            return item.priority[:40]
        case "team":
            names = {team.id: team.name for team in figures.plan.teams}
            return "+".join(names.get(key, "?") for key in entry.team_ids)
        case "owner":
            return item.owner[:40]
        case "waits":
            return ", ".join(one.name for one in figures.waiting.get(item.id, ())[:5])
        case "value":
            return f"{item.value:g}" if item.value is not None else ""
        case _:
            return f"{item.due.day} {item.due:%b}" if item.due is not None else ""

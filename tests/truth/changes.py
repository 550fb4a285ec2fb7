"""The kinds of sentences in the list of what is not as it was, each with what has to hold in the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TITLE = r"“(?P<title>[^”]+)”"
EW = r"(?P<ew>[\d.]+) ew"
NAME = r"[A-Z][\w&.' -]+?"
WHO = rf"(?P<who>{NAME})"
CHANGES: list[tuple[re.Pattern[str], Callable[[Any, dict[str, str]], None]]] = []


def kind(pattern: str) -> Callable[[Any], Any]:
    """A kind of sentence in the list of what is not as it was, with what has to hold."""

    def keep(check: Any) -> Any:
        CHANGES.append((re.compile(pattern), check))
        return check

    return keep


def listed(text: str) -> list[str]:
    """``A, B and C``."""
    return re.split(r", | and ", text)


def money(text: str) -> float:
    return float(text.lstrip("$").replace(",", ""))


ASKED = rf"(?:, asked by (?P<by>{NAME}))?(?:,? for (?P<for>[^;]+))?"
CAUSE = r"(?:, for “(?P<cause>[^”]+)”)?"
TOOK = r"(?:took (?P<took>[\d.]+) ew|what it took is not on record)"
WAITING = r"(?:; waiting(?: for the rest)?: (?P<waiting>.+))?"


@kind(rf"Came in: {TITLE}(?P<as> as .+?| with .+?)?, {EW}{ASKED}(?P<new>; unplanned, after the plan was agreed)?")
def _came_in(reader: Any, said: dict[str, str]) -> None:
    title = said["title"]
    assert title not in reader.before.planned
    reader.weeks(said["ew"], reader.after.planned[title])
    reader.as_what(said, title, reader.after)
    reader.asked(said, title)
    quarter, item = reader.after.quarter, reader.after.titles[title]
    late = quarter["baselined_at"] is not None and not item["baselined"] and quarter["state"] == "baselined"
    assert ("new" in said) == bool(late), said
    reader.tell("in", title)


@kind(rf"Cut: {TITLE} as a first version, “(?P<version>[^”]+)”, (?P<was>[\d.]+) → {EW}{CAUSE}{WAITING}")
def _cut(reader: Any, said: dict[str, str]) -> None:
    title = said["title"]
    reader.weeks(said["was"], reader.before.planned[title])
    reader.weeks(said["ew"], reader.after.planned[title])
    assert reader.after.planned[title] < reader.before.planned[title]
    assert said["version"] == reader.after.version(title)
    reader.waits(said, title)
    moves = [row for row in reader.after["moves"] if row["item_id"] == reader.after.titles[title]["id"]]
    assert said["cause"] == reader.after.tables["decisions"][moves[-1]["decision_id"]]["title"]
    reader.tell("cut", title)


@kind(rf"(?P<verb>Taken out|Lost with the capacity|Not finished, below the line now): {TITLE}, {EW}{CAUSE}{WAITING}")
def _left(reader: Any, said: dict[str, str]) -> None:
    title = said["title"]
    assert title not in reader.after.planned
    assert reader.after.titles[title]["state"] == "below"
    reader.weeks(said["ew"], reader.before.planned[title])
    reader.waits(said, title)
    item = reader.after.titles[title]["id"]
    out = [row["decision_id"] for row in reader.after["moves"] if row["item_id"] == item and row["kind"] == "out"]
    mine = [row for row in reader.decisions if row["id"] in out]
    kinds = {row["kind"] for row in mine}
    expected = (
        "Lost with the capacity"
        if kinds == {"capacity"}
        else "Taken out"
        if kinds
        else "Not finished, below the line now"
    )
    assert said["verb"] == expected, said
    assert ("cause" in said) == any(row["item_id"] not in (item, None) for row in mine)
    reader.tell("gone", title)


@kind(rf"Shipped: {TITLE}(?P<as> as .+?| with .+?)?, planned {EW}, {TOOK}")
def _shipped(reader: Any, said: dict[str, str]) -> None:
    title = said["title"]
    assert reader.after.titles[title]["state"] == "done"
    reader.weeks(said["ew"], reader.before.planned[title])
    reader.as_what(said, title, reader.before)
    (row,) = [row for row in reader.after["actuals"] if row["title"] == title]
    assert (float(said["took"]) if "took" in said else None) == (row["actual"] if row["counted"] else None)
    reader.tell("shipped", title)


@kind(rf"Answered by services for \$(?P<amount>[\d,]+) \(cost \+ (?P<markup>\d+)%\): {TITLE}{ASKED}")
def _services(reader: Any, said: dict[str, str]) -> None:
    way = reader.after.way(said["title"])
    assert way is not None
    assert way["kind"] == "services"
    assert (money(said["amount"]), int(said["markup"])) == (way["amount"], round(100 * way["markup"]))
    reader.asked(said, said["title"])
    reader.tell("answered", said["title"])


@kind(rf"Declined by the principle “(?P<principle>[^”]+)”: {TITLE}{WAITING}")
def _declined(reader: Any, said: dict[str, str]) -> None:
    way = reader.after.way(said["title"])
    assert way is not None
    assert reader.after.tables["principles"][way["principle_id"]]["name"] == said["principle"]
    assert reader.after.titles[said["title"]]["state"] == "declined"
    reader.waits(said, said["title"])
    reader.tell("declined", said["title"])


@kind(rf"Put off to (?P<due>[\d-]+): {TITLE}{WAITING}")
def _put_off(reader: Any, said: dict[str, str]) -> None:
    way = reader.after.way(said["title"])
    assert way is not None
    assert (way["kind"], way["due"]) == ("sequence", said["due"])
    assert reader.after.titles[said["title"]]["state"] == "below"
    reader.waits(said, said["title"])
    reader.tell("answered", said["title"])


@kind(rf"{TITLE} came in and left again: not in plan{WAITING}")
def _again(reader: Any, said: dict[str, str]) -> None:
    item = reader.after.titles[said["title"]]["id"]
    mine = {row["id"] for row in reader.decisions}
    kinds = [row["kind"] for row in reader.after["moves"] if row["item_id"] == item and row["decision_id"] in mine]
    assert kinds == ["in", "out"]
    assert said["title"] not in reader.before.planned.keys() | reader.after.planned.keys()
    reader.waits(said, said["title"])
    reader.tell("again", said["title"])


@kind(rf"(?P<verb>New|Taken back): {TITLE} promised to {WHO} by (?P<due>[\d-]+)")
def _promise(reader: Any, said: dict[str, str]) -> None:
    there, gone = (reader.after, reader.before) if said["verb"] == "New" else (reader.before, reader.after)
    item = reader.after.titles[said["title"]]["id"]
    for records, count in ((there, 1), (gone, 0)):
        rows = [
            row
            for row in records["commitments"]
            if (row["item_id"], row["who"], row["due"]) == (item, said["who"], said["due"])
        ]
        assert len(rows) == count, said


@kind(r"Net capacity of (?P<team>\w+): (?P<was>[\d.]+) ew → (?P<now>[\d.]+) ew")
def _capacity(reader: Any, said: dict[str, str]) -> None:
    for records, word in ((reader.before, "was"), (reader.after, "now")):
        (team,) = [row["id"] for row in records["teams"] if row["name"] == said["team"]]
        rows = [
            row["net"]
            for row in records["capacities"]
            if (row["team_id"], row["quarter_id"]) == (team, records.quarter["id"])
        ]
        reader.weeks(said[word], rows[0])


@kind(r"(?P<old>Q\d \d+) is closed; (?P<new>Q\d \d+) is planned now")
def _closed(reader: Any, said: dict[str, str]) -> None:
    assert (said["old"], said["new"]) == (reader.before.quarter["name"], reader.after.quarter["name"])
    assert reader.after.tables["quarters"][reader.before.quarter["id"]]["state"] == "closed"

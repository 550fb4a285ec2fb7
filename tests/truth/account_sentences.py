"""Reads an account's page sentence by sentence against the records of now and of the last page to it."""

from __future__ import annotations

import re
from typing import Any

from tests.truth.records import Records

#: Where a request stands, as it is told, and what has to be so: the state of its item and its last way out.
STANDS: tuple[tuple[str, set[str], set[str | None]], ...] = (
    (r"is planned for (?P<quarter>Q\d \d+)", {"plan"}, {None}),
    (r"is planned for (?P<quarter>Q\d \d+) as a first version, “(?P<version>[^”]+)”", {"plan"}, {None}),
    (r"is planned for (?P<quarter>Q\d \d+) as a pilot", {"plan"}, {"pilot"}),
    (r"is offered together with a partner, with our part in (?P<quarter>Q\d \d+)", {"plan"}, {"partner"}),
    (r"is offered together with a partner, and our part is done", {"done"}, {"partner"}),
    (r"is done", {"done"}, {None, "sequence"}),
    (r"is done as a first version, “(?P<version>[^”]+)”", {"done"}, {None}),
    (r"is done as a pilot; what follows is not decided", {"done"}, {"pilot"}),
    (r"is offered by our services", {"below"}, {"services"}),
    (r"is on our list, not in (?P<quarter>Q\d \d+)", {"below"}, {None}),
    (r"is on our list, to come up again on (?P<due>[\d-]+)", {"below"}, {"sequence"}),
    (r"is on our list, to come up in (?P<quarter>Q\d \d+), and not planned so far", {"below"}, {"sequence"}),
    (r"is planned for (?P<quarter>Q\d \d+)", {"plan"}, {"sequence"}),
    (r"is not decided yet", {"inbox"}, {None}),
    (r"will not be done", {"declined"}, {"decline"}),
)


def stands(records: Records, title: str, said: str) -> bool:
    """Whether that is where a request stands in these records; an unknown sentence is an error."""
    item, way = records.titles[title], records.way(title)
    known = False
    for pattern, states, ways in STANDS:
        found = re.fullmatch(pattern, said)
        if found is None:
            continue
        known = True
        words: dict[str, Any] = found.groupdict()
        right = item["state"] in states and (way["kind"] if way else None) in ways
        right &= words.get("quarter") in (None, records.quarter["name"])
        right &= (words.get("version") or "") == records.version(title)
        right &= words.get("due") in (None, way["due"] if way else None)
        if right:
            return True
    assert known, f"a sentence of no kind that is known: {title} {said}"
    return False


def read_account(page: str, name: str, now: Records, last: Records, day: str, sent: str) -> None:
    """``last`` are the records when the last page was sent, on ``sent``."""
    page = page.replace("\\", "")
    head, since, *lines = [line for line in page.splitlines() if line]
    assert head == f"# {name}: your requests, {day}"
    assert since == f"What changed since {sent} is said with each."
    mine = sorted(
        (row for row in now["items"] if name in now.waiting(row["title"])), key=lambda row: (row["rank"], row["id"])
    )
    assert [re.match(r"- “([^”]+)” ", line)[1] for line in lines] == [row["title"] for row in mine]  # type: ignore[index]
    for line, item in zip(lines, mine, strict=True):
        title = item["title"]
        now_said, *more = re.split(
            r"; (?=before, it |it is |it was not |that is less |promised |the promise )", line.split("” ", 1)[1][:-1]
        )
        assert stands(now, title, now_said), line
        new = title not in last.titles or name not in last.waiting(title)
        changed = promised = False
        for each in more:
            if each == "it is new on this page":
                assert new, line
            elif each.startswith("before, it "):
                then = each.removeprefix("before, it ").replace("was ", "is ", 1)
                assert not new, line
                assert stands(last, title, then), line
                assert then != now_said, line
                changed = True
            elif found := re.fullmatch(r"it (?:is no longer planned for|was not finished in) (Q\d \d+)", each):
                assert not new, line
                assert title in last.planned.keys() - now.planned.keys(), line
                assert found[1] == last.quarter["name"]
                assert each.startswith("it was") == (last.quarter["id"] != now.quarter["id"])
                changed = True
            elif found := re.fullmatch(r"that is less than was planned for (Q\d \d+) before", each):
                assert last.planned[title] > now.planned[title]
                assert found[1] == last.quarter["name"]
                changed = True
            else:
                promise(each, item, now, last, name, day)
                promised = True
        assert new == ("it is new on this page" in more), line
        if not new:
            ways = [(way or {"id": 0, "kind": ""}) for way in (last.way(title), now.way(title))]
            moved = (last.titles[title]["state"], last.version(title)) != (item["state"], now.version(title))
            moved |= ways[0]["id"] != ways[1]["id"]
            # What was put off comes to its quarter when that opens.
            moved |= ways[1]["kind"] == "sequence" and last.quarter["id"] != now.quarter["id"]
            assert changed == moved, line
        rows = [records for records in (now, last) for row in records["commitments"] if row["item_id"] == item["id"]]
        assert promised == bool(rows), line


def promise(said: str, item: dict[str, Any], now: Records, last: Records, name: str, day: str) -> None:
    found = re.fullmatch(r"promised by (?P<due>[\d-]+)(?P<how>, and kept|, and late)?", said)
    if found is None:
        found = re.fullmatch(r"the promise for (?P<due>[\d-]+) was taken back", said)
        assert found is not None, f"a sentence of no kind that is known: {said}"
        (row,) = [row for row in last["commitments"] if row["item_id"] == item["id"]]
        assert row["id"] not in now.tables["commitments"]
        assert row["due"] == found["due"]
        return
    (row,) = [row for row in now["commitments"] if row["item_id"] == item["id"]]
    assert (row["due"], row["who"]) == (found["due"], name)
    late = row["due"] < day and item["state"] != "done"
    expected = ", and kept" if item["state"] == "done" else ", and late" if late else None
    assert found["how"] == expected, said

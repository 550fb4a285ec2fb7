"""Reads a memo and two states, each on its own, and compares: written apart from the memos, on the tables alone."""

import re

import pytest

#: The answers after which nobody waits for an item that left.
ELSEWHERE = {"configure", "package", "services", "partner", "buy"}
TITLE = r"“([^”\n]+)”"
#: The beginning of a line of what is not as it was, by what it says became of an item.
BEGINS = {
    "shipped": "Shipped: ",
    "in": "Came in: ",
    "goes on": "Not finished, planned again: ",
    "cut": "Cut: ",
    "grown": "Grown: ",
    "sized anew": "Sized anew: ",
    "gone": "(?:Taken out|Lost with the capacity|Not finished, below the line now): ",
}


def rows(state, table):
    return list(state.tables[table].values())


def planned(state):
    """The effort of each item in plan, by its number."""
    return {
        item.id: sum(size.likely for size in rows(state, "sizes") if size.item_id == item.id)
        for item in rows(state, "items")
        if item.state == "plan"
    }


def quarter(state):
    return max(rows(state, "quarters"), key=lambda row: row.starts)


def truth(began, ended):
    """What two states say, with nothing of what was decided between them but the way out that each item has."""
    before, after, where = planned(began), planned(ended), {item.id: item.state for item in rows(ended, "items")}
    was = {item.id: item.state for item in rows(began, "items")}
    both, closed = before.keys() & after.keys(), quarter(began).id != quarter(ended).id
    shipped = {key for key in where if where[key] == "done" and was.get(key) != "done"}
    last = {way.item_id: way for way in sorted(rows(ended, "ways_out"), key=lambda way: way.id)}
    ways = {key: way.kind for key, way in last.items() if not taken_back(ended, way)}
    sizes = {key: sized(ended, key) for key in both}
    found = {
        "shipped": shipped,
        "in": after.keys() - before.keys(),
        "gone": before.keys() - after.keys() - shipped,
        "goes on": both if closed else set(),
        "cut": {key for key in both if after[key] < before[key]} if not closed else set(),
        "grown": {key for key in both if after[key] > before[key]} if not closed else set(),
    }
    same = both - found["cut"] - found["grown"] - found["goes on"]
    found["sized anew"] = {key for key in same if sizes[key] != sized(began, key)}
    lost = {key for key in found["gone"] if ways.get(key) not in ELSEWHERE} | found["cut"]
    waiting = {row.customer_id for row in rows(ended, "waits") if row.item_id in lost}
    return found | {"waiting": waiting, "before": before, "after": after}


def taken_back(state, way):
    """Whether the item was put off, declined or moved by a later decision: the way out is no answer any more."""
    decisions = state.tables["decisions"]
    about = {row.id for row in decisions.values() if row.item_id == way.item_id and row.kind in ("defer", "decline")}
    moved = {
        move.decision_id for move in rows(state, "moves") if move.item_id == way.item_id and move.kind != "resized"
    }
    return any(key > way.decision_id and decisions[key].kind != "close" for key in about | moved)


def sized(state, item_id):
    return sorted(
        (size.team_id, size.low, size.likely, size.high) for size in rows(state, "sizes") if size.item_id == item_id
    )


def section(memo, heading):
    return memo.split(f"## {heading}\n")[1].split("\n## ")[0]


def check_inside(memo, began, ended):
    """A memo for the team or for executives says of each item what both states say, and every sum is theirs."""
    true, titles = truth(began, ended), {item.id: item.title for item in rows(ended, "items")}
    told = section(memo.replace("\\", ""), "What is not as it was")
    for verb, begins in BEGINS.items():
        said = re.findall(rf"^- {begins}{TITLE}", told, re.MULTILINE)
        expected = {titles[key] for key in true[verb]}
        if verb == "gone":
            # What was answered otherwise, or declined, says so, and that it left.
            said += re.findall(
                rf"^- [^“\n]*(?:“[^”\n]*”)?[^“\n]*{TITLE}, (?:[\d.]+ ew|not sized) left the plan", told, re.M
            )
        assert sorted(said) == sorted(expected), (verb, told)
    before, after = true["before"], true["after"]
    top = memo.replace("\\", "").split("## ")[0]
    sums = {
        "In": sum(after[key] for key in true["in"]),
        "shipped": sum(before.get(key, 0.0) for key in true["shipped"]),
        "cut": sum(before[key] - after[key] for key in true["cut"]),
        "grown": sum(after[key] - before[key] for key in true["grown"]),
    }
    away = {word: float(ew) for word, ew in re.findall(r"(out|not finished): ([\d.]+) ew", top)}
    assert sum(away.values()) == pytest.approx(sum(before[key] for key in true["gone"]), abs=0.101), top
    for word, ew in sums.items():
        found = re.search(rf"\b{word}: ([\d.]+) ew", top)
        assert float(found[1] if found else 0.0) == pytest.approx(ew, abs=0.051), (word, top)
    loads = re.search(r"planned[^:]*: ([\d.]+)[^→]*→ ([\d.]+) of ([\d.]+)", top)
    net = sum(row.net for row in rows(ended, "capacities") if row.quarter_id == quarter(ended).id)
    expected = [sum(before.values()), sum(after.values()), net]
    assert [float(each) for each in loads.groups()] == pytest.approx(expected, abs=0.051)


def check_money(memo, began, ended):
    """Who waits is named, each once, with their revenue, and the sum is that of those of whom it is known."""
    true, money = truth(began, ended), section(memo.replace("\\", ""), "Money on both sides")
    customers = ended.tables["customers"]
    found = re.search(
        r"(\d+) customers? waits?, (?:with ([$\d,.]+) a year(?: \(known for (\d+) of \d+\))?|revenue)", money
    )
    names = [customers[key].name for key in true["waiting"]]
    assert int(found[1] if found else 0) == len(names)
    known = [customers[key].arr for key in true["waiting"] if customers[key].arr is not None]
    if known:
        assert float(found[2].replace(",", "").replace("$", "")) == pytest.approx(sum(known))
        assert int(found[3] or len(names)) == len(known)
    told = re.findall(r"^  - (.+?) \((?:[$\d]|revenue unknown)", money, re.MULTILINE)
    assert sorted(told) == sorted(names)[: len(told)] if len(names) <= 12 else set(told) <= set(names)
    assert len(told) == min(len(names), 12)


def check_account(page, customer_id, began, ended):
    """One line a request, in one state, which is the one that it is in; what was in plan and is not is said to be."""
    asks = {
        row.item_id for table in ("requests", "waits") for row in rows(ended, table) if row.customer_id == customer_id
    }
    earlier = {
        row.item_id for table in ("requests", "waits") for row in rows(began, table) if row.customer_id == customer_id
    }
    items = sorted((ended.tables["items"][key] for key in asks), key=lambda item: (item.rank, item.id))
    lines = [line[2:].replace("\\", "") for line in page.splitlines() if line.startswith("- ")]
    if not items:
        assert lines == []
        return
    assert len(lines) == len(items)
    before, name = planned(began), quarter(began).name
    for item, line in zip(items, lines, strict=True):
        now = re.split(r"; (?:before|it is no longer|it was not|that is less|it is new|promised|the promise)", line)[0]
        states = {
            "plan": " is planned for " in now or ", with our part in " in now,
            "done": " is done" in now,
            "declined": " will not be done" in now,
        }
        assert [key for key, said in states.items() if said] == [item.state] * (item.state in states), line
        if item.state not in states:
            assert re.search(r" is (on our list|not decided yet|answered|offered|covered)", now), line
        lost = item.id in before and item.state in ("below", "inbox") and item.id in earlier
        assert (f"it is no longer planned for {name}" in line or f"it was not finished in {name}" in line) == lost, line
        new = item.id not in earlier
        assert ("it is new on this page" in line) == new, line

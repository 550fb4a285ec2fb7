"""Reads what leaves the room sentence by sentence, each against the records of before and after.

Written apart from the memos, on their sentences and on SQL alone. A sentence that is of no kind known here is an
error, as is one that is known and does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.truth.changes import CHANGES, TITLE, WHO, listed, money
from tests.truth.records import Records

#: The bands of one-offs by their upper ends in percent, as product.md has them.
BANDS = ((10, "within budget"), (15, "over budget"), (20, "juggling"), (30, "struggling"), (1000, "off the road"))


@dataclass
class Reader:
    """One memo against the records ``before`` the meeting and ``after`` it; ``told`` is each title with its verb."""

    before: Records
    after: Records
    day: str
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """Those of the meeting, oldest first."""
        new = self.after.tables["decisions"].keys() - self.before.tables["decisions"].keys()
        return [self.after.tables["decisions"][key] for key in sorted(new)]

    @property
    def closed(self) -> bool:
        return bool(self.before.quarter["id"] != self.after.quarter["id"])

    # ------------------------------------------------------------- the memo as a whole

    def read(self, memo: str) -> None:
        """All of a memo for the team or for executives."""
        memo = memo.replace("\\", "")
        head, *parts = re.split(r"^## (.+)\n", memo, flags=re.M)
        sections = dict(zip(parts[::2], parts[1::2], strict=True))
        self.head(head)
        bodies: dict[str, Callable[[str], None]] = {
            "What is not as it was": self.changes, "Money on both sides": self.money, "Decisions": self.in_full,
            "How it was decided": self.in_short, "Signed for, and still standing": self.signed,
            "Promised, not in plan": self.promised, "What this page does not know": self.unknown,
            "Words": self.words,
        }  # fmt: skip
        assert sections.keys() <= bodies.keys()
        for name, body in sections.items():
            bodies[name](body.strip())

    def lines(self, body: str, none: str) -> list[str]:
        if body == none:
            return []
        lines = body.splitlines()
        assert all(line.startswith(("- ", "  - ")) for line in lines), body
        return lines

    def head(self, text: str) -> None:
        first, said = [line for line in text.splitlines() if line]
        quarter = self.before.quarter if self.closed else self.after.quarter
        count = len(self.decisions)
        assert first in (
            f"# {quarter['name']}: what we decided on {self.day}",
            f"# {quarter['name']}: {count} decision{'s' * (count != 1)} on {self.day}",
        )
        found = re.fullmatch(
            r"[\w-]+, for inside only\.( Present: (?P<present>[^.]+)\.)? "
            r"Odds of the whole plan: (?P<odds>[^.]+(?:\.\d%[^.]*)?)\. In: (?P<sums>.+?); "
            r"planned: (?P<was>[\d.]+)(?: ew in [^→]+?)? → (?P<now>[\d.]+) of (?P<net>[\d.]+) ew"
            r"(?: in [^.]+)?\."
            r"( One-offs: (?P<share>[\d.]+)% of planned effort(?: before [^,]+ closed)?, (?P<band>[a-z ]+); the purse "
            r"has bought 0 of 2 one-offs, 0\.0 of 2\.0 ew\.)?",
            said,
        )
        assert found is not None, said
        if found["present"] is not None:
            details = self.after["decision_details"]
            mine = {row["id"] for row in self.decisions}
            names = [row["present"] for row in details if row["decision_id"] in mine and row["present"]]
            assert found["present"] == (", ".join(names) or "not recorded")
        self.odds(found["odds"])
        before, after = self.before.planned, self.after.planned
        assert float(found["was"]) == pytest.approx(sum(before.values()), abs=0.051)
        assert float(found["now"]) == pytest.approx(sum(after.values()), abs=0.051)
        assert float(found["net"]) == pytest.approx(self.after.net, abs=0.051)
        both = before.keys() & after.keys()
        done = {title for title in before if self.after.titles[title]["state"] == "done"}
        gone = before.keys() - after.keys() - done
        true = {
            "In": sum(after[title] for title in after.keys() - before.keys()),
            "not finished" if self.closed else "out": sum(before[title] for title in gone),
            "cut": sum(max(0.0, before[title] - after[title]) for title in both),
            "grown": sum(max(0.0, after[title] - before[title]) for title in both),
            "shipped": sum(before[title] for title in done),
        }
        sums = {word: float(ew) for word, ew in re.findall(r"([A-Za-z ]+): ([\d.]+) ew", "In: " + found["sums"])}
        for word, ew in {word.strip(): ew for word, ew in sums.items()}.items():
            assert ew == pytest.approx(true.get(word, 0.0), abs=0.051), (word, said)
        assert {word for word, ew in true.items() if ew > 0.05} <= {word.strip() for word in sums}
        if found["share"] is not None:
            share = (self.before if self.closed else self.after).one_off_share()
            assert 0 <= 100 * share - float(found["share"]) < 0.1
            assert found["band"] == next(word for end, word in BANDS if 100 * share <= end + 1e-9)

    def odds(self, said: str) -> None:
        """The first and the last odds that its decisions have on record."""
        figures = [float(each) / 100 for each in re.findall(r"([\d.]+)%", said)]
        rows = [row for row in self.decisions if row["odds_before"] is not None]
        ends = [rows[0]["odds_before"], rows[-1]["odds_after"]]
        true = [each for each in ends if each is not None]
        expected = true if len(figures) == len(true) else true[:1]
        assert figures == pytest.approx(expected, abs=0.0051), said

    # ------------------------------------------------------------- what is not as it was

    def changes(self, body: str) -> None:
        for line in self.lines(body, "Nothing: the plan is as it was."):
            for pattern, check in CHANGES:
                if (found := pattern.fullmatch(line[2:])) is not None:
                    check(self, {key: value for key, value in found.groupdict().items() if value is not None})
                    break
            else:
                raise AssertionError(f"a sentence of no kind that is known: {line}")
        promises = [self.before.tables["commitments"].keys(), self.after.tables["commitments"].keys()]
        assert len(re.findall("^- (?:New|Taken back): ", body, re.M)) == len(promises[0] ^ promises[1])
        said = [title for _, title in self.told]
        assert sorted(said) == sorted(set(said)), "one verb an item"
        before, after = self.before.planned, self.after.planned
        moved = (before.keys() ^ after.keys()) | {
            title for title in before.keys() & after.keys() if before[title] != after[title]
        }
        assert moved <= set(said), "nothing is left out"

    def tell(self, verb: str, title: str) -> None:
        self.told.append((verb, title))

    def waits(self, said: dict[str, str], title: str) -> None:
        """``waiting: A and B, $340,000 a year`` is all of them, and what those pay of whom it is known."""
        true = self.after.waiting(title)
        if "waiting" not in said:
            assert not true, title
            return
        names, _, paid = (
            said["waiting"].partition(", $") if "$" in said["waiting"] else said["waiting"].partition(", revenue")
        )
        assert sorted(listed(names)) == sorted(true), said
        known = [arr for arr in true.values() if arr is not None]
        assert (money(paid.split(" a year")[0]) == pytest.approx(sum(known))) if known else paid == " unknown", said

    def asked(self, said: dict[str, str], title: str) -> None:
        assert said.get("by", "") == self.after.asked_by(title), said
        assert sorted(listed(said["for"])) == sorted(self.after.waiting(title)) if "for" in said else True
        assert ("for" in said) == bool(self.after.waiting(title)), said

    def as_what(self, said: dict[str, str], title: str, records: Records) -> None:
        """``as a first version, “X”``, ``as a pilot (…)``, ``with a partner, NAME for $12,000``."""
        words, way, version = said.get("as", ""), records.way(title), records.version(title)
        if way is not None and way["kind"] == "pilot":
            assert words == f" as a pilot ({way['customers']} customers; it has to show: {way['test']})"
        elif way is not None and way["kind"] == "partner":
            assert words == f" with a partner, {way['who']} for ${way['amount']:,.0f}"
        else:
            assert words == (f" as a first version, “{version}”" if version else "")

    def weeks(self, said: str, true: float) -> None:
        assert float(said) == pytest.approx(true, abs=0.051)

    # ------------------------------------------------------------- money

    def money(self, body: str) -> None:
        came = self.after.planned.keys() - self.before.planned.keys()
        requests = {row["item_id"]: row for row in self.after["requests"]}
        deals = [requests.get(self.after.titles[title]["id"]) for title in came]
        known = [row["deal_amount"] * row["deal_probability"] for row in deals if row and row["deal_amount"]]
        first, *rest = self.lines(body, "")
        if not came:
            assert first == "- Nothing came in"
        elif known:
            partly = f" (known for {len(known)} of {len(came)})" if len(known) < len(came) else ""
            assert first == f"- Expected value of what came in: ${sum(known):,.0f}{partly}"
        else:
            assert first == "- No deal behind what came in"
        new = self.after.tables["ways_out"].keys() - self.before.tables["ways_out"].keys()
        sold = {
            self._title(row["item_id"]): row for row in self.after["ways_out"] if row["id"] in new and row["amount"]
        }
        lost = self.lost()
        who = {name: arr for title in lost for name, arr in self.after.waiting(title).items()}
        for line in rest:
            if found := re.fullmatch(rf"- {TITLE}: answered by services for \$([\d,]+) \(cost \+ (\d+)%\)", line):
                row = sold[found["title"]]
                assert (money(found[2]), int(found[3])) == (row["amount"], round(100 * row["markup"]))
            elif found := re.fullmatch(
                r"- (\d+) customers? waits?, with \$([\d,]+) a year(?: \(known for (\d+) of \d+\))?, for what "
                r"(left|was cut|left or was cut), each counted once; \$([\d,]+) of it renews by ([\d-]+)", line
            ):  # fmt: skip
                known = [arr for arr in who.values() if arr is not None]
                assert (int(found[1]), money(found[2])) == (len(who), sum(known))
                names = {row["name"]: row for row in self.after["customers"]}
                renewing = [
                    names[name]["arr"] for name in who
                    if self.renews(name) is not None and self.renews(name) <= found[6]  # type: ignore[operator]
                ]  # fmt: skip
                assert money(found[5]) == sum(filter(None, renewing)), line
            elif found := re.fullmatch(
                rf"  - {WHO} \((?:\$(?P<arr>[\d,]+) a year|revenue unknown), (?P<renews>[^)]+)\): (?P<what>.+)", line
            ):
                assert (money(found["arr"]) if found["arr"] else None) == who[found["who"]]
                what = set(re.findall(r"“([^”]+)”", found["what"]))
                assert what == {title for title in lost if found["who"] in self.after.waiting(title)}
                renews = self.renews(found["who"])
                assert found["renews"] == (f"renews {renews}" if renews else "no renewal date")
            else:
                assert line in (
                    "- No customer on record waits for what left",
                    "- Nothing left the plan that anybody waits for",
                    "- Of what was in plan before, nothing left that anybody waits for",
                    "- No customer on record waits for what was cut",
                ), line
                assert not who, line
                assert ("othing left" in line) == (not lost), line

    def renews(self, name: str) -> str | None:
        """The next renewal from the quarter's first day on: year by year from the day on record."""
        (row,) = [row for row in self.after["customers"] if row["name"] == name]
        day = row["renews"]
        while day is not None and day < self.after.quarter["starts"]:
            day = f"{int(day[:4]) + 1}{day[4:]}"
        return day

    def lost(self) -> list[str]:
        """What left the plan or was cut, and was not done."""
        before, after = self.before.planned, self.after.planned
        gone = [title for title in before if title not in after and self.after.titles[title]["state"] != "done"]
        return gone + [title for title in before if title in after and after[title] < before[title]]

    def _title(self, item_id: int) -> str:
        return str(self.after.tables["items"][item_id]["title"])

    # ------------------------------------------------------------- how

    def in_short(self, body: str) -> None:
        lines = body.splitlines()
        assert len(lines) == len(self.decisions)
        for number, (line, row) in enumerate(zip(lines, self.decisions, strict=True), 1):
            found = re.fullmatch(
                rf"{number}\. \*\*(?P<name>.+?)\*\*(?:: (?P<clause>.+?))?(?: \(odds (?P<odds>[^)]+)\))?, decided by "
                r"(?P<by>[^:]+): (?P<why>.+)", line
            )  # fmt: skip
            assert found is not None, line
            assert (found["name"], found["by"], found["why"]) == (row["title"], row["decided_by"], row["because"])
            self.clause(found["clause"] or "", row)
            if found["odds"]:
                figures = [float(each) / 100 for each in re.findall(r"([\d.]+)%", found["odds"])]
                assert [figures[0], figures[-1]] == pytest.approx([row["odds_before"], row["odds_after"]], abs=0.0051)

    def in_full(self, body: str) -> None:
        blocks = re.split(r"^### ", body, flags=re.M)[1:]
        assert len(blocks) == len(self.decisions)
        for number, (block, row) in enumerate(zip(blocks, self.decisions, strict=True), 1):
            title, *lines = block.strip().splitlines()
            assert title.startswith(f"{number}. {row['title']}")
            self.clause(title.removeprefix(f"{number}. {row['title']}").removeprefix(": "), row, full=True)
            for line in filter(None, lines):
                self.detail(line, row)

    def clause(self, clause: str, row: dict[str, Any], full: bool = False) -> None:
        """What a decision did, in a clause: it names what it moved, and nothing else, each by how it went."""
        moves, named = self.after.moves(row), re.findall(r"“([^”]+)”", clause)
        way = next(
            (
                way
                for way in self.after["ways_out"]
                if way["decision_id"] == row["id"] and way["item_id"] == row["item_id"]
            ),
            None,
        )
        if row["kind"] in ("fill", "close") and not full:
            done = [move["title"] for move in moves["in" if row["kind"] == "fill" else "out"]]
            assert clause.startswith("in, by rank: " if row["kind"] == "fill" else "shipped: ")
            assert named == done
        elif row["kind"] in ("fill", "close", "baseline", "take back"):
            assert clause == ""
        elif row["kind"] in ("trade", "accept", "over-commit") and moves:
            head, _, gave = clause.removesuffix(", below the odds target, signed for").partition("; gave way: ")
            assert clause.endswith("signed for") == (row["kind"] == "over-commit")
            begins = {None: "in", "pilot": "in as a pilot", "partner": "in with a partner"}[
                way["kind"] if way else None
            ]
            assert head.startswith(begins), clause
            left = [move["title"] for move in moves["out"] if move["item_id"] != row["item_id"]]
            cut = [move["title"].split(" → ") for move in moves["resized"] if move["item_id"] != row["item_id"]]
            parts = [f"“{title}”" for title in left] + [f"“{title}” (cut to “{name}”)" for title, name in cut]
            assert sorted(re.split(r", (?=“)| and (?=“)", gave)) == sorted(parts) if parts else not gave, clause
        elif row["kind"] == "capacity":
            assert clause == "lost with it: " + " and ".join(f"“{move['title']}”" for move in moves["out"])
        elif row["kind"] == "drop":
            assert clause == "taken out of plan"
        elif way is not None and row["kind"] in ("decline", "defer"):
            principle = self.after.tables["principles"].get(way["principle_id"] or 0, {"name": ""})["name"]
            assert (
                clause
                == {
                    "decline": f"declined by the principle “{principle}”",
                    "services": f"answered by services for ${way['amount'] or 0:,.0f} "
                    f"(cost + {100 * (way['markup'] or 0):.0f}%)",
                    "sequence": f"put off to {way['due']}",
                }[way["kind"]]
            )
        else:
            assert (clause, moves) == ("", {}), row

    def detail(self, line: str, row: dict[str, Any]) -> None:
        """A line below a decision in full."""
        moves = self.after.moves(row)
        detail = next((each for each in self.after["decision_details"] if each["decision_id"] == row["id"]), None)
        word, _, said = line.removeprefix("- ").partition(": ")
        if found := re.fullmatch(r"- (?:Asked by (?P<asked>.+), d|D)ecided by (?P<by>.+)", line):
            assert found["by"] == row["decided_by"]
            assert (found["asked"] or "") == (detail["asked_by"] if detail else "")
        elif word in ("In", "Out", "Resized"):
            told = [f"{move['title']}, {move['ew']:.1f} ew" for move in moves[word.lower()]]
            assert said.split("; ") == told
        elif word == "Shipped":
            took = {each["title"]: each for each in self.after["actuals"]}
            for each, move in zip(said.split("; "), moves["out"], strict=True):
                actual = took[move["title"]]
                assert each == (
                    f"{move['title']}, took {actual['actual']:.1f} ew" if actual["counted"]
                    else f"{move['title']}, planned {move['ew']:.1f} ew, not counted"
                )  # fmt: skip
        elif word == "Capacity":
            (move,) = moves["capacity"]
            assert said == f"{move['title']}, {move['ew']:+.1f} ew"
        elif word == "Why":
            assert said == row["because"]
        elif word == "Way out":
            (way,) = [each for each in self.after["ways_out"] if each["decision_id"] == row["id"]]
            takes = f", takes {way['effort']:.1f} ew" if way["effort"] else ""
            assert said.endswith(f"{takes}, spares {way['freed']:.1f} ew"), line
            size = self.after.size(self.after.tables["items"][way["item_id"]])
            # What it does not take of what was asked for: here each was sized as a whole before.
            assert way["effort"] + way["freed"] == pytest.approx(
                size if not way["effort"] else way["effort"] + way["freed"]
            )
        elif line.startswith("- Odds "):
            found = re.fullmatch(
                r"- Odds (?P<odds>[\d.%→ ]+)(?:, load (?P<l0>[\d.]+) → (?P<l1>[\d.]+) ew)?"
                r"(?:, one-offs (?P<o0>[\d.]+)% → (?P<o1>[\d.]+)%)?", line
            )  # fmt: skip
            assert found is not None, line
            figures = [float(each) / 100 for each in re.findall(r"([\d.]+)%", found["odds"])]
            assert [figures[0], figures[-1]] == pytest.approx([row["odds_before"], row["odds_after"]], abs=0.0051)
            for name, at, scale in (("l", "load", 1.0), ("o", "one_offs", 100.0)):
                for end, when in (("0", "before"), ("1", "after")):
                    if found[name + end] is not None:
                        assert detail is not None
                        assert abs(float(found[name + end]) - scale * detail[f"{at}_{when}"]) < 0.1, line
        elif word == "Signed":
            self.signature(said)
        elif word in ("Dissent", "Conditions"):
            assert detail is not None
            assert said == detail[word.lower()]
        elif line.startswith("- Review on "):
            assert detail is not None
            assert line == f"- Review on {detail['review']}"
        elif line != "- On the table:":
            found = re.fullmatch(
                r"  - \*\*(?P<what>.+): odds (?P<odds>[\d.]+)%, frees (?P<ew>[\d.]+) ew\*\* \(chosen\)", line
            )
            assert found is not None, f"a sentence of no kind that is known: {line}"
            assert float(found["odds"]) / 100 == pytest.approx(row["odds_after"], abs=0.0051)
            before = [each for each in moves["out"] + moves["resized"] if each["item_id"] != row["item_id"]]
            names = {each["title"].split(" → ")[0] for each in before}
            assert {re.split(" → ", each)[0] for each in found["what"].split(", ")} == names

    # ------------------------------------------------------------- the rest

    def signed(self, body: str) -> None:
        lines = self.lines(body, "None.")
        closed = {row["id"] for row in self.after["quarters"] if row["state"] == "closed"}
        decisions = self.after.tables["decisions"]
        standing = [
            row for row in self.after["signed_terms"] if decisions[row["decision_id"]]["quarter_id"] not in closed
        ]
        assert len(lines) == len(standing)
        for line in lines:
            self.signature(line[2:])

    def signature(self, said: str) -> None:
        found = re.fullmatch(
            r"(?P<who>.+?) signed on (?P<on>[\d-]+) to (?P<what>go over the one-off ceiling|take a one-off below the "
            r"least return|go under the odds target) \((?P<figure>[\d.]+)(?:%| times) against (?P<bound>[\d.]+)(?:%| "
            rf"times)\) for {TITLE}, because (?P<why>[^;]+?)(?:; on condition: (?P<if>[^;]+))?"
            r"(?:; review (?:on|due since) (?P<review>[\d-]+))?", said
        )  # fmt: skip
        assert found is not None, f"a sentence of no kind that is known: {said}"
        right = {
            "go over": "over ceiling", "take a": "below return", "go under": "under target",
        }[" ".join(found["what"].split()[:2])]  # fmt: skip
        rows = [
            row for row in self.after["signed_terms"]
            if (row["name"], row["right"]) == (found["who"], right)
            and self._title(row["item_id"] or self._about(row)) == found["title"]
        ]  # fmt: skip
        assert len(rows) == 1, said
        (row,) = rows
        scale = 1.0 if right == "below return" else 100.0
        assert abs(float(found["figure"]) - scale * row["figure"]) < (0.51 if right == "under target" else 0.1)
        assert float(found["bound"]) == pytest.approx(scale * row["bound"])
        assert (found["why"], found["if"] or "", found["review"]) == (row["reason"], row["conditions"], row["review"])
        assert found["on"] == row["at"][:10]

    def _about(self, row: dict[str, Any]) -> int:
        return int(self.after.tables["decisions"][row["decision_id"]]["item_id"])

    def promised(self, body: str) -> None:
        items = self.after.tables["items"]
        open_ = [row for row in self.after["commitments"] if items[row["item_id"]]["state"] not in ("plan", "done")]
        assert len(self.lines(body, "None.")) == len(open_)

    def unknown(self, body: str) -> None:
        for line in self.lines(body, ""):
            if found := re.fullmatch(r"- What these pay is not on record: (.+)", line):
                names = {row["name"]: row["arr"] for row in self.after["customers"]}
                assert all(names[name] is None for name in listed(found[1]))
            else:
                assert line in (
                    "- What was agreed, promised or told to anybody outside of this workspace",
                    "- What was taken back since: it is not on this page",
                ), f"a sentence of no kind that is known: {line}"
        assert all(row["decided_by"] and row["because"] for row in self.decisions)

    def words(self, body: str) -> None:
        lines = self.lines(body, "")
        assert [line[2:].split(":")[0] for line in lines] == [
            "ew", "odds", "good, not now", "one-off", "purse", "first version", "slices of the plan",
        ]  # fmt: skip
        bands = re.findall(r"([a-z ]+?) to (\d+)%", lines[3].split("planned effort is ")[1])
        assert [(word.strip(), int(end)) for word, end in bands] == [(word, end) for end, word in BANDS[:-1]]
        letters = sorted(self.after["slices"], key=lambda row: row["position"])
        assert lines[6].split(": ")[1] == ", ".join(f"{row['letter']} {row['name']}" for row in letters)

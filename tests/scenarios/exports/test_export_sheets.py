"""What exports say: figures worked out by hand, an open exception in sight, and titles that stay text. About 2 s."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from scenarios.exports import (
    accounts_sheet,
    commitments_sheet,
    decisions_sheet,
    exceptions_sheet,
    jira_sheet,
    linear_sheet,
    mix_sheet,
    one_offs_sheet,
    plan_sheet,
    quarter_sheet,
    quarter_status,
    waits_sheet,
)
from scenarios.exports.load_back import without_key
from scenarios.reports.export import Export, cell_words
from scenarios.reports.export_html import export_html
from scenarios.reports.export_markdown import export_markdown
from scenarios.reports.status_html import status_html
from scenarios.rules.commitments import WHERE
from scenarios.trade.door import forecast_of
from store.common.sheets import Kind, Sheet
from store.exports.csv_text import csv_text
from store.imports.accounts.table import plan_accounts
from store.imports.reader import parse_table
from store.records import Customer, Move, Pin, Shortfall, Signature, Slice, State
from store.records.looking_back import AccountWord, OnboardingStep
from store.records.negotiation import Commitment, DecisionDetail, SignedTerms, WayOut
from tests.scenarios.making import NOON, add, add_item, empty, planned, wait
from tests.scenarios.negotiating import card, charter, customer, decision, hidden, move, pick, request

HOSTILE = "<script>alert(1)</script> | **b** [x](javascript:1) </td></tr> https://evil.example ![](y)"


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    return [dict(zip([column.name for column in sheet.columns], row, strict=True)) for row in sheet.rows]


def room() -> State:
    """Two teams; three in plan, of which one is of both; one below the line, one asked for, one declined, one done."""
    state = empty((10.0, 8.0))
    add_item(state, 1, {1: (2.0, 3.0, 5.5)}, title="Audit log", source_key="PAY-1", value=40.0, owner="Ada")
    add_item(state, 2, {1: 1.0, 2: 2.5}, title="Search", slice="Q")
    add_item(state, 3, {2: 0.5}, title="Report writer", slice="O", source_key="PAY-3")
    add_item(state, 4, {1: 2.0}, title="Later", state="below", source_key="PAY-4", due=date(2027, 3, 1))
    add_item(state, 5, None, title="Unsized", state="inbox")
    add_item(state, 6, {1: 1.0}, title="No", state="declined", source_key="PAY-6")
    add_item(state, 7, {1: 1.0}, title="Done", state="done", source_key="PAY-7")
    acme, beta = customer(state, 1, "Acme", 100_000.0), customer(state, 2, "Beta", None)
    wait(state, 1, acme)
    wait(state, 1, beta)
    add(state, Pin(id=1, item_id=2, kind="started"))
    request(state, 5, asked_by="sales")
    return state


class TestPlan:
    def test_every_item_that_is_asked_for_is_there_once(self) -> None:
        found = rows(plan_sheet(state := room(), forecast_of(state)))
        assert [(row["rank"], row["title"], row["state"]) for row in found] == [
            (1, "Audit log", "in plan"),
            (2, "Search", "in plan"),
            (3, "Report writer", "in plan"),
            (1, "Later", "below the line"),
            (1, "Unsized", "in the inbox"),
        ]

    def test_sizes_are_those_of_the_team_or_of_all(self) -> None:
        first, second, *_, last = rows(plan_sheet(state := room(), forecast_of(state)))
        names = ("team", "low (ew)", "likely (ew)", "high (ew)", "sizes")
        assert [first[name] for name in names] == ["Pay", 2.0, 3.0, 5.5, "Pay 2-3-5.5"]
        assert [second[name] for name in names] == ["", None, 3.5, None, "Pay 1; Web 2.5"]
        assert [last[name] for name in names] == ["", None, None, None, ""]

    def test_odds_are_those_of_the_board(self) -> None:
        forecast = forecast_of(state := room())
        found = rows(plan_sheet(state, forecast))
        assert [row["odds"] for row in found[:3]] == [forecast.item_odds_of(number) for number in (1, 2, 3)]
        gains = [forecast.odds_if(out=(entry,)) - forecast.odds for entry in forecast.plan.entries]
        assert [row["if cut (points)"] for row in found[:3]] == pytest.approx([100 * gain for gain in gains], abs=1e-6)
        assert {(row["odds"], row["if cut (points)"]) for row in found[3:]} == {(None, None)}

    def test_who_waits_and_what_holds_it(self) -> None:
        found = rows(plan_sheet(state := room(), forecast_of(state)))
        assert (found[0]["waiting customers"], found[0]["waiting revenue"]) == ("Acme; Beta", 100_000.0)
        # Nobody knows what the others pay: that is not nothing.
        assert found[1]["waiting revenue"] is None
        assert [row["pinned"] for row in found] == ["", "started", "", "", ""]
        assert found[3]["due"] == date(2027, 3, 1)
        assert found[4]["asked by"] == "sales"


class TestDecisions:
    def test_newest_first_with_all_that_hangs_on_it(self) -> None:
        state = room()
        decision(state, 1, title="old")
        decision(
            state,
            2,
            kind="trade",
            title="Audit log",
            decided_by="Jo",
            because="banks",
            odds_before=0.8,
            odds_after=0.71,
        )
        move(state, 2, 1, "in", 3.0)
        move(state, 2, 4, "out", 2.0)
        add(
            state,
            DecisionDetail(
                id=1, decision_id=2, asked_by="sales", present="Ada, Bo", dissent="Bo: no", review=date(2027, 2, 1),
                load_before=6.0, load_after=7.0, one_offs_before=0.1, one_offs_after=0.08,
            ),
            SignedTerms(id=1, decision_id=2, right="below return", name="Eve", reason="wedge", at=NOON),
        )  # fmt: skip
        first, second = rows(decisions_sheet(state))
        assert {name: value for name, value in first.items() if value not in ("", None)} == {
            "at": NOON, "quarter": "Q1", "kind": "trade", "decision": "in, for something else", "title": "Audit log",
            "decided by": "Jo", "because": "banks",
            "odds before": 0.8, "odds after": 0.71, "in": "Audit log (3.0 ew)", "out": "Later (2.0 ew)",
            "asked by": "sales", "present": "Ada, Bo", "dissent": "Bo: no", "review": date(2027, 2, 1),
            "signed": "Eve signed to take a one-off below the least return: wedge",
            "load before (ew)": 6.0, "load after (ew)": 7.0, "one-offs before": 0.1, "one-offs after": 0.08,
        }  # fmt: skip
        assert second["title"] == "old"


class TestWhoWasNotThere:
    def test_a_first_version_and_a_way_out_are_named_on_every_page(self) -> None:
        state = room()
        decision(state, 1, kind="trade")
        move(state, 1, 3, "in", 0.5)
        add(state, Move(id=9, decision_id=1, item_id=2, kind="resized", title="Search → without facets", ew=3.5))
        add(
            state,
            WayOut(id=1, item_id=4, decision_id=1, kind="services", amount=40_800.0, markup=0.5, who="Field team"),
        )
        found = {row["title"]: row for row in rows(plan_sheet(state, forecast_of(state)))}
        assert {title: row["first version"] for title, row in found.items() if row["first version"]} == {
            "Search": "without facets"
        }
        assert {title: row["way out"] for title, row in found.items() if row["way out"]} == {
            "Later": "services, Field team, $40,800"
        }
        for text in (export_markdown(export(state)), export_html(export(state))):
            assert "without facets" in text
            assert "services, Field team, $40,800" in text.replace("\\", "")

    def test_what_was_promised(self) -> None:
        state = room()
        add(
            state,
            Commitment(id=1, item_id=4, kind="promised", who="Acme", due=date(2027, 3, 1), note="by mail"),
            Commitment(id=2, item_id=7, kind="contractual", who="Beta", due=date(2026, 1, 1)),
        )
        first, second = commitments_sheet(state, date(2027, 3, 2)).rows
        assert first == ("Done", "PAY-7", "contractual", "Beta", date(2026, 1, 1), "done", False, "")
        assert second == ("Later", "PAY-4", "promised", "Acme", date(2027, 3, 1), WHERE["below"], True, "by mail")

    def test_each_account_waits_once(self) -> None:
        state = room()
        wait(state, 4, state.all(Customer)[1])
        found = {row["account"]: row for row in rows(waits_sheet(state))}
        assert set(found) == {"Acme", "Beta"}
        assert (found["Acme"]["waits for"], found["Acme"]["in plan for it"]) == ("Later", "Audit log")
        assert [found[name]["revenue a year"] for name in ("Acme", "Beta")] == [100_000.0, None], "unknown is not 0"

    def test_what_was_signed_for(self) -> None:
        state = room()
        decision(state, 1, title="Report writer", item_id=3)
        signed = {"id": 1, "decision_id": 1, "right": "over ceiling", "name": "Eve", "reason": "wedge", "at": NOON}
        add(state, SignedTerms.model_validate({**signed, "figure": 0.123, "bound": 0.1, "review": "2027-01-01"}))
        (row,) = rows(exceptions_sheet(state, date(2027, 1, 2)))
        assert [row[name] for name in ("signed by", "exception", "signed in", "figure", "bound", "review due")] == [
            "Eve", "over ceiling", "Report writer", 0.123, 0.1, True,
        ]  # fmt: skip

    def test_a_floor_that_does_not_hold_is_said(self) -> None:
        """0.5 ew of one-offs and 3.5 of quality in 7.0: the one is under its floor, the other over its ceiling."""
        state = room()
        for part in state.all(Slice).values():
            bounds = {"O": {"floor": 10.0}, "Q": {"ceiling": 40.0}, "F": {"floor": 40.0}}.get(part.letter, {})
            add(state, part.model_copy(update={"floor": None, "ceiling": None, **bounds}))
        found = {row["slice"]: row["bound"] for row in rows(mix_sheet(state, export(state).standing.mix))}
        assert {letter: word for letter, word in found.items() if word} == {
            "O": "below its floor",
            "Q": "above its ceiling",
        }
        words = "Q Quality & debt, 50%, is above its ceiling of 40%; O One-offs, 7%, is below its floor of 10%"
        assert dict(export(state).standing.facts)["floors and ceilings"] == words
        assert "below its floor" in export_markdown(export(state))


def test_accounts_are_a_table_that_is_read_back_as_they_are() -> None:
    """Most revenue first, unknown empty; in a fresh workspace the same accounts come of it."""
    state = empty()
    add_item(state, 1, 2.0)
    add_item(state, 2, 1.0, state="below")
    acme = Customer(
        id=1, name="Acme, Inc.", arr=1_234.5, renews=date(2026, 3, 1), term=12, segment="mid", owner="Lou",
        also="ACME Holding",
    )  # fmt: skip
    wait(state, 1, acme)
    wait(state, 2, acme, Customer(id=2, name="Globex"))
    add(state, Customer(id=3, name="Zürich 3", arr=9_000.0))
    add(state, state.workspace.model_copy(update={"currency": "CHF"}))
    add(state, AccountWord(id=1, customer_id=1, kind="market signal", score=3, evidence="four others asked"))
    add(state, OnboardingStep(id=1, customer_id=1, step="signed", day=date(2026, 1, 5)))
    sheet = accounts_sheet(state, date(2026, 11, 21))
    assert [row[:9] for row in sheet.rows] == [
        ("Zürich 3", 9_000.0, "CHF", None, 12.0, "", "", "", 0.0),
        ("Acme, Inc.", 1_234.5, "CHF", date(2027, 3, 1), 12.0, "mid", "Lou", "ACME Holding", 1.0),
        ("Globex", None, "CHF", None, 12.0, "", "", "", 0.0),
    ]
    assert [row[9] for row in sheet.rows] == [0.0, 1.0, 1.0]
    again = empty()
    add(again, again.workspace.model_copy(update={"currency": "CHF"}))
    read = plan_accounts(again, parse_table(csv_text(sheet).encode(), "accounts.csv"))
    assert not read.rejected
    (word,) = (row for row in read.puts if isinstance(row, AccountWord))
    (step,) = (row for row in read.puts if isinstance(row, OnboardingStep))
    assert (word.kind, word.score, word.evidence) == ("market signal", 3, "four others asked")
    assert (step.step, step.day) == ("signed", date(2026, 1, 5))
    accounts = [row for row in read.puts if isinstance(row, Customer)]
    assert word.customer_id == step.customer_id == accounts[1].id
    assert [(row.name, row.arr, row.renews, row.term, row.segment, row.owner) for row in accounts] == [
        ("Zürich 3", 9_000.0, None, 12, "", ""),
        ("Acme, Inc.", 1_234.5, date(2027, 3, 1), 12, "mid", "Lou"),
        ("Globex", None, None, 12, "", ""),
    ]


class TestOneOffs:
    def test_the_ledger_with_its_return_and_its_pick(self) -> None:
        state = room()
        charter(state, rate=10_000.0)
        request(state, 3, asked_by="sales", customer_id=1, deal_amount=480_000.0, deal_probability=0.5)
        card(state, 3, one_off_kind="report writer")
        hidden(state, 3, "support", effort=0.5)
        pick(state, 3, 0.5)
        (row,) = rows(one_offs_sheet(state))
        assert {name: value for name, value in row.items() if value not in ("", None)} == {
            "quarter": "Q1", "key": "PAY-3", "title": "Report writer", "customer": "Acme", "asked by": "sales",
            "kind": "report writer", "likely (ew)": 0.5, "state": "in plan", "under way": True,
            # 480,000 x 0.5 over (0.5 + 0.5) ew x 10,000.
            "return (times)": 24.0,
            "bought by the purse": "Sal", "purse (ew)": 0.5,
        }  # fmt: skip


class TestLoadingBack:
    def test_keys_labels_and_ranks(self) -> None:
        state = room()
        expected = [
            ("PAY-1", "Audit log", "makeroom-in-plan", 1),
            ("PAY-3", "Report writer", "makeroom-in-plan", 2),
            ("PAY-4", "Later", "makeroom-not-now", 3),
            ("PAY-6", "No", "makeroom-declined", 4),
        ]
        assert list(jira_sheet(state).rows) == list(linear_sheet(state).rows) == expected
        assert [column.name for column in jira_sheet(state).columns] == ["Issue Key", "Summary", "Labels", "Rank"]
        assert without_key(state) == 2, "what has no key would be made anew there"


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        (None, "ew", ""),
        (2.96, "ew", "3.0"),
        (-0.0, "ew", "0.0"),
        (0.999, "odds", "99%"),
        (1.0, "odds", "100%"),
        (0.0004, "odds", "1%"),
        (0.004, "share", "<1%"),
        (5.5, "points", "+6"),
        (-0.2, "points", "0"),
        (1234.5, "money", "$1,234.50"),
        (2.99, "number", "2.9"),
        (2.99, "times", "2.9"),
        (24.0, "number", "24"),
        (7, "number", "7"),
        (True, "yes", "yes"),
        (False, "yes", ""),
        (NOON, "time", "2026-11-21 12:00+00:00"),
        (date(2027, 1, 2), "date", "2027-01-02"),
        ("a|b", "text", "a|b"),
    ],
)
def test_cells_in_words(cell: Any, kind: Kind, words: str) -> None:
    assert cell_words(cell, kind) == words


def export(state: State) -> Export:
    forecast = forecast_of(state)
    sheets = (plan_sheet(state, forecast), decisions_sheet(state), one_offs_sheet(state))
    return Export(quarter_status(state, forecast), sheets, date(2026, 11, 21))


class Texts(HTMLParser):
    """The text and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


class TestPaper:
    def test_what_stands_open_is_on_every_paper_first(self) -> None:
        state = planned([9.0, 9.0], net=(10.0,))
        decision(state, 1)
        add(
            state,
            Signature(id=1, quarter_id=1, decision_id=1, name="Eve", reason="the bank", odds=0.31, at=NOON),
            Shortfall(id=1, quarter_id=1, cause="Ana leaves", odds=0.3, at=NOON),
        )
        found = export(state)
        assert found.standing.warnings == (
            "Below the odds target at 31%, signed by Eve: the bank",
            "Open shortfall, odds 30%: Ana leaves",
        )
        for text in (export_markdown(found), export_html(found)):
            assert 0 < text.index("signed by Eve: the bank") < text.index("Ana leaves") < text.index("item 1")
        assert [row[3] for row in quarter_sheet(found.standing).rows if row[0] == "open"] == [*found.standing.warnings]

    def test_a_plan_that_nobody_can_save_is_told(self) -> None:
        words = dict(export(planned([1.0], net=(0.0,))).standing.facts)["odds"]
        assert words.startswith("0% (target 70%): short 1")

    def test_titles_stay_text(self) -> None:
        state = room()
        add_item(state, 8, 1.0, title=HOSTILE)
        page, text = export_html(export(state)), export_markdown(export(state))
        seen = Texts(page)
        assert HOSTILE in seen.texts
        assert not {"script", "img", "a", "link", "iframe"} & set(seen.tags)
        assert "://" not in page.replace("https://evil.example", "")
        (line,) = [line for line in text.splitlines() if "alert" in line]
        # Cells are apart by bars that nothing escapes: one more than on any other line would be a forged cell.
        bars = {len(re.findall(r"(?<!\\)\|", each)) for each in text.splitlines() if each.startswith("| 1 |")}
        assert len(re.findall(r"(?<!\\)\|", line)) in bars
        assert r"\<script>" in line
        assert r"\[x\](javascript" in line

    def test_the_status_says_the_same_in_text_alone(self) -> None:
        """Odds, load, shares, every planned item and the last day's decisions, whatever their names hold."""
        state = room()
        add_item(state, 8, 1.0, title=HOSTILE)
        decision(state, 1, title="old", at=NOON - timedelta(days=1), decided_by="Bo")
        decision(state, 2, kind="trade", title=HOSTILE, because=HOSTILE, decided_by='<img src=x onerror="x">')
        move(state, 2, 8, "in", 1.0)
        forecast = forecast_of(state)
        page = status_html(state, forecast, NOON, board='./#"><script>')
        seen = Texts(page)
        assert HOSTILE + " (F)" in seen.texts
        assert not {"script", "img", "link", "iframe"} & set(seen.tags)
        assert seen.tags.count("a") == 2
        words = " ".join(seen.texts)
        facts = dict(quarter_status(state, forecast).facts)
        for figure in (
            facts["odds"],
            facts["load"],
            facts["one-offs"],
            "decided by <img src=x",
            "Decided on 2026-11-21",
        ):
            assert figure in words
        assert "decided by Bo" not in words, "that was the day before"
        assert [text for text in seen.texts if text.endswith("(Q)")] == ["Search (Q)"]

    def test_figures_stand_at_the_right_and_headings_go_step_by_step(self) -> None:
        page = export_html(export(room()))
        assert '<td class="number" role="cell" data-of="likely (ew)">3.5</td>' in page
        assert '<td class="short" role="cell" data-of="title">Search</td>' in page
        levels = [int(level) for level in re.findall(r"<h(\d)", page)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert page.index("<main>") < page.index("<h1>")
        assert "Internal: not for customers." in page

    def test_the_pie_has_the_shares_of_the_plan(self) -> None:
        """3.0 F, 3.5 Q and 0.5 O of 7.0: the first slice ends at 3/7 of a turn from twelve o'clock."""
        page = export_html(export(room()))
        first = re.search(r"A112 112 0 (\d) 1 ([\d.]+) ([\d.]+)Z", page)
        assert first is not None
        turn = 2 * math.pi * 3 / 7
        assert [float(first[at]) for at in (2, 3)] == pytest.approx(
            [130 + 112 * math.sin(turn), 130 - 112 * math.cos(turn)], abs=1e-3
        )
        assert page.count("<svg") == 2

    def test_nothing_is_said_to_be_nothing(self) -> None:
        text = export_markdown(export(empty()))
        assert "## In plan\n\nNothing." in text
        assert "## Decisions\n\nNothing." in text

"""Every figure of the reports that look back answers ``?``: each number that is read stands among the figures of its
row, with a formula and its inputs. Walked over the demo and over a scripted year. About 3 s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scenarios.accounts.arr_changes import change_arr
from scenarios.accounts.beyond_revenue.five_words import say_word
from scenarios.accounts.beyond_revenue.onboarding import write_step
from scenarios.accounts.beyond_revenue.service_levels import write_level
from scenarios.figures.figure import Figure
from scenarios.graded.health import write_answer
from scenarios.graded.rows import quarters_on_record
from scenarios.month.month import month_of
from scenarios.reports.accounts_paper import accounts_paper
from scenarios.reports.health_paper import health_paper
from scenarios.reports.month_paper import month_paper
from scenarios.reports.paper import Paper
from scenarios.reports.patterns_paper import patterns_paper
from scenarios.reports.quarter_paper import quarter_paper
from scenarios.reports.voices_paper import voices_paper
from scenarios.trade.door import forecast_of
from store.records import Customer, Decision, Item, State
from store.workspace.workspace import Workspace
from tests.scenarios.month.test_month_of_a_year import SINCE, TODAY, told_year
from tests.store.copies import demo_file
from tui.reports.paper_rows import paper_rows

#: What is no figure: days, names of quarters, what is quoted; sentences that say what a threshold or a scale is.
NO_FIGURE = re.compile(r"\d{4}-\d\d-\d\d|Q\d(?: \d{4})?|“[^”]*”|n = 1|\(0 is perfect\)|0 to 3")
THRESHOLDS = re.compile(r"fewer than 5 |Under 5 asks nothing is said; under 20 it is a hint|0 \(none\) to 3 \(much\)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> list[str]:
    return NUMBER.findall(THRESHOLDS.sub("", NO_FIGURE.sub("", text)))


def lacking(read: str, figures: tuple[Figure, ...]) -> list[str]:
    """The numbers that are read and that no figure has, as it is or rounded to what is read."""
    for figure in figures:
        assert figure.formula
        assert figure.inputs or figure.formula != "as is on record", figure
    had = [float(each.replace(",", "")) for figure in figures for line in figure.why for each in NUMBER.findall(line)]
    found = []
    for each in numbers(read):
        near = 0.5 * 10 ** -len(each.partition(".")[2]) + 1e-9
        if not any(abs(value - float(each.replace(",", ""))) <= near for value in had):
            found.append(each)
    return found


def unanswered(paper: Paper, names: re.Pattern[str]) -> Iterator[tuple[str, str, list[str]]]:
    """What is read, where, and which numbers of it nothing answers for; ``names`` of records are no figures."""
    for heading, sentences in (("headline", paper.headline), *((part.heading, part.sentences) for part in paper.parts)):
        for sentence in sentences:
            if missing := lacking(names.sub("", sentence.words), sentence.figures):
                yield heading, sentence.words, missing
    for part in paper.parts:
        for table in part.tables:
            for row in table.rows:
                for head, cell in list(zip(table.heads, row.cells, strict=True))[1:]:
                    if re.match(r"[<$€£x+-]?\d", cell) and (missing := lacking(names.sub("", cell), row.figures)):
                        yield part.heading, f"{row.cells[0]}, {head}: {cell}", missing
        bars = part.bars
        for at, (name, _, words) in enumerate(bars.rows if bars is not None else ()):
            if bars is not None and (missing := lacking(words, bars.figures[at] if bars.figures else ())):
                yield part.heading, f"{name}: {words}", missing


def papers(state: State, since: date, today: date) -> Iterator[Paper]:
    """All reports of a state, and every quarter graded."""
    yield month_paper(state, month_of(state, forecast_of(state), since, today))
    for quarter in quarters_on_record(state):
        yield quarter_paper(state, quarter, today)
    yield from (accounts_paper(state, today), patterns_paper(state, today), health_paper(state), voices_paper(state))


def full_year() -> State:
    """The scripted year, and something of each kind that accounts and roles may have on record."""
    state = told_year()
    accounts = list(state.each(Customer))
    for at, account in enumerate(accounts[:6]):
        day = date(2026, 12, 1 + at)
        for step, when in (("signed", day), ("adopted", date(2027, 1, 3 + at))):
            if at < 4 or step == "signed":
                state = state.overlay(write_step(state, account, step, when, today=TODAY))
        state = state.overlay(write_level(state, account, "uptime", ("yes", "no", "not known")[at % 3], 1_000.0 * at))
        state = state.overlay(say_word(state, account, "expansion", at % 4, "seats"))
    for kind, at in (("new", 0), ("expansion", 1), ("contraction", 2), ("churn", 3)):
        amount = state.all(Customer)[accounts[at].id].arr if kind == "churn" else 3_000.0
        account = state.all(Customer)[accounts[at].id]
        already = kind == "new"
        change = change_arr(state, account, kind, date(2027, 1, 9), amount, today=TODAY, already=already)
        state = state.overlay(change)
    for at, role in enumerate(("product", "engineering", "sales")):
        state = state.overlay(write_answer(state, role, at, "why"))
    return state


@pytest.mark.parametrize("which", ["demo", "year"])
def test_each_number_that_is_read_is_a_figure_or_an_input_of_one(which: str, tmp_path: Path) -> None:
    if which == "year":
        state, since, today = full_year(), SINCE, TODAY
    else:
        with Workspace.open(demo_file(tmp_path / "demo.db")) as workspace:
            state, since, today = workspace.load(), date(2026, 11, 1), date(2026, 12, 17)
    called = {row.name for row in state.each(Customer)}
    called |= {row.title for row in (*state.each(Item), *state.each(Decision))}
    numbered = sorted((each for each in called if NUMBER.search(each)), key=len, reverse=True)
    names = re.compile("|".join(map(re.escape, numbered)) or "(?!)")
    seen = 0
    for paper in papers(state, since, today):
        assert list(unanswered(paper, names)) == [], paper.title
        on_screen = {figure for row in paper_rows(paper, 120) for figure in row.figures}
        assert on_screen == set(paper.figures)
        seen += len(on_screen)
    assert seen > 150

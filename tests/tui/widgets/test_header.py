"""The header's line as text: at every width, with any number of seats, a signature and long names, it can be read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from rich.cells import cell_len

from scenarios.odds.finished_quarters import draws_of
from store.records import Origin, Signature, State
from tests.scenarios.making import NOON, add, add_item, empty, size
from tui.drawing import colours, themes
from tui.drawing.colours import ColourMode
from tui.plan_view import keys  # noqa: F401  (the header names keys of the board)
from tui.session.figures import Figures
from tui.widgets.header import Header

LONG = "The whole company's platform and infrastructure group"


class Bare(Header):
    """A header without an app: its palette and its seats are given."""

    palette = property(lambda self: colours.palette(themes.DARK, ColourMode.TRUE, "FIQDO"))  # type: ignore[assignment]
    seats = ""  # type: ignore[assignment]


def state(team: str, quarter: str, scenario: str, signed: bool) -> State:
    made = empty([1234.5, 8.0])
    teams = made.tables["teams"]
    for key, row in teams.items():
        teams[key] = row.model_copy(update={"name": team if key == 1 else "Core"})
    add(made, made.quarter.model_copy(update={"name": quarter}))
    add_item(made, 1, 999.9, slice="O")
    add_item(made, 2, {2: 7.4})
    if scenario:
        add(made, Origin(id=1, name=scenario, main="main.db", at=NOON, seq=1))
    if signed:
        add(made, Signature(id=1, quarter_id=1, decision_id=1, name=LONG, reason=LONG, odds=0.5, at=NOON))
    return made


@pytest.mark.parametrize("scenario", ["", "hire a contractor for the data team"])
@pytest.mark.parametrize(
    ("team", "quarter", "signed"), [("Pay", "Q1 2027", False), (LONG, "Quarter of a merger", True)]
)
def test_it_is_readable_from_60_to_200_columns(team: str, quarter: str, signed: bool, scenario: str) -> None:
    made = state(team, quarter, scenario, signed)
    figures = Figures(made, draws_of(made))
    figures.build()
    header = Bare()
    header.redraw = lambda: None  # type: ignore[method-assign]
    odds = f"{100 * figures.forecast.odds:.0f}%"
    for seats in ("", "2 seats", "follows Maya Lindqvist-Okonkwo, 4 seats"):
        header.seats = seats  # type: ignore[misc,assignment]
        header._figures = figures
        for width in range(60, 201):
            rows = ["".join(segment.text for segment in strip) for strip in header.draw(width, 2)]
            text = rows[0]
            assert cell_len(text) == width
            # The quarter, or the scenario, by the beginning of its name, and a space before the first figure.
            start = f" scenario “{scenario[:3]}" if scenario else f" {quarter[:10]}"
            assert start in text, (width, text)
            figure = re.search(r"(?:^|\s)(net \d|[\d,]+\.\d net|load \d|[\d,]+\.\d load|room|short|any room)", text)
            assert figure is not None, (width, text)
            assert text[: figure.start()].rstrip().endswith(("”", "draft", "…", quarter[-4:], "·", "Main")), (
                width,
                text,
            )
            # The odds with what is aimed at, whole, and what is left or lacks.
            assert re.search(rf"\s{odds}(/70\s| \(target 70%\))", text), (width, text)
            assert re.search(r"\s(room|short) ", text), (width, text)
            if width >= 100 and seats and len(team) < 12 and not scenario:
                assert f"{quarter} · Main" in text, (width, text)
            if width >= 100 and seats:
                assert "seats" in text or "follows Maya" in text, (width, text)
            assert len(rows) == 1 + bool(signed)


def running(told: date = date(2027, 2, 10)) -> Header:
    """A header of week 7 (the quarter begins on a Friday), with the odds of four weeks; what is left fits."""
    made = state("Pay", "Q1 2027", "", False)
    add(made, made.quarter.model_copy(update={"progress_on": told}), size(1, 1, 599.9, 101), size(2, 2, 3.4, 202))
    figures = Figures(made, draws_of(made))
    figures.build()
    header = Bare()
    header.redraw = lambda: None  # type: ignore[method-assign]
    header.set_class = lambda *_: header  # type: ignore[method-assign,assignment,return-value]
    header.show(figures, trend=(0.73, 0.71, 0.64, 0.58), today=date(2027, 2, 12))
    return header


def test_in_a_quarter_that_runs_figures_leave_in_their_order() -> None:
    """The odds week by week leave first, then the one-offs, the week, net and load; odds and what lacks stay at any
    width from 60 to 200."""
    header = running()
    for width in range(60, 201):
        text = "".join(segment.text for segment in header.draw(width, 2)[0])
        assert cell_len(text) == width
        assert re.search(r"\s(room|short) ", text), (width, text)
        assert re.search(r"\s\d+%(/70\s| \(target 70%\))", text), (width, text)
        there = [
            re.search(word, text) is not None
            for word in ("73 71 64 58|▆▆▆▅", "1-off|one-off", "week 7 of 14", r"\bnet\b", "load")
        ]
        assert there == sorted(there), (width, text)
        assert all(there[2:]) or width < 70, (width, text)
        assert all(there) or width < 90, (width, text)
        if width >= 120:
            assert "net left" in text, (width, text)
            assert "load left" in text, (width, text)
    assert "week 7 of 14, progress of 10 Feb" in text
    assert "73 71 64 58" in text


@pytest.mark.parametrize(("told", "words"), [(date(2027, 2, 4), ""), (date(2027, 2, 3), "progress is 9 days old")])
def test_progress_of_more_than_a_week_says_how_old_it_is(told: date, words: str) -> None:
    assert running(told).words.startswith(words)
    assert bool(running(told).words) == bool(words)

"""The decisions as a table: who, why, what went in and out, the odds before and after, and what was signed."""

from __future__ import annotations

from scenarios.decisions.log import LogLine, find_decisions
from scenarios.decisions.log_words import kind_words, signed_words, way_words
from scenarios.figures.sizes import format_ew
from store.common.sheets import Cell, Column, Sheet
from store.records import Quarter, State

#: What a page shows comes first: a workbook prints as far as that.
COLUMNS = (
    Column("at", "time", True, 16),
    Column("decision", "text", True, 16),
    Column("title", "text", True, 28),
    Column("decided by", "text", True, 12),
    Column("because", "text", True, 26),
    Column("odds before", "odds", True, 7),
    Column("odds after", "odds", True, 7),
    Column("in", "text", True, 22),
    Column("out", "text", True, 22),
    Column("resized", "text", True, 20),
    Column("capacity", "text", True, 20),
    Column("dissent", "text", True, 20),
    Column("conditions", "text", True, 20),
    Column("review", "date", True, 11),
    Column("ways out", "text", True, 20),
    Column("signed", "text", True, 26),
    Column("quarter", "text", False, 10),
    Column("kind", "text", False, 12),
    Column("asked by", "text", False, 16),
    Column("present", "text", False, 24),
    Column("load before (ew)", "ew", False, 9),
    Column("load after (ew)", "ew", False, 9),
    Column("one-offs before", "share", False, 9),
    Column("one-offs after", "share", False, 9),
    Column("options", "text", False, 40),
)


def decisions_sheet(state: State) -> Sheet:
    """Every decision that stands, newest first; what was undone is in the journal alone."""
    quarters = {quarter.id: quarter.name for quarter in state.all(Quarter).values()}
    rows = tuple(_row(state, line, quarters[line.decision.quarter_id]) for line in find_decisions(state))
    about = "A row a decision that stands, newest first, with odds and one-off share before it and after it."
    return Sheet("decisions", "Decisions", COLUMNS, rows, about=about)


def _row(state: State, line: LogLine, quarter: str) -> tuple[Cell, ...]:
    row, detail = line.decision, line.detail
    return (
        row.at,
        kind_words(line),
        row.title,
        row.decided_by,
        row.because,
        row.odds_before,
        row.odds_after,
        *(_moved(line, kind) for kind in ("in", "out", "resized", "capacity")),
        detail.dissent if detail else "",
        detail.conditions if detail else "",
        detail.review if detail else None,
        "; ".join(way_words(way, state) for way in line.ways),
        "; ".join(map(signed_words, line.terms)),
        quarter,
        row.kind,
        detail.asked_by if detail else "",
        detail.present if detail else "",
        detail.load_before if detail else None,
        detail.load_after if detail else None,
        detail.one_offs_before if detail else None,
        detail.one_offs_after if detail else None,
        "; ".join(f"{option.title}{' (chosen)' if option.chosen else ''}" for option in line.options),
    )


def _moved(line: LogLine, kind: str) -> str:
    return "; ".join(f"{move.title} ({format_ew(move.ew)} ew)" for move in line.moved(kind))

"""The month of a scripted half year, printed from a file, beside what SQL written apart finds in that file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import tests.tui.cli.shell as shells
from scenarios.trade import changes
from store.records import RECORDS, Command, Record, State, WorkspaceInfo
from store.workspace.workspace import Workspace
from tests.scenarios.month.test_month import half_year
from tests.tui.cli.shell import Shell

shell = shells.shell
SINCE = "2027-01-15"


def stored(path: Path, made: State) -> None:
    """A workspace with just these records."""
    tables = list(made.tables)

    def number(table: str, old: int) -> int:
        return -(100_000 * (tables.index(table) + 1) + old)

    def anew(kind: type[Record], row: Record) -> Record:
        links = {column: old for column in kind.links if (old := getattr(row, column)) is not None}
        given = {column: number(kind.links[column], old) for column, old in links.items()}
        return row.model_copy(update={"id": number(kind.table, row.id), **given})

    with Workspace.open(path) as workspace:
        there = workspace.load().tables
        gone = [row for name in ("slices", "shirts", "quarters") for row in there[name].values()]
        rows = [anew(kind, row) for kind in RECORDS if kind is not WorkspaceInfo for row in made.each(kind)]
        workspace.apply(Command("test", "a half year", tuple(rows), tuple(gone)))


def test_every_number_is_found_by_sql(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "half.db"
    stored(path, half_year())
    monkeypatch.setattr(changes, "now", lambda: datetime(2027, 6, 10, 12, tzinfo=UTC))
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    month = shell("report", "month", "--since", SINCE, kind="report month")
    promised = shell("commitments", kind="commitments")
    with sqlite3.connect(path) as file:

        def one(sql: str) -> Any:
            return file.execute(sql).fetchone()[0]

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return file.execute(sql).fetchall()

        # What is done counts with what it took, what is under way with what is spent and left, as in the pie.
        left = 'CASE WHEN done_on IS NULL THEN coalesce("left", max(0, likely - coalesce(spent, 0))) ELSE 0 END'
        planned = (
            f"SELECT sum(coalesce(spent, 0) + {left}) FROM sizes JOIN items ON items.id = sizes.item_id "
            "LEFT JOIN progress USING (item_id, team_id) WHERE state = 'plan'"
        )
        share = f"SELECT ({planned} AND slice = 'O') / ({planned})"
        assert month["one_off_share"] == one(share)
        since = f"at >= '{SINCE}'"
        assert month["changed"]["decisions"] == one(f"SELECT count(*) FROM decisions WHERE {since}")
        spans = f"FROM unplanned_work WHERE day BETWEEN '{SINCE}' AND '2027-06-10'"
        number, effort, cost = rows(f"SELECT count(*), sum(effort), sum(effort) * (SELECT rate FROM charters) {spans}")[
            0
        ]
        told = month["interrupts"]
        assert (told["number"], told["ew"], told["cost"]) == (number, effort, cost)
        assert sum(week["ew"] for week in told["by_week"]) == effort
        out = (
            "SELECT items.title, max(decisions.at), moves.ew FROM moves JOIN decisions ON decisions.id = decision_id "
            f"JOIN items ON items.id = moves.item_id WHERE moves.kind = 'out' AND decisions.kind <> 'close' "
            f"AND {since} AND items.state NOT IN ('plan', 'done') GROUP BY items.id"
        )
        assert [(row["title"], row["ew"]) for row in month["postponed"]] == [(row[0], row[2]) for row in rows(out)]
        renewing = (
            "SELECT sum(arr) FROM customers WHERE renews BETWEEN '2027-06-10' AND date('2027-04-01', '+180 days') "
            "AND id IN (SELECT customer_id FROM waits JOIN items ON items.id = item_id WHERE items.state = 'below')"
        )
        assert month["renewing"] == one(renewing)
        done = (
            "FROM moves JOIN decisions ON decisions.id = decision_id JOIN items ON items.id = moves.item_id "
            "WHERE decisions.kind = 'close'"
        )
        first, second = month["trend"]
        assert first["one_off_share"] == one(f"SELECT sum(ew * (slice = 'O')) / sum(ew) {done}")
        assert (first["baseline_items"], first["done_items"]) == (4, one(f"SELECT count(*) {done}"))
        for row, days in ((first, "'2027-01-01' AND '2027-03-31'"), (second, "'2027-04-01' AND '2027-06-30'")):
            assert row["interrupts"] == one(f"SELECT sum(effort) FROM unplanned_work WHERE day BETWEEN {days}")
        for debt in month["slice_debt"]:
            letter = debt["slice"]
            got = one(f"SELECT coalesce(sum(ew), 0) {done} AND slice = '{letter}'")
            got_now = one(f"SELECT coalesce(({planned} AND slice = '{letter}'), 0)")
            whole = one(f"SELECT (SELECT sum(ew) {done}) + ({planned})")
            aim = one(f"SELECT aim / 100.0 FROM slices WHERE letter = '{letter}'")
            assert debt["ew"] == pytest.approx(aim * whole - got - got_now)
        answered = (
            "SELECT count(*) FROM escalations WHERE EXISTS (SELECT 1 FROM decisions LEFT JOIN moves ON decision_id = "
            "decisions.id WHERE decisions.at >= escalations.at "
            "AND escalations.item_id IN (decisions.item_id, moves.item_id))"
        )
        assert sum(each["answered"] for each in month["escalations_by_source"]) == one(answered)
        assert len(month["escalations"]) == one("SELECT count(*) FROM escalations")
    # And by another command's answer.
    assert sorted(row["title"] for row in month["pending"]) == sorted(
        row["title"] for row in promised["commitments"] if row["state"] != "done"
    )

"""Short names of columns are taken by what the column holds, in English and German, and never for something else."""

from __future__ import annotations

import pytest

from scenarios.items.priorities import priority_place
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, column_wish
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item, Size
from tests.store.imports.test_import_merge import fresh

#: By header, what stands in its three rows, and the field that it is.
TAKEN = [
    ("Prio", "P1 P2 P1", "priority"),
    ("Pri", "High Low Medium", "priority"),
    ("Rank", "1 2 3", "priority"),
    ("MoSCoW", "Must Should Could", "priority"),
    ("Rang", "hoch mittel niedrig", "priority"),
    ("Group", "Payments Platform Payments", "team"),
    ("Tribe", "payments platform payments", "team"),
    ("Abt.", "Zahlung Plattform Zahlung", "team"),
    ("For", "Acme Globex Acme", "customer"),
    ("Cust", "Acme 3M Acme", "customer"),
    ("ACCT", "acme globex acme", "customer"),
    ("Für", "Kunze Meyer Kunze", "customer"),
    ("Kd.", "Kunze Meyer Kunze", "customer"),
    ("Est", "3d 1w 2h", "size"),
    ("Sz", "S M XL", "size"),
    ("Gr.", "S M L", "size"),
    ("Effort (d)", "3 5 8", "days"),
    ("Aufwand (PT)", "3 5 8", "days"),
    ("Aufwand Std", "3 5 8", "hours"),
    ("Pts", "3 5 8", "points"),
    ("Resp", "Ana Bo Ana", "owner"),
    ("DRI", "@ana @bo @ana", "owner"),
    ("Bearb.", "Anna Bernd Anna", "owner"),
    ("BV", "100 250 30", "value"),
    ("When", "2027-03-01 2027-02-01 2027-03-31", "due"),
    ("Bis", "31.03.2027 15.02.2027 01.03.2027", "due"),
    ("Stat", "open wip done", "status"),
    ("Stand", "offen erledigt offen", "status"),
    # The same name says another thing where another thing stands in it.
    ("Group", "Backlog WIP Done", "status"),
    ("Comments", "urgent soon maybe", "note"),
    ("Bem.", "dringend bald vielleicht", "note"),
    ("Tkt", "T-1 T-2 T-3", "key"),
]
NOT_TAKEN = [
    # Where 5 is the most, 5 is not the last; nor is a place in a list a key, an H hours, or a P points or a rank.
    ("Importance", "5 3 1"),
    ("Pos", "1 2 3"),
    ("H", "5 8 3"),
    ("P", "5 8 3"),
    ("PT", "5 8 3"),
    # Who asks for it, or whom sales is after, neither does it nor owns it.
    ("Dept", "Sales Finance Sales"),
    ("Lead", "Acme Globex Acme"),
    ("Group", "Q1 Q2 Q1"),
    ("Group", "Bug Feature Bug"),
    ("Group", "Epic-A Sprint-1 Sprint-2"),
    ("For", "Q1 Q2 Q1"),
    ("For", "everyone admins everyone"),
    ("For", "2027-03-01 2027-02-01 2027-03-31"),
    ("DRI", "12 14 15"),
    ("PM", "P1 P2 P1"),
    ("Est", "Ana Bo Ana"),
    ("Est", "2027-03-01 2027-02-01 2027-03-31"),
    ("Rank", "Ana Bo Ana"),
    ("When", "soon later next"),
    ("By", "Ana Bo Ana"),
    ("Cust", "12 400 7"),
    ("Tkt", "T-1 T-1 T-1"),
    ("Ref", "C-7 C-7 C-7"),
    ("Unit", "days days days"),
    ("Area", "Web Core Web"),
]
RATES = ImportOptions(points_per_ew=8, hours_per_ew=32)


def taken(header: str, cells: str) -> str:
    """The field that a column of a plain table is taken for; empty for none."""
    rows = [f"{title};{cell}\n" for title, cell in zip(("Audit log", "Export", "Login"), cells.split(), strict=True)]
    table = parse_table(f"Title;{header}\n{''.join(rows)}".encode(), "f.csv")
    found = plan_import(fresh(), table, RATES).columns[1]
    assert (found.why == "held") <= bool(found.field)
    return found.field or ""


@pytest.mark.parametrize(("header", "cells", "field"), TAKEN)
def test_taken_by_name_and_content(header: str, cells: str, field: str) -> None:
    assert taken(header, cells) == field
    assert taken(header.upper(), cells) == field


@pytest.mark.parametrize(("header", "cells"), NOT_TAKEN)
def test_what_holds_something_else_is_left(header: str, cells: str) -> None:
    assert taken(header, cells) == ""


def test_words_for_ranks_are_put_in_order() -> None:
    places = list(map(priority_place, ("Kritisch", "hoch", "Mittel", "niedrig", "sehr niedrig")))
    assert places == sorted(filter(None, places))
    assert len(set(places)) == 5


def read(text: str, *columns: str) -> ImportPlan:
    options = ImportOptions(points_per_ew=8, hours_per_ew=32, columns=dict(map(column_wish, columns)))
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), options)


def sizes(done: ImportPlan) -> dict[str, tuple[float | None, float, float | None]]:
    titles = {put.id: put.title for put in done.puts if isinstance(put, Item)}
    return {titles[put.item_id]: (put.low, put.likely, put.high) for put in done.puts if isinstance(put, Size)}


def test_a_column_that_has_its_name_or_is_chosen_goes_before() -> None:
    text = "Title,Team,Group,Est,Prio\nA,Pay,Core,3d,P1\nB,Pay,Web,2d,P2\n"
    assert [guess.field for guess in read(text).columns] == ["title", "team", None, "size", "priority"]
    # What the user says: another column, or none.
    assert [guess.field for guess in read(text, "customer=Group", "priority=").columns] == [
        "title", "team", "customer", "size", None,
    ]  # fmt: skip
    # A tool's own export is read by its names alone.
    jira = "Summary,Issue key,Issue id,Issue Type,Status,Group\nA,K-1,1,Story,To Do,Core\nB,K-2,2,Story,To Do,Web\n"
    assert read(jira).columns[5].field is None


def test_the_unit_of_an_estimate_in_a_column_of_its_own() -> None:
    done = read(
        'Title,Estimate,Unit\nA,3,days\nB,2,Weeks\nC,16,h\nD,2-3-5,Tage\nE,3d,weeks\nF,2,sprints\nG,4,\nH,"3,5",d\n'
    )
    assert sizes(done) == {
        "A": (None, 0.6, None),
        "B": (None, 2.0, None),
        "C": (None, 0.5, None),
        "D": (0.4, 0.6, 1.0),
        "E": (None, 0.6, None),
        "H": (None, 0.7, None),
    }
    said = " ".join(done.notes)
    assert "2 sprints" in said
    assert "4" in said
    assert sizes(read("Title,Low,Likely,High,Unit\nA,1,2,4,days\n")) == {"A": (0.2, 0.4, 0.8)}


def test_a_decimal_comma_that_parts_cells_is_named() -> None:
    done = read("Title,Days,Owner\nA,3,5,Ana\nB,2,Bo\nC,x,y,z\n")
    assert [row.reason for row in done.rejected] == [
        'has 4 cells where the header has 3: "3,5" looks like a number with a decimal comma, where commas separate '
        "cells; put it in quotes, or save the file with semicolons",
        "has 4 cells where the header has 3 (is a comma or a quote unescaped?)",
    ]

"""An export taken in week 3 and again in week 6: it brings progress, closes what is done, and touches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Decision, Item, Progress
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of

shell = shells.shell
HEAD = "Issue key,Issue Type,Summary,Status,Resolution,Resolved,Original estimate,Time Spent,Remaining Estimate\n"
HOUR = 3_600
#: Of 40 hours a week: 3, 2, 4 and 1 ew.
START = (
    "PAY-1,Story,Ledger,To Do,,,432000,,\n"
    "PAY-2,Story,Receipts,To Do,,,288000,,\n"
    "PAY-3,Story,Exports,To Do,,,576000,,\n"
    "PAY-4,Story,Old wish,To Do,,,144000,,\n"
)
WEEK_3 = (
    f"PAY-3,Story,Exports,In Progress,,,576000,{40 * HOUR},{160 * HOUR}\n"
    "PAY-1,Story,Ledger,Done,Done,21/Jan/27 4:10 PM,432000,288000,0\n"
    f"PAY-2,Story,Receipts,In Progress,,,288000,{20 * HOUR},\n"
    "PAY-4,Story,Old wish,Closed,Won't Do,20/Jan/27 9:00 AM,144000,,\n"
)
WEEK_6 = (
    f"PAY-3,Story,Exports,In Progress,,,576000,{100 * HOUR},{60 * HOUR}\n"
    "PAY-1,Story,Ledger,Reopened,,,432000,360000,72000\n"
    "PAY-2,Story,Receipts,Done,Done,10/Feb/27 4:10 PM,288000,360000,0\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> Path:
    """Four items of Jira in plan, in a quarter that has begun."""
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "team.db"))
    for name, rows in (("start", START), ("week3", WEEK_3), ("week6", WEEK_6)):
        (tmp_path / f"{name}.csv").write_text(HEAD + rows, encoding="utf-8")
    shell.lines("import", str(tmp_path / "start.csv"), "--hours-per-week", "40", "--team", "Pay=30")
    shell.lines("quarter", "--name", "Q1 2027", "--starts", "2027-01-04", "--ends", "2027-04-04")
    for title in ("Ledger", "Receipts", "Exports", "Old wish"):
        shell.lines("trade", title)
    return tmp_path


def told(folder: Path) -> dict[str, Progress]:
    state = state_of(folder / "team.db")
    return {state.all(Item)[row.item_id].title: row for row in state.each(Progress)}


def test_an_export_of_week_3_and_again_of_week_6(folder: Path, shell: Shell) -> None:
    db = folder / "team.db"
    kept = [(item.id, item.rank, item.state) for item in state_of(db).each(Item)]
    decisions = len(list(state_of(db).each(Decision)))
    before = contents(db)
    found = shell("import", str(folder / "week3.csv"), "--on", "2027-01-25", kind="import")
    assert [(each["title"], each["changes"]) for each in found["updated_rows"]] == [
        ("Exports", ["spent 0.0 -> 1.0 ew", "left as sized -> 4.0 ew"]),
        ("Ledger", ["spent 0.0 -> 2.0 ew", "done 2027-01-21, took 2.0 ew"]),
        ("Receipts", ["spent 0.0 -> 0.5 ew"]),
    ]
    # The columns that brought it are told, and not among those that nobody reads.
    (said,) = (note for note in found["notes"] if note.startswith("How far items are: "))
    assert "spent from Time Spent" in said
    assert "left from Remaining Estimate" in said
    assert not any("Time Spent" in note for note in found["notes"] if note.startswith("Columns not used"))
    tells = {each["column"]: each["tells"] for each in found["columns"]}
    assert (tells["Time Spent"], tells["Remaining Estimate"], tells["Summary"]) == ("spent", "left", "")
    shown = shell.lines("import", str(folder / "week3.csv"), "--on", "2027-01-25", "--dry-run").splitlines()
    (column,) = (line for line in shown if line.startswith("  column Time Spent: "))
    assert column.startswith("  column Time Spent: what was spent so far: ")
    # What is over without being done is not closed as done.
    assert [each["title"] for each in found["rejected_rows"]] == ["Old wish"]
    rows = told(folder)
    assert str(rows["Ledger"].done_on) == "2027-01-21"
    assert (rows["Exports"].spent, rows["Exports"].left, rows["Exports"].done_on) == (1.0, 4.0, None)
    assert str(state_of(db).quarter.progress_on) == "2027-01-25"
    week_3 = contents(db)
    again = shell("import", str(folder / "week3.csv"), "--on", "2027-02-01", kind="import")
    assert contents(db) == week_3
    # Read again, they say nothing new, and are read all the same.
    assert said in again["notes"]
    assert not any("Time Spent" in note for note in again["notes"] if note.startswith("Columns not used"))
    # Somebody here told of one of them meanwhile: the file does not take that back, nor lower it.
    shell.lines("progress", "Exports", "--spent", "3", "--on", "2027-02-08")
    found = shell("import", str(folder / "week6.csv"), "--on", "2027-02-15", kind="import")
    assert {each["title"]: each["changes"] for each in found["updated_rows"]} == {
        "Exports": ["left 4.0 ew -> 1.5 ew"],
        "Ledger": ["open again in the source", "spent 2.0 -> 2.5 ew", "left as sized -> 0.5 ew"],
        "Receipts": ["spent 0.5 -> 2.5 ew", "done 2027-02-10, took 2.5 ew"],
    }
    (conflict,) = found["conflicts"]
    assert (conflict["field"], conflict["here"], conflict["source"]) == (
        "spent", "3.0 ew", "2.5 ew"
    )  # fmt: skip
    rows = told(folder)
    assert (rows["Exports"].spent, rows["Ledger"].spent, rows["Ledger"].done_on) == (3.0, 2.5, None)
    assert [(item.id, item.rank, item.state) for item in state_of(db).each(Item)] == kept
    assert len(list(state_of(db).each(Decision))) == decisions
    # What the source says is taken where somebody says so.
    shell.lines("import", str(folder / "week6.csv"), "--on", "2027-02-15", "--on-conflict", "source")
    assert told(folder)["Exports"].spent == 2.5
    for _ in range(4):
        shell.lines("undo")
    assert contents(db) == before


def test_before_the_quarter_and_for_plain_tables(folder: Path, shell: Shell) -> None:
    db = folder / "team.db"
    before = contents(db)
    early = shell("import", str(folder / "week3.csv"), "--on", "2026-12-01", kind="import")
    assert not early["done"]
    assert contents(db) == before
    plain = folder / "plain.csv"
    plain.write_text(
        "Key,Title,Size (days),Spent (days),Remaining,Started,Done on\n"
        "PAY-3,Exports,20,5,2-4-8,2027-01-11,\n"
        "PAY-2,Receipts,10,,,,2027-01-20\n",
        encoding="utf-8",
    )
    shell.lines("import", str(plain), "--on", "2027-01-25")
    rows = told(folder)
    assert (rows["Exports"].spent, rows["Exports"].left_low, rows["Exports"].left) == (1.0, 0.4, 0.8)
    assert str(rows["Exports"].started_on) == "2027-01-11"
    assert (str(rows["Receipts"].done_on), rows["Receipts"].spent, rows["Receipts"].counted) == (
        "2027-01-20",
        2.0,
        False,
    )


def test_an_import_that_was_taken_back_is_as_if_it_had_not_been(folder: Path, shell: Shell) -> None:
    file = str(folder / "due.csv")
    for day in ("2027-03-01", "2027-03-09"):
        Path(file).write_text(f"Key,Title,Due\nPAY-2,Receipts,{day}\n", encoding="utf-8")
        shell.lines("import", file)
    shell.lines("undo")
    found = shell("import", file, "--dry-run", kind="import")
    assert [each["changes"] for each in found["updated_rows"]] == [["due date 2027-03-01 -> 2027-03-09"]]
    # Done again, it counts again: what people change then stays.
    shell.lines("redo")
    shell.lines("item", "Receipts", "--due", "2027-03-20")
    assert not shell("import", file, kind="import")["conflicts"]
    assert str(next(each for each in state_of(folder / "team.db").each(Item) if each.title == "Receipts").due) == (
        "2027-03-20"
    )


CAME = (
    "Issue key,Issue Type,Summary,Status,Resolution,Created,Resolved,Time Spent,Parent key\n"
    "PAY-1,Story,Ledger,In Progress,,01/Dec/26 9:00 AM,,36000,\n"
    "PAY-20,Bug,Outage,Done,Done,11/Jan/27 9:00 AM,12/Jan/27 6:00 PM,57600,\n"
    "PAY-21,Bug,Wrong tax,Done,Done,18/Jan/27 9:00 AM,22/Jan/27 6:00 PM,14400,\n"
    "PAY-22,Bug,Old one,Done,Done,01/Dec/26 9:00 AM,22/Jan/27 6:00 PM,14400,\n"
    "PAY-23,Bug,Nothing to it,Closed,Cannot Reproduce,18/Jan/27 9:00 AM,22/Jan/27 6:00 PM,14400,\n"
    "PAY-24,Sub-task,Ledger's table,Done,Done,18/Jan/27 9:00 AM,22/Jan/27 6:00 PM,14400,PAY-1\n"
    "PAY-25,Bug,Uncounted,Done,Done,18/Jan/27 9:00 AM,22/Jan/27 6:00 PM,,\n"
    "PAY-26,Story,Next wish,In Progress,,18/Jan/27 9:00 AM,,7200,\n"
)


def test_what_came_and_went_within_the_quarter_is_an_interrupt_once_somebody_says_so(
    folder: Path, shell: Shell
) -> None:
    file = folder / "came.csv"
    file.write_text(CAME, encoding="utf-8")
    words = ("import", str(file), "--on", "2027-01-25")
    offered = shell(*words, kind="import")
    reasons = {each["title"]: each["reason"] for each in offered["rejected_rows"]}
    assert {title for title, reason in reasons.items() if "--interrupts" in reason} == {"Outage", "Wrong tax"}
    assert "0.40 ew of Pay" in reasons["Outage"]
    said = " ".join(offered["notes"])
    assert "2 rows that are over were made and done within the quarter and never in plan (0.50 ew): --interr" in said
    assert "1 row came in and went within the quarter, and does not say what it took" in said
    # Begun, and new below the line: its progress has no place yet.
    assert "1 row was begun (0.1 ew spent) and not in plan" in said
    # Never unasked.
    assert shell("interrupts", kind="interrupts")["interrupts"] == []
    taken = shell(*words, "--interrupts", kind="import")
    assert (
        "taken as an interrupt: 0.40 ew of Pay"
        in {each["title"]: each["reason"] for each in taken["rejected_rows"]}["Outage"]
    )
    rows = shell("interrupts", kind="interrupts")["interrupts"]
    assert [(each["title"], each["day"], each["effort"], each["source"]) for each in rows] == [
        ("Outage", "2027-01-12", pytest.approx(0.4), "PAY-20"),
        ("Wrong tax", "2027-01-22", pytest.approx(0.1), "PAY-21"),
    ]
    # The same file again changes nothing; more time on it does; what was taken away here stays away.
    again = shell(*words, "--interrupts", kind="import")
    assert not again["done"]
    number = next(each["id"] for each in rows if each["title"] == "Wrong tax")
    shell.lines("interrupts", "--remove", str(number))
    file.write_text(CAME.replace(",57600,", ",72000,"), encoding="utf-8")
    shell.lines(*words, "--interrupts")
    rows = shell("interrupts", kind="interrupts")["interrupts"]
    assert [(each["title"], each["effort"]) for each in rows] == [("Outage", pytest.approx(0.5))]
    # Once it is in plan, what was begun comes with the next file.
    shell.lines("size", "Next wish", "1")
    shell.lines("trade", "Next wish")
    shell.lines(*words)
    assert told(folder)["Next wish"].spent == pytest.approx(0.05)

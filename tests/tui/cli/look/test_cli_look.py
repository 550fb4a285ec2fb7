"""``makeroom look``: its totals beside a count made apart in SQL, what it writes, and what it leaves alone."""

from __future__ import annotations

import csv
import sqlite3
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest

from store.records import Actual, Customer, SliceRule, Team
from store.workspace.workspace import Workspace
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import ROOT, Shell
from tests.tui.look.exports import HEAD, jira_export
from tui.cli import main

shell = shells.shell
REAL = ROOT.parent / "shared" / "data" / "cycle_times" / "jira.csv"
#: The slice of a row by the rules of the test, written down anew.
SLICE = """CASE WHEN 'escalation' IN (label, label2) THEN 'O' WHEN type = 'Bug' THEN 'Q' WHEN type = 'Spike' THEN 'D'
    WHEN 'security' IN (label, label2) THEN 'I' WHEN type IN ('Story', 'Improvement') THEN 'F'
    WHEN customer <> '' THEN 'O' ELSE '' END"""


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a workspace."""
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "none.db"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def database(path: Path) -> sqlite3.Connection:
    """The export as a table, its days as SQLite has them."""
    found = sqlite3.connect(":memory:")
    names = (
        "title, key, type, status, resolution, created, resolved, label, label2, component, spent, estimate, customer"
    )
    found.execute(f"CREATE TABLE done ({names})")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    for row in rows:
        for at in (5, 6):
            row[at] = datetime.strptime(row[at], "%d/%b/%y %I:%M %p").date().isoformat()
    found.executemany(f"INSERT INTO done VALUES ({', '.join('?' * len(HEAD))})", rows)
    found.execute("DELETE FROM done WHERE resolution <> 'Done'")
    return found


def test_its_totals_are_those_of_sql(nowhere: Path, shell: Shell) -> None:
    path = jira_export(nowhere / "done.csv")
    found = shell("look", str(path), "--rule", "label:escalation=O", "--hours-per-week", "32", kind="look")
    rows = database(path)
    ew = "CAST(spent AS REAL) / 3600 / 32"
    quarter = "'Q' || ((strftime('%m', resolved) + 2) / 3) || ' ' || strftime('%Y', resolved)"

    parts = {(each["name"], part["slice"] or ""): part for each in found["quarters"] for part in each["parts"]}
    counted = rows.execute(f"SELECT {quarter}, {SLICE}, sum({ew}), count(*) FROM done GROUP BY 1, 2").fetchall()
    assert parts.keys() == {(name, letter) for name, letter, _, _ in counted}
    for name, letter, amount, issues in counted:
        assert parts[name, letter]["amount"] == pytest.approx(amount, abs=1e-4)
        assert parts[name, letter]["issues"] == issues
    total, issues = rows.execute(f"SELECT sum({ew}), count(*) FROM done").fetchone()
    one_offs = rows.execute(f"SELECT sum({ew}) FROM done WHERE {SLICE} = 'O'").fetchone()[0]
    assert found["total"]["amount"] == pytest.approx(total, abs=1e-4)
    assert found["total"]["one_offs"] == pytest.approx(one_offs / total, abs=1e-6)
    assert found["total"]["issues"] == issues == 400 - sum(each["rows"] for each in found["left"])

    accounts = rows.execute(
        f"SELECT customer, sum({ew}), count(*) FROM done WHERE customer <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 5"
    ).fetchall()
    assert [(row["name"], row["issues"]) for row in found["accounts"]] == [(name, many) for name, _, many in accounts]
    assert [row["amount"] for row in found["accounts"]] == pytest.approx([ew for _, ew, _ in accounts], abs=1e-4)

    first_day = "date(resolved, 'start of month', '-' || ((strftime('%m', resolved) - 1) % 3) || ' months')"
    unplanned = rows.execute(f"SELECT count(*) FROM done WHERE created > {first_day}").fetchone()[0]
    assert found["total"]["unplanned"]["issues"] == unplanned
    days = sorted(day for (day,) in rows.execute("SELECT julianday(resolved) - julianday(created) FROM done"))
    assert found["lead"]["median"] == median(days)
    within = found["lead"]["within_85"]
    assert sum(day <= within for day in days) >= 0.85 * len(days) > sum(day < within for day in days)

    assert not (nowhere / "none.db").exists()
    assert sorted(each.name for each in nowhere.iterdir()) == ["done.csv"]


@pytest.mark.skipif(not REAL.exists(), reason="the real issues are no part of the project")
def test_the_real_issues_are_counted_and_not_weighed(shell: Shell) -> None:
    found = shell("look", str(REAL), kind="look")
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = [(row["created_date"], row["finished_date"]) for row in csv.DictReader(file)]
    assert (found["unit"], found["total"]["issues"]) == ("issues", len(rows))
    for each in found["quarters"]:
        name, year = each["name"].split()
        months = {f"{year}-{3 * int(name[1]) - at:02d}" for at in range(3)}
        assert each["issues"] == sum(finished[:7] in months for _, finished in rows)
    assert found["lead"]["issues"] == sum(created <= finished for created, finished in rows)
    assert found["total"]["band"] == ""
    assert found["unmatched"]["issues"] == len(rows)


def test_pages_say_what_the_terminal_says(nowhere: Path, shell: Shell) -> None:
    path = jira_export(nowhere / "done.csv", 60)
    lines = shell.lines("look", str(path))
    headline = lines.splitlines()[3]
    assert headline.startswith("One-offs took ")
    for name in ("look.html", "look.md"):
        assert main(["look", str(path), "-o", name]) == 0
        text = (nowhere / name).read_text(encoding="utf-8")
        assert headline.split(":")[0].partition(" (")[0] in text
        assert "Not planned" in text
        before = (nowhere / name).read_bytes()
        assert main(["look", str(path), "-o", name]) == 3
        assert (nowhere / name).read_bytes() == before
        assert main(["look", str(path), "-o", name, "--overwrite"]) == 0


def test_text_from_outside_is_text_on_every_page(nowhere: Path, shell: Shell) -> None:
    evil = '<script>alert(1)</script> [x](http://a.b) | `c` \x1b[31m"'
    cells = [evil, evil, evil, "2026-02-05"]
    with (nowhere / "done.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["title", "label", "customer", "finished"], cells])
    assert "\x1b" not in shell.lines("look", "done.csv")
    for name in ("look.html", "look.md"):
        assert main(["look", "done.csv", "-o", name]) == 0
        text = (nowhere / name).read_text(encoding="utf-8")
        assert "<script" not in text.replace("\\<script", "")
        assert "\x1b" not in text
        assert name == "look.html" or "](http://" not in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["missing.csv"], 3, "There is no file missing.csv"),
        (["done.csv", "--rule", "nonsense"], 2, "is not a rule: write type, label"),
        (["done.csv", "--rule", "label:x=Z"], 2, "there is no slice “Z”; the slices are F, I, Q, D, O"),
        (["done.csv", "--fiscal", "spring"], 2, "is not a month in which a fiscal year begins"),
        (["done.csv", "--currency", "shells"], 2, "that is not a currency"),
        (["done.csv", "--column", "finished=Nope"], 2, "There is no column 'Nope' for finished"),
        (["done.csv", "--points-per-week", "0"], 2, "must be a number above 0"),
        (["done.csv", "-o", "look.pdf"], 2, "name it FILE.html or FILE.md"),
        (["done.csv", "--accounts", "done.csv"], 2, "No column looks like"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    nowhere: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    (nowhere / "done.csv").write_text("title,finished\nA,2026-02-05\n", encoding="utf-8")
    assert main(["look", *words]) == code
    assert said in capsys.readouterr().err
    assert sorted(each.name for each in nowhere.iterdir()) == ["done.csv"]


def test_an_amount_in_another_currency_is_unknown_until_a_rate_is_given(nowhere: Path, shell: Shell) -> None:
    (nowhere / "done.csv").write_text("title,customer,finished\nA,Acme,2026-02-05\n", encoding="utf-8")
    (nowhere / "accounts.csv").write_text("account,arr\nAcme,€50000\n", encoding="utf-8")
    found = shell("look", "done.csv", "--accounts", "accounts.csv", kind="look")
    assert found["accounts"][0]["revenue"] is None
    assert any("is in EUR, and amounts here are in USD" in note for note in found["notes"])
    found = shell("look", "done.csv", "--accounts", "accounts.csv", "--rate", "EUR=2", kind="look")
    assert found["accounts"][0]["revenue"] == 100_000.0
    found = shell("look", "done.csv", "--accounts", "accounts.csv", "--currency", "EUR", kind="look")
    assert (found["accounts"][0]["revenue"], found["currency"]) == (50_000.0, "EUR")


class TestKeep:
    """``--keep``: what would be written is shown, then written as one step that can be taken back."""

    @pytest.fixture
    def words(self, nowhere: Path) -> list[str]:
        (nowhere / "accounts.csv").write_text("account,arr\nGlobex Inc.,90000\n", encoding="utf-8")
        path = str(jira_export(nowhere / "done.csv", 120))
        rules = ["--rule", "label:escalation=O", "--accounts", "accounts.csv"]
        return ["look", path, *rules, "--keep", "--hours-per-week", "32", "--team", "Pay"]

    def test_a_dry_run_says_it_and_makes_no_workspace(self, nowhere: Path, words: list[str], shell: Shell) -> None:
        lines = shell.lines(*words, "--dry-run")
        assert "History for the odds, finished issues: 110 new, 0 updated, 0 unchanged, 0 not taken." in lines
        assert "label:escalation=O" in lines.split("Rules of slices for imports:")[1]
        assert lines.endswith("nothing written (dry run)\n")
        assert not (nowhere / "none.db").exists()

    def test_it_is_one_step_once(self, nowhere: Path, words: list[str], shell: Shell) -> None:
        found = shell(*words, "--as", "Dana", kind="look")
        kept = found["kept"]
        assert (kept["done"], kept["history"], kept["accounts"]) == (True, 110, 6)
        with Workspace.open(nowhere / "none.db", read_only=True) as workspace:
            state, events = workspace.load(), workspace.since(0)
        assert [(event.event.actor, event.event.kind) for event in events][1:] == [("Dana", "import")]
        with (nowhere / "done.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in list(csv.reader(file))[1:] if row[4] == "Done"]
        assert sorted(round(row.actual, 4) for row in state.each(Actual)) == sorted(
            round(int(row[10]) / 3600 / 32, 4) for row in rows
        )
        assert [team.name for team in state.each(Team)] == ["Pay"]
        revenue = {account.name: account.arr for account in state.each(Customer)}
        assert revenue == {
            **{row[12]: None for row in rows if row[12] and row[12] != "Globex"},
            "Globex Inc.": 90_000.0,
        }
        assert ("label", "escalation", "O") in {(rule.field, rule.value, rule.slice) for rule in state.each(SliceRule)}

        again = shell(*words, kind="look")
        assert not again["kept"]["done"]
        shell.lines("undo")
        with Workspace.open(nowhere / "none.db", read_only=True) as workspace:
            state = workspace.load()
        assert not [*state.each(Actual), *state.each(Customer), *state.each(Team)]

    def test_without_keep_its_options_are_refused(self, nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
        jira_export(nowhere / "done.csv", 5)
        assert main(["look", "done.csv", "--dry-run"]) == 2
        assert "add --keep" in capsys.readouterr().err
        assert main(["look", "done.csv", "--keep", "--currency", "EUR"]) == 2
        assert "--currency does not go with --keep" in capsys.readouterr().err
        assert not (nowhere / "none.db").exists()

    def test_without_what_issues_took_there_is_no_history_and_that_is_said(self, nowhere: Path, shell: Shell) -> None:
        (nowhere / "done.csv").write_text("title,customer,finished\nA,Acme,2026-02-05\n", encoding="utf-8")
        found = shell("look", "done.csv", "--keep", kind="look")
        assert (found["kept"]["history"], found["kept"]["accounts"], found["kept"]["done"]) == (0, 1, True)
        assert found["kept"]["lines"][0].startswith("No history for the odds: No column looks like estimate and actual")

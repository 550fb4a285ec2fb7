"""The weekly look: what moved since the week before, what drifts, whose promise is at risk and who should hear it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell
from tests.tui.ines import with_ines

shell = shells.shell


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rates and Fees of Pay in plan, 13 ew of net capacity, and the first quarter of 2027."""
    path = with_ines(tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def test_a_week_beside_the_one_before(db: Path, shell: Shell) -> None:
    assert "nobody has recorded progress in Q1 2027 yet" in shell.refused("week")
    shell.lines("commitments", "add", "Fees", "--to", "Northwind", "--due", "2027-02-20")
    shell.lines("progress", "Rates", "--tenths", "5", "--on", "2027-02-01")
    first = shell("week", kind="week")
    assert (first["since"], first["week"]) == (None, 5)
    shell.lines("progress", "--item", "Rates --spent 2 --done", "--item", "Fees --spent 1 --left 8-11-20",
                "--on", "2027-02-08")  # fmt: skip
    shell.lines("interrupt", "2d Pay: outage >Acme", "--on", "2027-02-09")
    found = shell("week", kind="week")
    assert (found["on"], found["since"], found["week"]) == ("2027-02-08", "2027-02-01", 6)
    assert [(each["title"], each["what"]) for each in found["moved"]] == [("Rates", "done"), ("Fees", "started")]
    assert found["odds"] < found["odds_before"]
    assert found["first_at_risk"] == "Fees"
    assert [each["title"] for each in found["interrupts"]] == ["outage"]
    assert found["drifting"][0].startswith("“Fees” comes to 12.0 ew (1.0 spent, 11.0 left), its size was")
    (promise,) = found["promises_at_risk"]
    assert (promise["title"], promise["due"]) == ("Fees", "2027-02-20")
    assert promise["done_by"] > "2027-02-20"
    assert "Northwind" in promise["who_should_hear"]
    said = shell.lines("week")
    assert "Rates: done, it took 2.0 ew" in said
    assert "and was promised by 2027-02-20; who should hear it: Northwind" in said
    assert "## Promises at risk" in shell.lines("week", "--markdown")
    # Beside what was known before anybody told, where one asks for it.
    assert shell("week", "--since", "2027-01-04", kind="week")["since"] is None


def test_a_promise_is_at_risk_by_the_target_not_by_85(db: Path, shell: Shell) -> None:
    """The day at 85% lies past the promised one, whose own odds are over the target: nobody has to hear of it."""
    shell.lines("commitments", "add", "Fees", "--to", "Northwind", "--due", "2027-04-02")
    shell.lines("progress", "Rates", "--tenths", "5", "--on", "2027-02-08")
    assert shell("date", "Fees", kind="date")["at_85"] > "2027-04-02"
    assert shell("week", kind="week")["promises_at_risk"] == []
    shell.lines("progress", "--item", "Fees --left 3-5-9", "--on", "2027-02-08")
    (promise,) = shell("week", kind="week")["promises_at_risk"]
    assert promise["done_by"] > promise["due"] == "2027-04-02"

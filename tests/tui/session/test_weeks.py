"""The weeks of a quarter that runs, looked back at: each as it was known at its end."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from scenarios.quarter.progress_draft import ProgressDraft, tenths
from scenarios.trade import changes
from store.common.errors import Refused
from store.records import Command, UnplannedWork, new_id
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import small
from tui.cli import main
from tui.session.session import Session
from tui.session.weeks import Weeks

ROWS = [("Audit log", (2.0, 3.0, 6.0), {}), ("Invoices", 4.0, {}), ("Webhooks", (1.0, 2.0, 5.0), {})]


def tell(session: Session, day: date, *done: int) -> float:
    """So many tenths of each item, as of a day; the odds that everybody then sees."""
    draft = ProgressDraft(session.state, day)
    for entry, count in zip(draft.entries, done, strict=False):
        draft = tenths(draft, entry, count)
    session.commit(draft.confirmed().command)
    return session.now.forecast.odds


def test_each_week_is_as_it_was_known_then(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Odds and what was used are those on screen at the time, whatever was told later; what is undone was never so."""
    path = small(tmp_path, ROWS, net=14.0)
    with Workspace.open(path, actor="ada") as workspace:
        session = Session(workspace)
        with pytest.raises(Refused, match="does not run yet"):
            Weeks(session).burn()
        assert Weeks(session).trend == ()
        session.commit(changes.baseline(session.state, session.now.forecast))
        seen = [session.now.forecast.odds]
        # Mondays: what is known as their work begins is the week before.
        seen.append(tell(session, date(2027, 1, 11), 3, 1))
        tell(session, date(2027, 1, 25), 4, 1)
        # What is decided until the next telling belongs to the week.
        dropped = changes.drop(session.state, session.now.plan.entries[2], session.now.forecast)
        session.commit(dropped)
        seen.append(session.now.forecast.odds)
        seen.append(tell(session, date(2027, 2, 10), 9, 6))
        assert len(set(seen)) == len(seen), "each of them is another figure"
        weeks = Weeks(session)
        assert weeks.trend == pytest.approx(tuple(seen))
        found = {week.number: week for week in weeks.burn().weeks}
        ends = {number: week.last for number, week in found.items()}
        told = [number for number, week in found.items() if week.used is not None]
        assert [ends[number] for number in told] == [date(2027, 1, 10), date(2027, 1, 24), date(2027, 2, 14)]
        # 3 and 4 ew likely: three tenths and one; four and one; nine and six.
        assert [found[number].used for number in told] == pytest.approx([1.3, 1.6, 5.1])
        assert found[max(found)].planned == pytest.approx(9.0), "the baseline had all three"
        assert weeks.burn().capacity == pytest.approx(5.1 + session.now.plan.capacity_left)

        row = UnplannedWork(id=new_id(), team_id=1, day=date(2027, 1, 12), effort=0.4, title="outage")
        session.commit(Command("interrupt", "outage", (row,)))
        came = {week.last: week.interrupts for week in Weeks(session).burn().weeks}
        assert [came[day] for day in (date(2027, 1, 10), date(2027, 1, 17), date(2027, 2, 14))] == [0, 0.4, 0.4]
        assert came[date(2027, 2, 21)] is None, "who knows what will come"
        session.undo()
        session.undo()
        assert Weeks(session).trend == pytest.approx(tuple(seen[:3]))
        assert main(["--db", str(path), "burn", "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        burn = Weeks(session).burn()
        assert [week["p50"] for week in answer["weeks"]] == [week.fan and week.fan[1] for week in burn.weeks]
        assert [week["used"] for week in answer["weeks"]] == [week.used for week in burn.weeks]
        # The report on paper has the drawing and the figures, the one in text the figures.
        for name, drawing in (("report.html", "<svg"), ("report.md", "| 6 |")):
            assert main(["--db", str(path), "export", "-o", str(tmp_path / name)]) == 0
            text = (tmp_path / name).read_text(encoding="utf-8")
            part = text[text.index("By weeks") :]
            assert drawing in part
            assert burn.words in part
            assert "1.6" in part, "what was used until the second telling"


def test_before_a_quarter_runs_its_report_has_no_weeks(tmp_path: Path) -> None:
    path = small(tmp_path, ROWS)
    assert main(["--db", str(path), "export", "-o", str(tmp_path / "report.html")]) == 0
    assert "By weeks" not in (tmp_path / "report.html").read_text(encoding="utf-8")

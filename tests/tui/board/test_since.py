"""Who comes back is told what happened since: once, nothing where nothing is new, and nothing in the way of keys."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from scenarios.verdict.digest import digest_of
from store.records import Command, Decision, DecisionKind, Move, MoveKind, Shortfall, new_id
from store.records.negotiation import Commitment, DealEnd
from store.sidecars import visits
from store.sidecars.preferences import Preferences
from store.sidecars.visits import keep_visit, last_visit
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, opened, small, stored
from tui.board import since_flow

ROWS = [("One", 2.0, {}), ("Two", 2.0, {"state": "below"})]
THEN = datetime.fromisoformat("2026-11-20T18:00:00+00:00")


def decided(path: Path, title: str, at: datetime, by: str) -> None:
    with Workspace.open(path, actor=by) as workspace:
        quarter = workspace.load().quarter.id
        put = Decision(id=new_id(), quarter_id=quarter, at=at, kind="accept", title=title, decided_by=by)
        workspace.apply(Command("edit", title, (put,)))


async def test_who_comes_back_is_told_what_others_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "log_path", lambda: tmp_path / "mine" / "makeroom.log")
    path = small(tmp_path, ROWS)
    decided(path, "Before she left", THEN - timedelta(hours=1), "Ben")
    # The first time nobody knows since when.
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: not list(room.app.workers))
        assert room.dialog == ""
    keep_visit(path, "Ana", THEN)
    assert last_visit(path, "Ana") == THEN
    assert last_visit(path, "Ben") is None
    # Nothing is new.
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: not list(room.app.workers))
        assert room.dialog == ""
    decided(path, "Audit log {in} [b]", THEN + timedelta(hours=1), "Ben")
    async with opened(path, (80, 24), actor="Ana", own_process=True) as room:
        await room.until(lambda: room.dialog == "Report")
        assert "Since " in room.text
        assert "Audit log {in} [b] (Ben)" in room.text
        assert "Before she left" not in room.text
        await room.press("escape")
        assert room.dialog == ""
        # Again when it is asked for.
        await room.press("f6")
        assert "Audit log {in} [b] (Ben)" in room.text
        await room.press("escape")
    # Who wants none gets none.
    monkeypatch.setattr(since_flow, "load_preferences", lambda: Preferences(quiet=True))
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: not list(room.app.workers))
        assert room.dialog == ""


def test_what_waits_is_told_and_is_news_only_once(tmp_path: Path) -> None:
    path = small(tmp_path, ROWS)
    today, state = date(2027, 1, 20), stored(path)
    below = item(state, "Two").id
    with Workspace.open(path, actor="ada") as workspace:
        due = Commitment(id=new_id(), item_id=below, kind="promised", who="Acme", due=date(2027, 1, 10))
        short = Shortfall(id=new_id(), quarter_id=state.quarter.id, cause="Ines leaves", odds=0.5, at=THEN)
        end = DealEnd(id=new_id(), item_id=below, outcome="won", ended=date(2027, 1, 9))
        workspace.apply(Command("edit", "set up", (due, short, end)))
    state = stored(path)
    shortfall = next(iter(state.all(Shortfall).values()))
    before = digest_of(state, (), shortfall, datetime(2027, 1, 8).astimezone(), today)
    text = "\n".join(before.lines(today))
    assert before.news
    assert "“Two” promised to Acme by 2027-01-10. Its day is past" in text
    assert "09 Jan  won: Two" in text
    assert "Ines leaves" in text
    after = digest_of(state, (), shortfall, datetime(2027, 1, 19).astimezone(), today)
    assert not after.news
    assert "PROMISES AT RISK" in "\n".join(after.lines(today))
    assert "DEALS" not in "\n".join(after.lines(today))
    (tmp_path / "other").mkdir()
    nothing = digest_of(stored(small(tmp_path / "other", ROWS)), (), None, THEN, today)
    assert nothing.lines(today) == ["Nothing was decided since, and nothing waits for anybody."]


def test_what_became_of_an_item_is_said_beside_its_title(tmp_path: Path) -> None:
    path = small(tmp_path, ROWS)
    state = stored(path)
    one, two = item(state, "One").id, item(state, "Two").id
    rows: tuple[tuple[DecisionKind, int, MoveKind | None, str], ...] = (
        ("drop", one, "out", "One: out of plan (Ben)"),
        ("trade", two, "in", "Two: in (Ben)"),
        ("decline", two, None, "Two: declined (Ben)"),
        ("estimate", one, "resized", "One (Ben)"),
    )
    with Workspace.open(path, actor="Ben") as workspace:
        for kind, item_id, moved, _ in rows:
            title = "One" if item_id == one else "Two"
            decision = Decision(
                id=new_id(),
                quarter_id=state.quarter.id,
                at=THEN,
                kind=kind,
                title=title,
                item_id=item_id,
                decided_by="Ben",
            )
            move = Move(id=new_id(), decision_id=decision.id, item_id=item_id, kind=moved or "in", title=title)
            workspace.apply(Command("edit", title, (decision, move) if moved else (decision,)))
    told = digest_of(stored(path), (), None, THEN - timedelta(hours=1), date(2026, 11, 21)).lines(date(2026, 11, 21))
    assert [line.split(None, 4)[4] for line in told[1:]] == [words for *_, words in rows]


def test_a_file_of_visits_that_is_none_is_as_if_there_was_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "log_path", lambda: tmp_path / "makeroom.log")
    for text in ("[]", "{", '{"a": 3}', "\x00", '{"/x Ana": "yesterday"}'):
        (tmp_path / "visits.json").write_text(text)
        assert last_visit(Path("/x"), "Ana") is None
    for at in range(102):
        keep_visit(Path(f"/x{at}"), "Ana", THEN)
    assert last_visit(Path("/x101"), "Ana") == THEN
    assert last_visit(Path("/x0"), "Ana") is None

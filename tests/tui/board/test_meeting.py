"""A whole meeting in a real terminal, from an empty home to the day after."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from scenarios.trade.door import forecast_of
from store.records import Decision, Item, Move, Snapshot, State
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import latest, standing, stored, things, titles
from tests.tui.terminal import ROOT, RUN, Terminal, environment, needs_a_pty

pytestmark = needs_a_pty

#: title, points; four points are an engineer-week
BACKLOG = [
    ("Single sign-on", 12),
    ("Audit trail", 10),
    ("Faster search", 8),
    ("Invoice approval", 12),
    ("Saved views", 6),
    ("Webhooks", 8),
    ("Dark mode", 4),
    ("Bulk export", 10),
    ("Price lists", 12),
    ("Usage report", 6),
    ("Mobile capture", 16),
    ("Not sized yet", None),
]
REQUEST = "Acme audit log"


def odds_on(terminal: Terminal) -> str:
    """The odds in the header."""
    found = re.search(r"(\d+%)(?: \(target|/70)", terminal.lines[0])
    assert found, terminal.lines[0]
    return found[1]


def percent(odds: float) -> str:
    return f"{int(100 * odds + 0.5 + 1e-9)}%"


def run(arguments: list[str], environ: dict[str, str]) -> str:
    """A command that needs no terminal."""
    done = subprocess.run([*RUN, *arguments], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def decisions(state: State) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Kind, who, why, and what moved."""
    return [
        (
            one.kind,
            one.decided_by,
            one.because,
            [(move.kind, move.title) for move in state.each(Move) if move.decision_id == one.id],
        )
        for one in state.each(Decision)
    ]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=str)
def test_the_whole_meeting(tmp_path: Path, size: tuple[int, int]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environ = environment(home)
    file = tmp_path / "backlog.csv"
    rows = [f"{title},{'' if points is None else points}" for title, points in BACKLOG]
    file.write_text("\n".join(["title,points", *rows, ""]), encoding="utf-8")

    # The afternoon before.
    said = run(["import", str(file), "--points-per-week", "4", "--team", "Pay=26.0"], environ)
    assert "written to" in said
    path = Path(re.search(r"database: (.*)", run(["where"], environ))[1])  # type: ignore[index]
    assert path.is_relative_to(home), "nothing outside of the home that was given"
    assert titles(stored(path), "below") == [title for title, _ in BACKLOG]

    with Terminal([], *size, environ) as terminal:
        # The board, at once: a backlog is there, so nothing asks for first steps.
        terminal.until("Single sign-on", "add a request")
        assert titles(stored(path), "plan") == []
        terminal.press("L")
        terminal.until("Fill the plan in rank order")
        terminal.press("f")
        terminal.until("Filled in rank order", gone=["a key or enter chooses"])
        filled = stored(path)
        planned = titles(filled, "plan")
        assert planned == [title for title, _ in BACKLOG][: len(planned)]
        assert 4 <= len(planned) < len(BACKLOG) - 1
        assert forecast_of(filled).odds >= 0.70
        before = percent(forecast_of(filled).odds)
        assert odds_on(terminal) == before

        # "Can we also have the audit log?"
        terminal.press("a")
        terminal.until("A request")
        terminal.write(f"{REQUEST} ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east")
        terminal.until("something has to give")
        terminal.press("enter")
        terminal.until(REQUEST, "swaps, by", "Confirm")
        assert titles(stored(path), "inbox") == [REQUEST]
        terminal.press("tab")
        terminal.until("SHORT", "still short")
        terminal.press("enter")
        terminal.until("still short")
        assert decisions(stored(path)) == decisions(filled), "a plan that does not fit was confirmed"

        # "So what falls out?"
        terminal.press("space", "down", "space")
        terminal.until("2 out: frees", "Confirm")
        terminal.press("enter")
        terminal.until("decided by", "because")
        terminal.write("Eva Lind")
        terminal.press("enter")
        terminal.write("wedge into a segment")
        terminal.press("enter")
        terminal.until("the line", f"“{REQUEST}” in", gone=["decided by"])

        state = stored(path)
        odds = percent(forecast_of(state).odds)
        assert forecast_of(state).odds >= 0.70
        assert odds_on(terminal) == odds
        decision, moves = latest(state)
        assert (decision.kind, decision.decided_by, decision.because) == ("trade", "Eva Lind", "wedge into a segment")
        assert moves["in"] == [REQUEST]
        assert len(moves["out"]) == 2
        assert REQUEST in titles(state, "plan")
        assert not set(moves["out"]) & set(titles(state, "plan"))
        assert titles(state, "inbox") == []
        assert standing(state) == ([], [])

        # "Wait, no." - "Yes, do."
        terminal.press("u")
        terminal.until("Undone")
        taken_back = stored(path)
        assert titles(taken_back, "plan") == planned
        assert titles(taken_back, "inbox") == [REQUEST]
        assert len(taken_back.all(Decision)) == len(state.all(Decision)) - 1
        assert odds_on(terminal) == before
        terminal.press("U")
        terminal.until("Redone")
        assert things(stored(path)) == things(state)
        assert odds_on(terminal) == odds

        terminal.press("q")
        assert terminal.ended() == 0
        left = bytes(terminal.written)
        assert b"Traceback" not in left
        # The terminal is given back as it was: the other screen gone, the cursor there, no mouse reports.
        for code in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert left.rfind(code) > left.rfind(code.replace(b"l", b"h") if code[-1:] == b"l" else b"\x1b[?25l"), code

    # The day after. The plan as the meeting left it is kept, too.
    again = stored(path)
    assert things(again) | {"snapshots": {}} == things(state) | {"snapshots": {}}
    assert [each.kind for each in again.each(Snapshot)] == ["meeting start", "meeting end"]
    with Terminal([], *size, environ) as terminal:
        terminal.until("Single sign-on", "add a request")
        assert odds_on(terminal) == odds
        terminal.press("h")
        terminal.until("DECISIONS")
        terminal.until("Eva Lind")
        terminal.until("decided by Eva Lind, because wedge into a segment")
        assert re.search(rf"IN +3\.0 ew +{REQUEST}", terminal.text)
        for title in moves["out"]:
            assert title in terminal.text
        terminal.press("esc")
        terminal.until("the line")
        terminal.press("q")
        assert terminal.ended() == 0
    last = stored(path)
    assert things(last) == things(again), "looking changes nothing"
    assert decisions(last) == decisions(state)
    assert percent(forecast_of(last).odds) == odds
    with Workspace.open(path, read_only=True) as workspace:
        assert [event.kind for event in workspace.events()][-3:] == ["undo", "redo", "snapshot"]
    assert len(last.all(Item)) == len(BACKLOG) + 1


def test_the_terminal_is_given_back_after_ctrl_q(tmp_path: Path) -> None:
    with Terminal(["demo"], 80, 24, environment(tmp_path)) as terminal:
        terminal.until("Carrier onboarding", "add a request")
        terminal.press("a")
        terminal.until("A request")
        terminal.write("half typed")
        terminal.press("\x11")
        assert terminal.ended() == 0
        assert b"\x1b[?1049l" in terminal.written

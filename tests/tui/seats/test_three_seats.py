"""Three terminals on one file: two trade against each other, the third is the projector."""

from __future__ import annotations

from pathlib import Path

from scenarios.trade.door import forecast_of
from store.records import Decision
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, latest, standing, stored, titles
from tests.tui.seats.test_live import room_of_ten
from tests.tui.terminal import Terminal, environment, needs_a_pty

pytestmark = needs_a_pty

SIZE = (120, 40)


def cursor_to(terminal: Terminal, title: str) -> None:
    """Move the candidates' cursor to an item, by keys."""
    for _ in range(12):
        if any(line.startswith("▌[") and title in line for line in terminal.lines):
            return
        terminal.press("down")
    raise AssertionError(f"no {title} to mark:\n{terminal.text}")


def mark(terminal: Terminal, *wanted: str) -> None:
    for title in wanted:
        terminal.press("home")
        cursor_to(terminal, title)
        terminal.press("space")


def marked(terminal: Terminal) -> list[str]:
    return sorted(line.split("F", 1)[1].split()[1] for line in terminal.lines if "[x]" in line[:6])


def test_two_trades_that_conflict_and_a_projector(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path, net=24.9)
    environ = environment(tmp_path)
    arguments = ["--db", str(path)]
    with (
        Terminal([*arguments, "--as", "Ana"], *SIZE, environ) as ana,
        Terminal([*arguments, "--as", "Ben"], *SIZE, environ) as ben,
        Terminal(["follow", "Ana", *arguments, "--as", "Wall"], *SIZE, environ) as wall,
    ):
        ana.until("3 seats")
        ben.until("3 seats")
        wall.until("follows Ana, 3 seats")

        # Ben asks for something of his own, and marks two items for it.
        ben.press("a")
        ben.until("A request")
        ben.write("Bulk export ~2-3-5.5")
        ben.until("something has to give")
        ben.press("enter")
        # The first swap is on the table: the swaps have the keys.
        ben.until("Bulk export", "swaps, by", "Confirm")
        ben.press("tab")
        mark(ben, "Work 9", "Work 7")
        ben.until("2 out")

        # Ana says yes to the request that waits, and gives up one of the same items. The wall shows it.
        ana.until("Bulk export")
        ana.press("i")
        ana.until("enter say yes")
        while "Audit log" not in "".join(ana.lines[-16:]):
            ana.press("i")
        ana.press("enter")
        ana.until("Audit log", "swaps, by", "Confirm")
        ana.press("tab")
        mark(ana, "Work 9", "Work 8")
        ana.until("2 out")
        wall.until("Audit log", "2 out", "SHORT" if "SHORT" in "".join(ana.lines[2:5]) else "FITS")

        # Ben goes first as far as the names; then Ana records hers.
        ben.press("enter")
        if "still short" in ben.text.casefold():
            mark(ben, "Work 6")
            ben.press("enter")
        ben.until("decided by")
        ben.write("Eva")
        ben.press("enter")
        ben.write("wedge")
        if "Confirm" not in ana.text:
            mark(ana, "Work 5")
        ana.press("enter")
        ana.until("decided by")
        ana.press("enter", "enter")
        ana.until("Audit log", gone=["decided by"])
        assert item(stored(path), "Audit log").state == "plan"
        wall.until("Ana:", "Audit log", gone=["give up"])

        # Ben's is refused, with who and what; nothing of it is lost.
        ben.until("changed meanwhile", "Ana", "Audit log")
        # The sentence has a line of its own, and may be there a frame before the rows.
        ben.rest()
        mine = marked(ben)
        assert "9" not in mine, "what Ana gave up is not his to give"
        assert "7" in mine
        ben.press("enter")
        ben.until("give up", "still short", gone=["decided by"])
        assert marked(ben) == mine
        assert item(stored(path), "Bulk export").state == "inbox", "nothing was recorded"
        # After a look it goes through, with the words that he typed.
        for title in ("Work 0", "Work 1", "Work 2", "Work 3", "Work 4"):
            if "Confirm" in ben.text:
                break
            mark(ben, title)
        ben.press("enter")
        ben.until("decided by", "Eva")
        ben.until("wedge")
        ben.press("enter", "enter")
        ben.until("Bulk export", gone=["decided by"])
        state = stored(path)
        assert {"Audit log", "Bulk export"} <= set(titles(state, "plan"))
        assert forecast_of(state).fits
        assert standing(state) == ([], []), "no silent shortfall, and no signature either"
        decision, moves = latest(state)
        assert (decision.decided_by, decision.because) == ("Eva", "wedge")
        assert "Work 7" in moves["out"]
        assert "Work 9" not in moves["out"]
        ana.until("Ben:", "Bulk export")
        wall.until("Ben:")

        # One goes, and the others know.
        ben.press("q")
        assert ben.ended() == 0
        ana.until("2 seats")
        wall.press("b")
        wall.until("read only")
        for terminal in (ana, wall):
            terminal.press("q")
            assert terminal.ended() == 0
    with Workspace.open(path, read_only=True) as workspace:
        assert {event.actor for event in workspace.events(3)} == {"Ana", "Ben"}
    assert len(stored(path).all(Decision)) == 2


def test_a_seat_that_is_killed_is_gone_for_the_others(tmp_path: Path) -> None:
    import signal

    path = room_of_ten(tmp_path)
    environ = environment(tmp_path)
    with (
        Terminal(["--db", str(path), "--as", "Ana"], *SIZE, environ) as ana,
        Terminal(["--db", str(path), "--as", "Ben"], *SIZE, environ) as ben,
    ):
        ana.until("2 seats")
        ben.send(signal.SIGKILL)
        ana.until("THE PLAN", gone=["2 seats"])
        ana.press("q")
        assert ana.ended() == 0

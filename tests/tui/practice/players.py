"""Scripted players: a case played to its end in a real terminal, by the keys that a person would press.

One bends: says yes at once, with the first swap and every signature, and asks afterwards. The other holds: asks what is
known, hears all that comes, and declines by a principle.
"""

from __future__ import annotations

import re
import time

from tests.tui.processes import PATIENCE
from tests.tui.terminal import Terminal

#: What is on the screen while somebody says something, and what is said where nothing can come.
HEARD, WAITS, END = "enter heard", "waits for a decision", "at its end"


class Player:
    """Hands at the board of a play."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.heard: list[str] = []
        terminal.until("why, help", seconds=PATIENCE)
        terminal.rest()

    def see(self, *words: str) -> str:
        """Wait until one of these is on the screen; which."""
        until = time.monotonic() + PATIENCE
        while not (found := next((each for each in words if each in self.terminal.text), "")):
            assert time.monotonic() < until, f"none of {words} on screen:\n{self.terminal.text}"
            self.terminal.rest()
        return found

    def press(self, *keys: str) -> None:
        """Press keys; what somebody says meanwhile is heard first, as it takes the keys."""
        for key in keys:
            self.hear()
            self.terminal.press(key)

    def hear(self) -> None:
        """What is being said is read and left."""
        while HEARD in self.terminal.text:
            self.heard.append(self.terminal.text)
            self.terminal.press("enter")

    def next(self) -> bool:
        """Let the next event come, and hear it; whether one came."""
        self.press(">")
        came = self.see(HEARD, WAITS, END) == HEARD
        self.hear()
        return came

    def all_that_comes(self) -> None:
        """Every event that can come now."""
        while self.next():
            pass

    def ask(self) -> None:
        """Ask what is known of the first request that waits."""
        self.press("i", "R", "r", "p", "a")
        self.see(HEARD)
        self.hear()

    def tell(self, whom: str, answer: str) -> None:
        """Tell somebody an answer about the request that waits."""
        self.press("i", "R", "r", "p", "t")
        self.see("What somebody was told")
        self.terminal.write(whom)
        self.terminal.press("tab", "tab")
        self.terminal.write(answer)
        self.terminal.press("ctrl+s")
        self.terminal.until("odds", gone=("What somebody was told",))

    def bend(self) -> None:
        """Say yes to the first request that waits: the first swap, and every signature that it takes."""
        self.press("i", "enter")
        self.see("swaps, by")
        self.press("1", "enter")
        self.see("decided by")
        for value in ("Ana", "They renew."):
            self.terminal.write(value)
            self.terminal.press("enter")
        for _ in range(20):
            if "record" not in self.terminal.lines[-1]:
                return
            self.terminal.press("enter")
        raise AssertionError(f"it is not recorded:\n{self.terminal.text}")

    def hold(self) -> None:
        """Decline every request that waits, by the charter's first principle."""
        while "INCOMING REQUEST" in self.terminal.text:
            self.press("i", "enter")
            self.see("swaps, by", "items, by", "FITS", "SHORT")
            self.press("o")
            self.see("Ways out for")
            self.press("d")
            self.see("principle")
            self.terminal.write("1")
            self.terminal.press("ctrl+s")
            self.see("The asker is told why")
            self.terminal.write("Ana")
            self.terminal.press("enter")
            self.terminal.write("For one alone.")
            self.terminal.press("ctrl+s")
            self.see("THE PLAN")
            self.hear()

    def debrief(self) -> list[str]:
        """Open the debrief; its lines on the screen."""
        self.press("R", "r", "p", "d")
        self.see("DEBRIEF")
        return self.terminal.lines

    def moments(self, most: int) -> list[tuple[str, str]]:
        """Go to the moments of the debrief's lines, so many at most: what each line quotes, and where time travel
        stands then."""
        found: list[tuple[str, str]] = []
        for _ in range(200):
            if len(found) >= most or "The last questions" in self.row():
                break
            self.terminal.press("down")
            row = self.row()
            if not re.match(r" *\d\d:\d\d ", row):
                continue
            self.terminal.press("enter")
            self.see("esc now")
            found.append((row, self.row()))
            self.terminal.press("esc")
            self.see("DEBRIEF")
        return found

    def row(self) -> str:
        """The row on which the cursor stands."""
        return next((line[1:].strip() for line in self.terminal.lines if line.startswith("▌")), "")

    def end(self) -> None:
        """Back to the board, end the play and keep it; then quit."""
        self.press("esc", "R", "r", "p", "e", "k")
        self.see("The play has ended")
        self.press("q")
        self.terminal.ended()

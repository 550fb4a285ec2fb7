"""The first steps as a list that stays until the baseline: what is done, what is missing, and its key."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App
from textual.strip import Strip

from scenarios.plan.plan import Entry
from store.common.values import Value
from tui.drawing.canvas import Canvas, Line
from tui.plan_view.keys import BOARD
from tui.session.figures import Figures


class FirstStep(Value):
    """One of them: what it is, what is missing (empty: nothing), the key of the board for it, a choice's letter, and a
    few words about it: in a menu of 80 columns each has one line."""

    name: str
    missing: str
    row: str
    letter: str
    about: str


def first_steps_of(figures: Figures) -> Sequence[FirstStep]:
    """All of them, in the order in which most people take them; each can be taken in any order."""
    plan = figures.plan
    below = figures.below
    unsized = sum(not entry.sized for entry in plan.entries) + len(below.items) - len(below.sizes)
    capacity = sum(plan.net.values())
    nothing = "" if plan.entries or below else "none yet"
    # As they came they are ranked by nobody.
    ids = [item.id for item in below.items]
    ranked = ids != sorted(ids)
    gap = figures.mix.gap if plan.entries else 0
    return (
        FirstStep(
            "quarter",
            "",
            "start",
            "q",
            f"{plan.quarter.name}: {plan.quarter.starts:%d %b %Y} to {plan.quarter.ends:%d %b %Y}",
        ),
        FirstStep(
            "teams",
            "" if capacity else "no capacity yet" if plan.teams else "none yet",
            "capacity",
            "t",
            "their names and weeks",
        ),
        FirstStep("items", nothing, "import", "i", "from a file, or added one by one"),
        FirstStep(
            "sizes",
            nothing or (f"{unsized} left" if unsized else ""),
            "size",
            "s",
            "without one, none is filled",
        ),
        FirstStep(
            "rank",
            "" if plan.entries or ranked else "best first",
            "order",
            "r",
            "by value, priority, size, due",
        ),
        FirstStep(
            "fill",
            "" if plan.entries else "the plan",
            "fill",
            "l",
            "in rank order, to the target",
        ),
        FirstStep(
            "mix",
            f"{gap:.0f} points off" if gap >= 1 else "" if plan.entries else "after the fill",
            "capacity",
            "m",
            "shares against your aims",
        ),
        FirstStep("baseline", "agree the plan", "baseline", "b", "later items are unplanned"),
    )


def first_unsized(figures: Figures) -> Entry | None:
    """The item of the highest rank that has no size yet."""
    return next((entry for entry in (*figures.plan.entries, *figures.below) if not entry.sized), None)


class Checklist(Canvas):
    """One row on the board, in a quarter that is a draft."""

    DEFAULT_CSS = "Checklist { height: 1; width: 1fr; display: none; } Checklist.-draft { display: block; }"

    _steps: Sequence[FirstStep] = ()

    def show(self, figures: Figures) -> None:
        """How far it is; away once the plan is agreed."""
        steps = first_steps_of(figures) if figures.plan.quarter.state == "draft" else ()
        self.set_class(not any(step.missing for step in steps if step.letter not in "mb"), "-far")
        if steps != self._steps:
            self._steps = steps
            self.set_class(bool(steps), "-draft")
            self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """What is done, then what is missing with its key; from the end, what there is no room for leaves."""
        pen, muted = self.palette, self.palette.style("muted")
        strong = pen.style(bold=True)
        line = Line().add(" ", muted).add(_key(self.app, "start"), strong).add(" first steps ", muted)
        done = [step.name for step in self._steps if not step.missing]
        missing = [(self._keys(step), f" {step.name}: {step.missing}") for step in self._steps if step.missing]
        ticks = f" ✓ {', '.join(done)}" if done else ""
        if missing and line.width + len(ticks) + 3 + sum(map(len, missing[0])) > width:
            # What comes next matters more than what is behind.
            ticks = f" ✓ {len(done)} of {len(self._steps)}" if done else ""
        line.add(ticks, muted)
        for key, words in missing:
            if line.width + 3 + len(key) + len(words) > width:
                break
            line.add("   ", muted).add(key, strong).add(words, muted)
        return [line.strip(width, muted)]

    def _keys(self, step: FirstStep) -> str:
        # The size key is about the row on the cursor: from the list of steps it is about one that has none.
        return f"{_key(self.app, 'start')} {step.letter}" if step.row == "size" else _key(self.app, step.row)


def _key(app: App[object], short: str) -> str:
    return BOARD[short].hint().keys(app)

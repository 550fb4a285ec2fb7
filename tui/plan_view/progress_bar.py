"""An item's bar while the quarter runs: what was spent solid, what is left dim."""

from __future__ import annotations

from scenarios.plan.plan import Entry
from tui.drawing.canvas import Line
from tui.drawing.colours import ColourMode, Palette

#: Before the title of an item that was begun, and of one that is done.
STARTED, DONE = "▸", "✔"


def mark_of(entry: Entry) -> str:
    """The mark of an item before its title, with a blank; empty where nobody began with it."""
    return f"{DONE} " if entry.done else f"{STARTED} " if entry.started else ""


def draw_progress(line: Line, pen: Palette, entry: Entry, back: str, width: int, scale: float) -> None:
    """The bar in ``width`` cells, of which each is ``scale / width`` ew: spent, then likely left."""
    spent = min(width, round(width * entry.spent / scale))
    if entry.spent > 0:
        spent = max(1, spent)
    whole = min(width, max(spent, round(width * (entry.spent + entry.left) / scale)))
    if entry.left > 0 and whole == spent:
        # Where there is anything left, it shows.
        whole, spent = (whole + 1, spent) if whole < width else (whole, spent - 1)
    poor = pen.mode in (ColourMode.NONE, ColourMode.ANSI16)
    solid, faint = ("█", "░") if poor else ("▆", "▆")
    strong = pen.style(entry.item.slice, back)
    line.add(solid * spent, strong)
    line.add(faint * (whole - spent), strong if poor else pen.style(entry.item.slice, back, dimmed=True))
    line.add("", pen.style("text", back), width - whole)

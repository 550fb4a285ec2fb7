"""The foot of the capacity screen: what the figures on the cursor are made of, and what the draft would do."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from textual.strip import Strip

from tui.capacity.grid import KEY
from tui.drawing.canvas import Canvas, Line

#: How many lines a sentence may take; one that has the foot to itself, more.
_LINES, _WHOLE = 2, 6


@dataclass(frozen=True)
class FootWords:
    """What the foot says: of the team, of the person and week on the cursor, of the draft, and of the odds then."""

    team: str = ""
    week: str = ""
    draft: str = ""
    odds: str = ""
    #: whether the draft leaves the plan below its target
    short: bool = False
    #: whether the draft line is what could not be done
    warns: bool = False
    #: whether the marks of weeks are told, where nothing is said of a draft
    marks: bool = True


class CapacityFoot(Canvas):
    """What figures are made of takes two lines where it is long; the draft and the odds stand at the foot."""

    DEFAULT_CSS = "CapacityFoot { height: 6; width: 1fr; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._words = FootWords()
        self._most = 1

    def show(self, words: FootWords) -> None:
        """Say these, the draft on one line."""
        self._words, self._most, self.styles.height = words, 1, None
        self.redraw()

    def show_whole(self, words: FootWords) -> None:
        """Say these; a long draft line makes the foot so much higher, so that all of it can be read."""
        room = max(1, self.size.width - 2)
        lines = len(_wrapped(words.draft, room, _WHOLE))
        above = len(_wrapped(words.team, room)) + len(_wrapped(words.week, room))
        self.styles.height = above + lines + 1 if lines > 1 and self.size.width else None
        self._words, self._most = words, _WHOLE
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A line each; the odds at the foot, as on the trade sheet."""
        pen, words = self.palette, self._words
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        odds = pen.style("worse" if words.short else "text", "raised", bold=True)
        draft = pen.style("worse", "raised", bold=True) if words.warns else ground if words.draft else muted
        room = max(1, width - 2)
        lines = [(line, bold) for line in _wrapped(words.team, room)]
        lines += [(line, ground) for line in _wrapped(words.week, room)]
        said = [(line, draft) for line in self._draft(room, max(1, height - 1 - len(lines)))]
        lines += [("", ground)] * (height - 1 - len(lines) - len(said))
        lines = [*lines[: height - 2], *(said or [(KEY if words.marks else "", draft)]), (words.odds, odds)]
        return [
            Line().add(" ", ground).add(text[:600], style, room).strip(width, ground) for text, style in lines[-height:]
        ]

    def _draft(self, room: int, height: int) -> list[str]:
        """What is said of the draft: on one line, but where all of it has to be read."""
        words = self._words.draft
        return [words] * bool(words) if self._most == 1 else _wrapped(words, room, min(self._most, height))


def _wrapped(text: str, width: int, most: int = _LINES) -> list[str]:
    """So many lines at most; no line for no words."""
    lines = wrap(text[:1_000], width, break_on_hyphens=False)
    return lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]

"""The rows of a first look, its quarters as stacked bars: a slice a part, with its letter where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from scenarios.figures.amounts import percent, share_percent
from scenarios.look.first_look import FirstLook, Period
from scenarios.look.words import NO_RULE, bare_amount, stacked
from scenarios.plan.mix import ONE_OFF
from tui.drawing import bars, colours
from tui.drawing.bars import Part
from tui.drawing.canvas import Line
from tui.drawing.colours import ColourMode, Palette
from tui.look.look_rows import LEGEND, quarters_in
from tui.widgets.section_table import SectionRow, SectionTable

#: Cells of a quarter's name, its amount, its share of one-offs with the band, and what was not planned.
_NAME, _AMOUNT, _BAND, _UNPLANNED = 9, 12, 20, 12
_WIDE = 90
#: Cells of a part in which its letter is read.
_ROOM = 3
#: What no rule says, where there is no colour.
_NO_RULE = "·"


class BarTable(SectionTable):
    """A :class:`SectionTable` whose rows of quarters are bars, the largest quarter's as long as there is room."""

    look: FirstLook | None = None

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        one = self._rows[row]
        if self.look is not None and one.kind == LEGEND:
            return _legend_row(self.look, width, colours.of(self.app))
        if self.look is None or one.kind not in ("quarter", "total"):
            return super().draw_line(row, line, width, on_cursor)
        return _quarter_row(self.look, one, width, on_cursor, colours.of(self.app))


def _room(width: int) -> int:
    """Cells of the longest bar."""
    return max(4, width - 3 - _NAME - _AMOUNT - _BAND - 6 - ((_UNPLANNED + 2) if width >= _WIDE else 0))


def _legend_row(look: FirstLook, width: int, pen: Palette) -> Strip:
    """The slices by their letters, with their names where there is room, and what the columns are."""
    ground = pen.style("text")
    quiet = pen.style("muted")
    names = {**dict(look.slices), "": NO_RULE}
    room = 3 + _NAME + 2 + _room(width)
    if sum(len(names[letter]) + 5 for letter in look.letters) > room:
        # Shares of all say more than the beginnings of names.
        names = {letter: percent(look.total.share(letter)) for letter in look.letters}
    text = Line().add(" ", ground)
    for letter in look.letters:
        chip = pen.chip(letter) if letter else pen.style("text", "line")
        text.add(f" {letter or _NO_RULE} ", chip).add(f" {names[letter]}  ", quiet)
    text.add("", ground, room - text.width)
    text.add("  ", ground).add(look.unit, quiet, _AMOUNT, "right").add("  ", ground).add("one-offs", quiet, _BAND)
    if width >= _WIDE:
        text.add("  ", ground).add("not planned", quiet, _UNPLANNED, "right")
    return text.strip(width, ground)


def _quarter_row(look: FirstLook, row: SectionRow, width: int, on_cursor: bool, pen: Palette) -> Strip:
    quarters = quarters_in(look)
    period = quarters[row.id]
    back = "cursor" if on_cursor else "panel"
    ground = pen.style("text", back)
    wide = width >= _WIDE
    room = _room(width)
    text = Line().add("▌" if on_cursor else " ", ground).add("  ", ground)
    text.add(period.name, pen.style("text", back, bold=on_cursor or row.kind == "total"), _NAME).add("  ", ground)
    segments = [*text.segments, *_bar(look, quarters[:-1], period, room, pen)]
    tail = (
        Line().add("  ", ground).add(bare_amount(period.amount, look.unit), ground, _AMOUNT, "right").add("  ", ground)
    )
    share = period.share(ONE_OFF)
    over = bool(period.band) and period.band != "within budget"
    words = f"{share_percent(share)} {period.band}" if period.band else "not known" if period.amount else "nothing"
    tail.add(words, pen.style("worse" if over else "text" if period.band else "muted", back), _BAND)
    if wide:
        found = period.unplanned.share
        tail.add("  ", ground).add("" if found is None else share_percent(found), ground, _UNPLANNED, "right")
    return Strip([*segments, *tail.segments]).adjust_cell_length(width, ground)


def _bar(look: FirstLook, quarters: Sequence[Period], period: Period, width: int, pen: Palette) -> list[Segment]:
    """A quarter's bar; that of all quarters is as long as there is room."""
    most = period.amount if period.number is None else max((each.amount for each in quarters), default=0.0)
    if pen.mode is ColourMode.NONE:
        return _bare_bar(look, period, width, width / most if most else 0.0, pen)
    parts: list[Part] = []
    reached = 0.0
    for letter in look.letters if most else ():
        part = period.parts.get(letter)
        if part is not None and part.amount:
            reached += part.amount / most
            parts.append(Part(min(1.0, reached), letter or "line", "" if letter else _NO_RULE))
    return _lettered(bars.bar(width, parts, [], pen), parts, width, pen)


def _bare_bar(look: FirstLook, period: Period, width: int, scale: float, pen: Palette) -> list[Segment]:
    """Without colour: a letter a cell, those of every other slice inverse."""
    found = []
    for at, (letter, cells) in enumerate(stacked(period, look.letters, scale)):
        found.append(Segment((letter or _NO_RULE) * cells, pen.style(reverse=bool(at % 2) and bool(letter))))
    return [*found, Segment(" " * (width - sum(len(each.text) for each in found)), pen.style())]


def _lettered(segments: list[Segment], parts: Sequence[Part], width: int, pen: Palette) -> list[Segment]:
    """The bar with a letter in the middle of each part that has room for it."""
    start = 0.0
    for part in parts:
        first, last = start * width, part.end * width
        start = part.end
        if part.role != "line" and last - first >= _ROOM:
            at = min(len(segments) - 1, int((first + last) / 2))
            segments[at] = Segment(part.role, pen.chip(part.role))
    return segments

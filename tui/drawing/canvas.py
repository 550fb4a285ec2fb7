"""A widget that keeps the strips it drew and writes again only what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, messages
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme

from tui.drawing import colours
from tui.drawing.marked_text import MarkedText
from tui.drawing.plain import clip, fit, plain

# Two changes nearer than this are written as one: moving the terminal's cursor costs about as many bytes.
_JOIN = 6


def cells_of(strip: Strip) -> list[tuple[str, Style | None]]:
    """Every cell of a strip as (character, style); the second cell of a wide character is ("", style)."""
    cells: list[tuple[str, Style | None]] = []
    for text, style, control in strip:
        if control:
            continue
        if text.isascii():
            cells.extend((char, style) for char in text)
            continue
        for char in text:
            width = cell_len(char)
            if width == 0 and cells:
                cells[-1] = (cells[-1][0] + char, cells[-1][1])
            elif width:
                cells.append((char, style))
                cells.extend([("", style)] * (width - 1))
    return cells


def changed_spans(old: Strip, new: Strip) -> Iterator[tuple[int, int]]:
    """The spans (start, end) of cells in which two strips of the same width differ."""
    if old is new or old == new:
        return
    before, after = cells_of(old), cells_of(new)
    length = max(len(before), len(after))
    if len(before) != len(after):
        yield 0, length
        return
    start = end = -1
    for x in range(length):
        if before[x] == after[x]:
            continue
        if start >= 0 and x - end > _JOIN:
            yield start, end
            start = x
        elif start < 0:
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


class Line:
    """One row under construction: text with styles, in cells."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.width = 0

    def add(self, text: str, style: Style, width: int | None = None, align: str = "left") -> Line:
        """Append text made fit for `width` cells (its own width if None); returns itself."""
        width = cell_len(plain(text)) if width is None else width
        if width > 0:
            self.segments.append(Segment(fit(text, width, align), style))
            self.width += width
        return self

    def text(self, text: str, style: Style, width: int, ground: Style) -> Line:
        """Append text in its style, cut to `width` cells, and pad it on the ground: a strike ends with its words."""
        # Enough for any row: measuring ten thousand characters for each would be felt.
        shown = clip(text[: 4 * width + 8], width)
        start = self.width
        self.segments.append(Segment(shown, style))
        self.width += cell_len(shown)
        return self.add("", ground, width - (self.width - start))

    def strip(self, width: int, style: Style) -> Strip:
        """The finished row, cut or padded to exactly `width` cells."""
        return Strip(self.segments, self.width).adjust_cell_length(width, style).simplify()


class Canvas(MarkedText):
    """Base of the drawn widgets: subclasses say what to draw in `draw`, and call `redraw` when it changed."""

    DEFAULT_CSS = "Canvas { height: auto; width: 1fr; }"

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None, disabled: bool = False
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._strips: list[Strip] = []
        self._drawn_for: tuple[int, int] = (-1, -1)

    @property
    def palette(self) -> colours.Palette:
        """The App's palette, on the ground that this widget stands on."""
        base = colours.of(self.app)
        ground = self.background_colors[1]
        if ground.ansi is not None or ground.a < 1:
            return base
        return base.on(ground.hex6)

    def draw(self, width: int, height: int) -> list[Strip]:
        """The strips for a content area of this size; rows that are left out stay blank."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, and refresh only the spans that differ from what is on screen."""
        if not self.is_mounted:
            return
        width, height = self.content_size
        if width <= 0 or height <= 0:
            # Away for now: what was drawn, and Textual's copy of it, are out of date when it is shown again.
            self._drawn_for = (-1, -1)
            self.refresh()
            return
        old, known = self._strips, self._drawn_for == (width, height)
        self._strips = self.finished(width, height)
        self._drawn_for = (width, height)
        if not known:
            self.refresh()
            return
        regions = [
            Region(start, y, end - start, 1)
            for y, (before, after) in enumerate(zip(old, self._strips, strict=True))
            for start, end in changed_spans(before, after)
        ]
        if regions:
            self.refresh(*regions)
            # Told at once, not when this widget is idle: what one change repaints comes in one frame.
            self.screen.post_message(messages.Update(self))

    def finished(self, width: int, height: int) -> list[Strip]:
        """What `draw` gives, made exactly `height` rows of `width` cells."""
        ground = self.palette.style()
        strips = [strip.adjust_cell_length(width, ground) for strip in self.draw(width, height)[:height]]
        return strips + [Strip.blank(width, ground)] * (height - len(strips))

    def line_count(self) -> int:
        """Its height."""
        return self.content_size.height

    def line_at(self, at: int) -> Strip:
        """A row of the content; drawn on demand after a resize."""
        if self._drawn_for != tuple(self.content_size):
            width, height = self.content_size
            self._strips = self.finished(width, height)
            self._drawn_for = (width, height)
        return self._strips[at] if at < len(self._strips) else Strip.blank(self.content_size.width)

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, self._follow_theme)

    def on_unmount(self) -> None:
        """Follow it no longer: the app would keep what is subscribed to it, with all that it drew, to its own end."""
        self.app.theme_changed_signal.unsubscribe(self)

    def _follow_theme(self, _theme: Theme) -> None:
        # The ground is known only when the new theme's CSS has been applied.
        self.call_after_refresh(self.repaint)

    def repaint(self) -> None:
        """Draw anew and write everything."""
        self._drawn_for = (-1, -1)
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        """What is drawn for the new size is drawn on demand: Textual asks for every row after a resize anyway."""
        self.resized(event)

    def resized(self, event: events.Resize) -> None:
        """Called before drawing for a new size."""


def spread(left: Sequence[tuple[str, Style]], right: Sequence[tuple[str, Style]], width: int, ground: Style) -> Strip:
    """A row with pieces at both ends; the right ones are kept whole, the left ones give way: cut with … where they do
    not fit, a blank before the right ones."""
    tail, head = Line(), Line()
    for text, style in right:
        tail.add(text, style)
    for text, style in left:
        head.add(text, style)
    room = max(0, width - tail.width)
    words = "".join(segment.text for segment in head.segments)
    gap = int(bool(tail.width) and not tail.segments[0].text.startswith(" "))
    if room and cell_len(words.rstrip()) > room - gap:
        cut = Segment("…"[: room - gap] + " " * gap, head.segments[-1].style)
        head.segments = [*head.strip(max(0, room - 1 - gap), ground), cut]
        head.width = room
    start = head.strip(room, ground)
    return Strip([*start, *tail.strip(min(width, tail.width), ground)], width)

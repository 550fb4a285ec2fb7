"""The figures of two or three plans, a column each, and by how much they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.cells import cell_len
from textual.strip import Strip

from scenarios.compare import SideFigures, TeamFigures
from scenarios.figures.amounts import whole_percent
from scenarios.figures.sizes import change_ew, format_ew
from tui.drawing import bars
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import ColourMode, Palette
from tui.drawing.plain import odds_percent, share_percent
from tui.drawing.words import money, points, target_percent

LABEL = 12
"""Cells of the column of labels."""
CHANGE = 18
"""Cells of the column that tells by how much two sides differ; with three, that stands in their own columns."""
_FEWEST = 8
"""A bar shorter than this says nothing."""
_MOVED = 3
"""So many slices whose share moved most are named."""


@dataclass(frozen=True)
class _Row:
    """One row: what it is, each side's words, by how much each differs from the first (empty for the first), and what
    each draws behind its words."""

    label: str
    words: Sequence[str]
    changes: Sequence[str]
    bars: Sequence[tuple[Sequence[Part], Sequence[Tick]]] = ()
    bad: Sequence[bool] = ()
    #: what is said instead where there is no room for the words
    short: Sequence[str] = ()


class CompareFigures(Canvas):
    """A row a figure; names above where no pies carry them."""

    DEFAULT_CSS = "CompareFigures { height: auto; width: 1fr; }"

    _names: tuple[str, ...] = ()
    _figures: tuple[SideFigures, ...] = ()
    _low = False

    def show(self, names: Sequence[str], figures: Sequence[SideFigures], *, low: bool) -> None:
        """The sides by name; their figures when they are there. ``low`` is for screens of few lines."""
        before = self._height
        self._names, self._figures, self._low = tuple(names), tuple(figures), low
        # Before the screen is laid out at all, it need not be laid out again.
        if self._height != before and self.size:
            self.refresh(layout=True)
        self.repaint()

    @property
    def _height(self) -> int:
        return len(self._rows) + 1 if self._figures else 8 if self._low else 9

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A row a figure and the names."""
        return self._height

    @property
    def _rows(self) -> list[_Row]:
        if not self._figures:
            return []
        odds, value, load, teams, one_offs, mix, waits = _rows_of(self._figures)
        if not self._low:
            # The pies above show it already.
            mix = replace(mix, words=[_mix_words(one) for one in self._figures], bars=())
        most = 3 if self._low else 4
        return [odds, *value, load, *_fewer(teams, most), one_offs, mix, waits]

    def draw(self, width: int, height: int) -> list[Strip]:
        """Names, then a row a figure."""
        pen = self.palette
        count = len(self._names)
        if not count:
            return []
        change = CHANGE if count == 2 else 0
        # As Textual shares out the pies' row, so that names and figures stand under them.
        starts = [at * max(8 * count, width - LABEL - change) // count for at in range(count + 1)]
        columns = [end - start for start, end in pairwise(starts)]
        line = Line().add("", pen.style(), LABEL)
        for letter, name, column in zip("ABC", self._names, columns, strict=False):
            # On a higher screen, the pies above carry the names.
            title = f"{letter} {name[:200]}" if self._low else ""
            line.add(title, pen.style(bold=True), column - 1).add(" ", pen.style())
        line.add("change A to B" if change else "", pen.style("muted"))
        strips = [line.strip(width, pen.style())]
        if not self._figures:
            return [
                *strips,
                Line().add(" the figures are being worked out …", pen.style("muted")).strip(width, pen.style()),
            ]
        for row in self._rows:
            strips.append(self._draw_row(row, columns, bool(change), width))
        return strips

    def _draw_row(self, row: _Row, columns: Sequence[int], apart: bool, width: int) -> Strip:
        pen = self.palette
        line = Line().add(f" {row.label}", pen.style("muted"), LABEL)
        for at, words in enumerate(row.words):
            column = columns[at]
            bad = bool(row.bad) and row.bad[at]
            style = pen.style("worse" if bad else "text", bold=bad or row.label == "odds")
            change = "" if apart else row.changes[at]
            start = line.width
            drawn = row.bars[at] if row.bars else None
            room = column - 1
            if row.short and cell_len(words) + len(change) + 1 > room:
                words = row.short[at]
            if cell_len(words) + len(change) + 1 > room:
                change = change.partition(" (")[0]
            if drawn is not None and not words:
                _add_bar(line, room - len(change) - bool(change), drawn, pen)
            else:
                line.add(words, style, min(room, cell_len(words)))
                left = room - (line.width - start) - len(change) - 3
                if drawn is not None and left >= _FEWEST:
                    line.add(" ", pen.style())
                    _add_bar(line, left, drawn, pen)
            if change:
                line.add(f" {change}", pen.style("muted"), max(0, min(len(change) + 1, start + room - line.width)))
            line.add("", pen.style(), max(0, start + column - line.width))
        if apart:
            line.add(row.changes[-1], pen.style("text"), max(0, width - line.width))
        return line.strip(width, pen.style())


def _add_bar(line: Line, width: int, drawn: tuple[Sequence[Part], Sequence[Tick]], pen: Palette) -> None:
    parts, ticks = drawn
    if pen.mode is ColourMode.NONE:
        # Where there is no colour, slices are told apart by their letters.
        parts = [Part(part.end, part.role, part.role) if len(part.role) == 1 else part for part in parts]
    line.segments += bars.bar(max(0, width), parts, ticks, pen)
    line.width += max(0, width)


# -------------------------------------------------- what the rows say


def _aim_of(side: SideFigures) -> str:
    return target_percent(side.target) + (" each" if side.each_team else "")


def _rows_of(figures: Sequence[SideFigures]) -> tuple[_Row, list[_Row], _Row, list[_Row], _Row, _Row, _Row]:
    first = figures[0]
    odds = _Row(
        "odds",
        [f"{odds_percent(one.odds, one.target):>4}, target {_aim_of(one)}" for one in figures],
        ["", *(points(one.odds - first.odds) for one in figures[1:])],
        [
            (_odds_parts(one.odds, None if one is first else first.odds), [] if one.each_team else [Tick(one.target)])
            for one in figures
        ],
        [not one.fits for one in figures],
        [odds_percent(one.odds, one.target) for one in figures],
    )
    load = _Row(
        "load",
        [_load_words(one, " ew net") for one in figures],
        ["", *(_load_change(first, one) for one in figures[1:])],
        short=[_load_words(one, "") for one in figures],
    )
    one_offs = _Row(
        "one-offs",
        [f"{share_percent(one.one_offs)}, {one.one_off_word}" for one in figures],
        ["", *(_one_off_change(first, one) for one in figures[1:])],
        short=[share_percent(one.one_offs) for one in figures],
        bad=[one.one_off_ceiling is not None and one.one_offs > one.one_off_ceiling + 1e-9 for one in figures],
    )
    mix = _Row(
        "mix",
        ["" for _ in figures],
        ["", *(_mix_change(first, one) for one in figures[1:])],
        [(_mix_parts(one), []) for one in figures],
    )
    who = [_out(one) for one in figures]
    waits = _Row("who waits", [f"{each} for what is out here" for each in who], ["" for _ in figures], short=who)
    return odds, _values(figures), load, _teams(figures), one_offs, mix, waits


def _values(figures: Sequence[SideFigures]) -> list[_Row]:
    """What the items in plan are worth in all, where anybody gave values."""
    if not any(one.valued for one in figures):
        return []
    first = figures[0]
    changes = [""]
    for one in figures[1:]:
        # A sum of fewer items is not less worth.
        known = first.valued == first.items and one.valued == one.items
        change = round(one.value - first.value, 6)
        changes.append("" if not known else f"{change:+g}" if change else "·")
    some = [f", given for {one.valued} of {one.items}" if one.valued < one.items else "" for one in figures]
    return [_Row("value", [f"{one.value:g}{of}" for one, of in zip(figures, some, strict=True)], changes)]


def _odds_parts(odds: float, before: float | None) -> list[Part]:
    kept = odds if before is None else min(odds, before)
    parts = [Part(kept, "fill")]
    if odds > kept:
        parts.append(Part(odds, "better", bars.GAINED))
    elif before is not None and before > kept:
        parts.append(Part(before, "worse", bars.LOST, hollow=True))
    return parts


def _load_words(one: SideFigures | TeamFigures, unit: str) -> str:
    """``14.0 of 30.0 ew net``; where its quarter runs, what is left of both."""
    load, net = one.left or (one.load, one.net)
    return f"{format_ew(load)} of {format_ew(net)}{unit}{' left' if one.left else ''}"


def _more(first: SideFigures | TeamFigures, other: SideFigures | TeamFigures) -> tuple[float, float]:
    """By how much load and net of another one are more: of what is left, where both have that."""
    if first.left and other.left:
        return other.left[0] - first.left[0], other.left[1] - first.left[1]
    return other.load - first.load, other.net - first.net


def _load_change(first: SideFigures | TeamFigures, other: SideFigures | TeamFigures) -> str:
    load, net = _more(first, other)
    words = change_ew(load) if abs(load) >= 0.05 else "·"
    return f"{words} (net {change_ew(net)})" if abs(net) >= 0.05 else words


def _one_off_change(first: SideFigures, other: SideFigures) -> str:
    change = 100 * (other.one_offs - first.one_offs)
    ceiling = other.one_off_ceiling
    words = change_ew(change) if abs(change) >= 0.05 else "·"
    return words if ceiling is None else f"{words} (budget {100 * ceiling:.0f})"


def _mix_words(one: SideFigures) -> str:
    return "  ".join(f"{part.letter} {whole_percent(part.share)}" for part in one.mix.slices)


def _mix_parts(one: SideFigures) -> list[Part]:
    parts, end = [], 0.0
    for share in one.mix.slices:
        end += share.share
        parts.append(Part(end, share.letter))
    return parts


def _mix_change(first: SideFigures, other: SideFigures) -> str:
    letters = dict.fromkeys(part.letter for one in (first, other) for part in one.mix.slices)
    changes = {letter: 100 * (other.mix.share(letter) - first.mix.share(letter)) for letter in letters}
    moved = sorted((letter for letter in letters if abs(changes[letter]) >= 0.5), key=lambda each: -abs(changes[each]))
    said = [f"{letter} {changes[letter]:+.0f}" for letter in moved[:_MOVED]]
    return " ".join((*said, "…") if len(moved) > _MOVED else said) or "·"


def _out(one: SideFigures) -> str:
    """Who waits for what this side has not and another one has."""
    if not one.out:
        return "nobody"
    who = one.out[0] if len(one.out) == 1 else f"{len(one.out)} customers"
    return f"{who}, {one.paid_out.said(money)}"


def _teams(figures: Sequence[SideFigures]) -> list[_Row]:
    """Each team that any side has, by name; those that differ most come first."""
    names: dict[str, str] = {}
    for one in figures:
        for team in one.teams:
            names.setdefault(team.name.casefold(), team.name)
    if len(names) < 2:
        return []
    rows = []
    for name in names.values():
        teams = [one.team(name) for one in figures]
        rows.append((_difference(teams), _team_row(name, teams)))
    rows.sort(key=lambda row: -row[0])
    return [row for _, row in rows]


def _difference(teams: Sequence[TeamFigures | None]) -> float:
    """By how much load and net that are shown differ at most: of what is left, where all sides have that."""
    left = all(team is None or team.left for team in teams)
    shown = [(0.0, 0.0) if team is None else (left and team.left) or (team.load, team.net) for team in teams]
    first, *others = shown
    return max(abs(first[0] - other[0]) + abs(first[1] - other[1]) for other in others)


def _team_row(name: str, teams: Sequence[TeamFigures | None]) -> _Row:
    words = [f"{odds_percent(team.odds):>4}  {_load_words(team, ' ew')}" if team else "no such team" for team in teams]
    first = teams[0]
    changes = [""]
    for team in teams[1:]:
        changes.append("" if first is None or team is None else _load_change(first, team))
    short = [
        f"{odds_percent(team.odds):>4}  {format_ew(team.left[0] if team.left else team.load)}" if team else "none"
        for team in teams
    ]
    return _Row(name, words, changes, short=short)


def _fewer(rows: Sequence[_Row], most: int) -> list[_Row]:
    """The first ones, with how many more there are in the last one's place."""
    if len(rows) <= most:
        return list(rows)
    blank = ["" for _ in rows[0].words]
    return [*rows[: most - 1], _Row(f"+{len(rows) - most + 1} teams", ["that differ less", *blank[1:]], blank)]

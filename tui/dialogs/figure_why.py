"""Why this figure: its value, the formula in words, and what went into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from scenarios.figures.figure import Figure
from tui.dialogs.dialog import Dialog
from tui.drawing.plain import clip, fit, plain
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys

#: Cells for what an input is; longer names are cut, their amounts never.
_NAMES = 44


class FigureWhy(Dialog[None]):
    """Left with Esc, or with ``?`` once more."""

    AUTO_FOCUS = GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    FigureWhy { align: center middle; }
    FigureWhy > Vertical { width: 84; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    FigureWhy .title { text-style: bold; height: auto; }
    FigureWhy .formula { height: auto; }
    FigureWhy VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
    FigureWhy .inputs { height: auto; margin: 0 0 1 0; padding: 0 0 0 2; color: $text-muted; }
    """
    KEYS = Keys(
        "Why a figure",
        Key("figure.leave", "escape,enter,q,question_mark,f1", "Back", "leave"),
        Key("figure.copy", "y", "Copy the figure", "copy"),
        *(Key(f"figure.open{at}", str(at), f"Input {at}", f"open({at})", show=False) for at in range(1, 10)),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, *figures: Figure, known: Sequence[Figure] = ()) -> None:
        """Several figures stand below each other, what is made of the others first.

        Inputs of a single one that are ``known`` figures are opened by their numbers.
        """
        super().__init__()
        self._figures, self._known = figures, known
        self._nested = nested(figures[0], known) if len(figures) == 1 else ()

    def compose(self) -> ComposeResult:
        """Of each figure name and value, formula, inputs."""
        with Vertical():
            with VerticalScroll():
                for figure in self._figures:
                    yield Static(Content(plain(f"{figure.name}: {figure.text}")), classes="title", markup=False)
                    yield Static(Content(plain(f"= {figure.formula}")), classes="formula", markup=False)
                    yield Static(Content("\n".join(input_lines(figure, self._nested))), classes="inputs", markup=False)
            opens = "number opens that input   " if self._nested else ""
            yield KeyLine(self.KEYS.said(self.app, opens + "↑ ↓ scroll   {copy} copy   {leave} back"))

    def action_copy(self) -> None:
        """Value, formula and inputs."""
        parts = [
            "\n".join(
                (f"{each.name}: {each.text}", f"= {each.formula}", *(f"  {what}  {much}" for what, much in each.inputs))
            )
            for each in self._figures
        ]
        self.app.copy_to_clipboard("\n\n".join(parts))

    def action_open(self, number: int) -> None:
        """One of the inputs, which is a figure too."""
        if number <= len(self._nested):
            show_figure(self, self._nested[number - 1], known=self._known)


def nested(figure: Figure, known: Sequence[Figure]) -> tuple[Figure, ...]:
    """The inputs of a figure that are figures themselves, in their order, nine at most."""
    by_words = {(each.name, each.text): each for each in known}
    found = (by_words.get(pair) for pair in figure.inputs)
    return tuple(each for each in found if each is not None and each is not figure)[:9]


def input_lines(figure: Figure, opened: Sequence[Figure] = ()) -> list[str]:
    """A line for each input: what it is, and how much, under each other; before those that can be opened, a number."""
    if not figure.inputs:
        return ["nothing else goes into it"]
    width = min(_NAMES, max(cell_len(plain(what)) for what, _ in figure.inputs))
    numbers = {(each.name, each.text): f"{at} " for at, each in enumerate(opened, 1)}
    lines = []
    for what, how_much in figure.inputs:
        number = numbers.get((what, how_much), "  ") if opened else ""
        lines.append(f"{number}{fit(clip(what[:1000], width), width)}  {plain(how_much)}")
    return lines


def show_figure(where: App[Any] | Widget, figure: Figure, *more: Figure, known: Sequence[Figure] = ()) -> None:
    """Show why a figure is what it is, and ``more`` that it is made of, over the board, another screen or a dialog.

    Inputs that are ``known`` figures can be opened from within.
    """
    where.app.push_screen(FigureWhy(figure, *more, known=known))

"""Why this figure: its value, the formula in words, and what went into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from scenarios.figures import Figure
from tui.drawing.plain import clip, fit, plain

#: Cells for what an input is; longer names are cut, their amounts never.
_NAMES = 44


class FigureWhy(ModalScreen[None]):
    """Left with Esc, or with ``?`` once more."""

    DEFAULT_CSS = """
    FigureWhy { align: center middle; }
    FigureWhy > Vertical { width: 84; max-width: 96%; height: auto; max-height: 96%; padding: 1 2; }
    FigureWhy .title { text-style: bold; height: auto; }
    FigureWhy .formula { height: auto; margin-bottom: 1; }
    FigureWhy VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
    FigureWhy .inputs { height: auto; }
    FigureWhy .muted { color: $text-muted; height: auto; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,f1", "leave", "Back", id="figure.leave"),
        *(Binding(str(at), f"open({at})", f"Input {at}", show=False, id=f"figure.open{at}") for at in range(1, 10)),
    ]

    def __init__(self, figure: Figure, known: Sequence[Figure] = ()) -> None:
        """Inputs that are ``known`` figures are opened by their numbers."""
        super().__init__()
        self._figure, self._known = figure, known
        self._nested = nested(figure, known)

    def compose(self) -> ComposeResult:
        """Name and value, formula, inputs."""
        figure = self._figure
        with Vertical():
            yield Static(Content(plain(f"{figure.name}: {figure.text}")), classes="title", markup=False)
            yield Static(Content(plain(f"= {figure.formula}")), classes="formula", markup=False)
            with VerticalScroll():
                yield Static(Content("\n".join(input_lines(figure, self._nested))), classes="inputs", markup=False)
            opens = "number opens that input   " if self._nested else ""
            yield Static(Content(f"{opens}esc back"), classes="muted", markup=False)

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_open(self, number: int) -> None:
        """One of the inputs, which is a figure too."""
        if number <= len(self._nested):
            show_figure(self, self._nested[number - 1], self._known)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


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


def show_figure(where: App[Any] | Widget, figure: Figure, known: Sequence[Figure] = ()) -> None:
    """Show why a figure is what it is, over the board, another screen or a dialog; ``known`` can be opened within."""
    where.app.push_screen(FigureWhy(figure, known))

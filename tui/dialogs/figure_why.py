"""Why this figure: its value, the formula in words, and what went into it."""

from __future__ import annotations

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
    ]

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._figure = figure

    def compose(self) -> ComposeResult:
        """Name and value, formula, inputs."""
        figure = self._figure
        with Vertical():
            yield Static(Content(plain(f"{figure.name}: {figure.text}")), classes="title", markup=False)
            yield Static(Content(plain(f"= {figure.formula}")), classes="formula", markup=False)
            with VerticalScroll():
                yield Static(Content("\n".join(input_lines(figure))), classes="inputs", markup=False)
            yield Static(Content("esc back"), classes="muted", markup=False)

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def input_lines(figure: Figure) -> list[str]:
    """A line for each input: what it is, and how much, under each other."""
    if not figure.inputs:
        return ["nothing else goes into it"]
    width = min(_NAMES, max(cell_len(plain(what)) for what, _ in figure.inputs))
    return [f"{fit(clip(what[:1000], width), width)}  {plain(how_much)}" for what, how_much in figure.inputs]


def show_figure(where: App[Any] | Widget, figure: Figure) -> None:
    """Show why a figure is what it is, over the board, another screen or a dialog."""
    where.app.push_screen(FigureWhy(figure))

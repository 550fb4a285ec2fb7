"""Pairs of keys, each in one read, over a menu and a form on a bare app: what has answered does not answer
again, and nothing below it goes. All menus are one class, and all forms; no other screen of ours answers by itself."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

import tui
from scenarios.figures.figure import Figure
from tui.dialogs.figure_list import FigureList
from tui.dialogs.form import Field, Form
from tui.dialogs.menu import Choice, Menu

#: With all of them there are 200 pairs over the two.
KEYS = ("m", "enter", "escape", "ctrl+s", "x", "h", "down", "tab", "backspace", "space")
if not os.environ.get("MAKEROOM_LONG"):
    KEYS = KEYS[:5]


class Below(Screen[None]):
    """What the dialog stands on."""

    def compose(self):
        yield Static("the board")


def menu() -> Menu:
    return Menu("Export", [Choice("m", "Markdown"), Choice("h", "HTML"), Choice("a", "all")])


def form() -> Form:
    return Form("A form", [Field("who", "who", "Jo"), Field("why", "why")])


async def test_every_pair_over_a_menu_and_a_form() -> None:
    app: App[None] = App()
    pairs = list(itertools.product(KEYS, repeat=2))
    async with app.run_test(size=(80, 24)) as pilot:
        below = Below()
        await app.push_screen(below)
        for make, pair in itertools.product((menu, form), pairs):
            answers: list[object] = []
            dialog = make()
            await app.push_screen(dialog, answers.append)
            for key in pair:
                character = key if len(key) == 1 else {"space": " ", "enter": "\r"}.get(key)
                event = events.Key(key, character)
                event.set_sender(app)
                app._driver.send_message(event)  # type: ignore[union-attr]
            await pilot.pause()
            assert app._exception is None, pair
            assert below in app.screen_stack, pair
            assert len(answers) <= 1, pair
            if app.screen is dialog:
                app.pop_screen()
            assert app.screen is below, pair


def figures() -> FigureList:
    one = Figure("one", Fraction(1), "count", "counted")
    return FigureList([one, replace(one, name="two")], ())


@pytest.mark.parametrize("make", [menu, form, figures])
async def test_what_is_left_in_the_middle_of_coming_up_just_goes(make: Callable[[], Screen[None]]) -> None:
    """However far it has come by then."""
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for turns in range(20):
            app.push_screen(make())
            for _ in range(turns):
                await asyncio.sleep(0)
            await app.pop_screen()
            await pilot.pause()
            assert app._exception is None, turns


def test_every_dialog_and_every_page_answers_by_the_one_way() -> None:
    """What else is a screen by itself has no answer: what is under all dialogs, and what covers a long work."""
    root = Path(tui.__file__).parent
    own = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if re.search(
            r"^class \w+\((?:(?:Modal|OneFrame)?Screen|StyledOnce)\[", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert own == {"dialogs/dialog.py", "flows/host.py", "flows/cover.py", "widgets/one_frame.py"}

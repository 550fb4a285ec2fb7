"""Every key that README and docs name is there on the screen that the page speaks of; those of a meeting answer."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.tui.app_helpers import demo, opened, things
from tui.app.keymap import tables
from tui.reports.report_list import REPORTS
from tui.widgets.keys import shown

ROOT = Path(__file__).resolve().parents[2]
#: Made from the tables of keys themselves, and held against them elsewhere.
MADE = {"keys.md", "commands.md", "how-to.md", "words.md"}
_NAMED = re.compile(r"`(ctrl\+[a-z]|shift\+\S+|f\d{1,2}|esc|enter|space|tab|delete|backspace|pgup|pgdn|[!-~]|[↑↓←→])`")
BOARD, TRADE, LIST, EVERYWHERE = "The board", "The trade sheet", "Every list", "Everywhere"
#: What looks like a key and is none: letters of a request's line, of a choice, signs in a file.
NONE = "no key"
#: By page, the screens that it speaks of with the keys that it names there; a key that is not listed is the board's.
NAMED: Mapping[str, Mapping[str, str]] = {
    "README.md": {BOARD: "f7 c L B a ?", TRADE: "1 enter"},
    "capacity.md": {BOARD: "c", "Capacity": "N e M d - + v o J x p H f C P n I r u ? t ="},
    "cli.md": {BOARD: "/ T L B u U Z", TRADE: "o W", NONE: ":"},
    "data.md": {BOARD: "T I c L B H R g N W Z ? X", "reports": "q"},
    "exports.md": {BOARD: "X", NONE: "= + - @"},
    "forecast.md": {BOARD: "D c", "Capacity": "t", NONE: "a g"},
    "imports.md": {
        BOARD: "I",
        "An import": "I M enter tab c m esc",
        "The preview of an import": "← →",
        "Conflicts of an import": "h s H S",
        NONE: ", ; | k",
    },
    "index.md": {BOARD: "? f3"},
    "look.md": {BOARD: "H u", "A first look back": "enter a d f b ? X K"},
    "looks.md": {BOARD: "t f3 p", EVERYWHERE: "f4"},
    "meeting.md": {
        BOARD: "a ? ! o f r A w c s d e x + F C O P h , . m T V # K J v M / G u U space b i t p q @",
        TRADE: "1 9 ? ! o",
        NONE: ">",
    },
    "memos.md": {BOARD: "h m u e", "The decision log": "enter , . esc / v", "A memo": "← → 1 2 3 s H t"},
    "practice.md": {
        BOARD: "R",
        "reports": "r",
        "The script of a play": "enter h s w space n d D",
        NONE: "c l p",
    },
    "store.md": {NONE: "/"},
    "negotiation.md": {
        BOARD: "r e f w C O P a",
        TRADE: "o W space",
        "Facts, card and who waits alike": "?",
        "One-offs": ", .",
    },
    "reports.md": {
        BOARD: "R Z",
        "reports": "m q a f",
        "Accounts": "w",
        "A report that looks back": "X K b",
        "Charter, commitments and one-offs alike": "?",
        "The request card": "!",
        "The quarter graded": "[ ] enter e v",
        NONE: "; *",
    },
    "running.md": {BOARD: "u g N l W X", "Progress": "1 9 d - + e enter ctrl+s o"},
    "scenarios.md": {
        BOARD: "s d u @ h , .",
        "Snapshots and scenarios": "enter b M s r d e I x esc",
        "The decision log": "enter esc",
        "Plans side by side": "D m w",
        LIST: "↑ ↓",
    },
    "swaps.md": {BOARD: "F x V T ?", TRADE: "1 9 tab n s", "Why this swap": "?", NONE: "v"},
    "tutorial.md": {
        BOARD: "esc u ? I c / e # K J L B a h m y t p G",
        TRADE: "1 ! enter",
        EVERYWHERE: "ctrl+p",
        "An import": "I",
        "Capacity": "n H enter t",
        "A form": "ctrl+s",
        NONE: "i S M L X +",
    },
}
#: Of the meeting, those that look at nothing by themselves: they change something, or wait for a second key.
QUIET = {"K", "J", "v", "u", "U", "b", ",", ".", "/", "p", "t", "i", "q", "o", "n", "space", "!", "d"}


def named(page: Path) -> set[str]:
    return set(_NAMED.findall(re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))))


def keys_of() -> dict[str, set[str]]:
    found = {table.title: {shown(key) for row in table for key in row.keys.split(",")} for table in tables()}
    found["reports"] = {row.key for row in REPORTS}
    # What the board's own keys do in the trade sheet, too.
    found[TRADE] |= {"?", "F", "x", "f"}
    return found


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_each_key_that_a_page_names_is_there(page: Path) -> None:
    if page.name in MADE:
        return
    screens, keys = NAMED.get(page.name, {}), keys_of()
    said = {screen: set(text.split()) for screen, text in screens.items()}
    listed = {key for each in said.values() for key in each}
    assert listed <= named(page), "the table lists what the page no longer names"
    # What no screen is said of is the board's.
    assert named(page) - listed <= keys[BOARD] | keys[LIST] | keys[EVERYWHERE]
    for screen, each in said.items():
        assert screen == NONE or each <= keys[screen], screen


async def test_the_keys_of_a_meeting_answer_on_the_board(tmp_path: Path) -> None:
    asked = [key for key in NAMED["meeting.md"][BOARD].split() if key not in QUIET]
    assert len(asked) > 20
    async with opened(demo(tmp_path)) as room:
        before, rows = things(room.state), {shown(row.keys.split(",")[0]): row for row in room.board.KEYS}
        for key in asked if os.environ.get("MAKEROOM_LONG") else asked[::3]:
            await room.press(rows[key].keys.split(",")[0])
            assert room.dialog, key
            for _ in range(3):
                if room.dialog:
                    await room.press("escape")
            assert not room.dialog, key
        assert things(room.state) == before

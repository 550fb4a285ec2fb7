"""Sentences that name a key take it from the key's row, so that a remapped key is named as it is."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import tui
from tests.tui.app_helpers import empty, opened
from tui.app.keymap import tables
from tui.plan_view.keys import BOARD

ROOT = Path(tui.__file__).parent
#: A key by hand: "c sets it", ", or M shows", "(g)", "press I", "then P", ". c, or".
_KEY = r"(?:ctrl\+[a-z]|f\d{1,2}|[b-zA-Z!?@+/])"
_BY_HAND = re.compile(
    rf"(?:(?:^|[.:;,] |\bor |\band |\bthen ){_KEY},? (?!unless\b)[a-z]+s\b|(?:[:;] |^)a [a-z]+s\b"
    rf"|\((?:then )?[A-Za-z!?@]\)|[Pp]ress (?:[b-zA-Z!?@+]\b|ctrl\+)|\bthen {_KEY}(?:$|[,.;])|[.;] [b-zA-Z!?], "
    r"|(?:^|[ (;,])[b-zA-HJ-Z!?=] (?:on the board|on it|to sign|to answer|says|brings|sizes|changes)\b"
    r"|\bwith one [a-z]\b|\(/\))"
)
#: What looks like one: letters of slices, marks in a table, words of the shell and the database, and "a miss".
_NONE = re.compile(
    r"F features|fg comes back|then O, a one-off|t shirts|INSERT INTO|\? is: not known|\b[aA] (?:yes|[a-z]*ss)\b"
)


@cache
def sentences(source: str) -> list[str]:
    """All texts in a program but those that only say what it is."""
    said, texts = set(), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if isinstance(node.body[0], ast.Expr):
                said.add(node.body[0].value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node)
    return [node.value for node in texts if node not in said]


def by_hand(source: str) -> list[str]:
    return [text for text in sentences(source) if _BY_HAND.search(text) and not _NONE.search(text)]


def test_no_sentence_names_a_key_by_hand() -> None:
    # What is typed at a shell has no keys; what the app shares with it knows of none.
    rooms = [path for room in ("tui", "scenarios", "store") for path in (ROOT.parent / room).rglob("*.py")]
    files = [path for path in rooms if "cli" not in path.relative_to(ROOT.parent).parts]
    found = {f"{path.relative_to(ROOT.parent)}: {text}" for path in files for text in by_hand(path.read_text("utf-8"))}
    assert found == set()


def test_the_pattern_finds_the_habit() -> None:
    for said in (
        "There is no team yet: c adds one.",
        "It waits in the inbox (i).",
        "Then press I again.",
        "nothing was promised: a says that something is",
        "A, then o, says it.",
        "f2 gives each team its part.",
        "not confirmed: ctrl+s confirms",
        "no baseline yet: B stamps one, s saves a snapshot",
        "one step, undone with one u",
        "u on the board takes it back",
        "Still short: mark more, or ! to sign for it.",
        "no size yet (e sizes).",
        "is:done in the search (/) may find it",
    ):
        assert by_hand(f"tell({said!r})"), said
    assert not by_hand('board.tell(f"There is no team yet: {c} adds one.")')
    assert not by_hand('"""There is no team yet: c adds one."""')


def test_each_key_that_a_sentence_asks_for_by_its_name_is_there() -> None:
    ids = {row.id for table in tables() for row in table}
    asked = re.compile(r"""key_named\(\s*["']([^"']+)["']""")
    named = {name for path in ROOT.rglob("*.py") for name in asked.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert named <= ids


async def test_a_key_that_was_moved_is_named_as_it_is(tmp_path: Path) -> None:
    async with opened(empty(tmp_path)) as room:
        room.app.set_keymap(
            {"board.capacity": "f7", "board.tour": "f8", "commitments.add": "f3", "accounts.import": "f2"}
        )
        assert BOARD.of(room.app, "capacity") == "f7"
        await room.press("escape", "f", "x", "L")
        assert "There is no capacity yet: f7 sets it for each team." in room.toasts + room.text
        await room.press("P")
        assert "nothing was promised: f3 says that something is" in room.text
        await room.press("escape", "A")
        assert "no account yet: f2 reads them from a file, a makes one" in room.text

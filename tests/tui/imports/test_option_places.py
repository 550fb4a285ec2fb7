"""Sentences of an import on the mapping screen: what nobody can type there is named by the setting that does it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database.watch import NOBODY
from store.imports.memory import NoMemory
from tests.store.imports.test_import_merge import fresh
from tui.imports.draft import ImportDraft
from tui.imports.lists import KINDS, entry_of, length
from tui.imports.look import look_at
from tui.imports.places import on_screen
from tui.imports.settings import settings_of

IMPORTS = Path(__file__).resolve().parents[3] / "store" / "imports"
#: what reads other files than a backlog, which the screen does not, and what reads what somebody typed at a shell
OTHERS = ("accounts", "people", "outcomes", "issues", "history.py", "history_columns.py", "named_columns.py",
          "whole.py", "options.py", "mappings.py")  # fmt: skip
#: these are said of a shell, and stay
SHELL = re.compile(r"makeroom --db|with --db|gh issue|gh project|--set ")


def sentences() -> Iterator[str]:
    """What files of a backlog may lead to saying, with 5 for what is put in."""
    for path in sorted(IMPORTS.rglob("*.py")):
        if path.relative_to(IMPORTS).parts[0] in OTHERS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "5" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                yield node.value


def test_no_sentence_of_a_backlog_names_an_option_on_the_screen() -> None:
    said = [text for text in sentences() if re.search(r"--[a-z]", text) and "``" not in text and " " in text]
    assert len(said) > 25
    left = [text for text in said if re.search(r"--[a-z]", on_screen(text)) and not SHELL.search(text)]
    # These two are other sentences there: tui/imports/look.py.
    assert [text for text in left if "does not say what its numbers count" not in text] == []


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("only holds together 2 rows of this file (--parents both takes it too)",
         "only holds together 2 rows of this file (“epics and parts” takes it too)"),
        ("Types without a rule went to slice F: Bug (1). --map type:NAME=LETTER adds a rule.",
         "Types without a rule went to slice F: Bug (1). “slice rules” adds a rule."),
        ("--header-line 5 reads it alone.", "“header in line” (5) reads it alone."),
        ("A title with -- and --dashes--", "A title with -- and --dashes--"),
    ],
)  # fmt: skip
def test_an_option_is_called_as_the_setting(sentence: str, shown: str) -> None:
    assert on_screen(sentence) == shown


def test_each_name_is_one_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Title,Type,Parent,Status,Due,Team A,Team B\nA,Epic,,Open,,,\nB,Odd,A,Done,,5d,2d\n\n"
                    "C,Odd,A,Open,03/04/2027,1d,\n\nName,Team,FTE\nAda,Pay,1\n")  # fmt: skip
    draft = ImportDraft(path)
    look = look_at(draft, fresh(), NoMemory(), NOBODY)
    shown = [
        f"{row.title} {row.what}"
        for kind in KINDS
        for at in range(length(look, kind))
        if (row := entry_of(look, kind, at))
    ]
    assert not any(re.search(r"--[a-z]", text) for text in shown)
    labels = {row.label for row in settings_of(look, look.draft, fresh())}
    named = {name for text in shown for name in re.findall(r"“([^”]+)”", text)}
    assert (
        {"slice rules", "rows that are done", "epics and parts", "03/04/2026 is", "header in line"} <= named <= labels
    )
    assert [row.value for row in settings_of(look, look.draft, fresh()) if row.label.startswith("Team ")] == [
        "size of Team A", "size of Team B",
    ]  # fmt: skip

"""The house: no circle of files, folders one can look over, names that say what a thing is, and the picture of it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("store", "scenarios", "tui")
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}
#: Folders with their own place on a ladder, from `pyproject.toml`.
LADDERS = {
    contract["containers"][0]: [[name.strip() for name in row.split("|")] for row in contract["layers"]]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    if "containers" in contract
}


@cache
def tree(name: str) -> ast.Module:
    """A file, read."""
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


def statements(block: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Each statement of a block, and of the blocks in it."""
    for each in block:
        yield each
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from statements(getattr(each, field, ()))


def imported(name: str) -> set[str]:
    """The files that a file imports, wherever in it, and if only for their types."""
    found = set()
    for node in statements(tree(name).body):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name} imports relatively: nothing here counts that"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {each for each in found if each in FILES and each != name and FILES[each].name != "__init__.py"}


@cache
def arrows() -> dict[str, set[str]]:
    """What each file imports."""
    return {name: imported(name) for name, path in FILES.items() if path.name != "__init__.py"}


def circles(of: dict[str, set[str]]) -> list[list[str]]:
    """Files that lead back to themselves. What leads nowhere is taken away, then what nothing leads to, and again."""
    left = {name: set(to) for name, to in of.items()}
    while True:
        wanted = set().union(*left.values()) if left else set()
        gone = {name for name, to in left.items() if not to or name not in wanted}
        if not gone:
            return [sorted(left)] if left else []
        left = {name: to - gone for name, to in left.items() if name not in gone}


def test_circles_are_found_where_there_are_some() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_no_circle_of_files() -> None:
    assert sum(map(len, arrows().values())) > 1_000
    assert circles(arrows()) == []


def test_folders_can_be_looked_over() -> None:
    sizes = Counter(path.parent for path in FILES.values() if path.name != "__init__.py")
    assert max(sizes.values()) <= 36
    assert median(sizes.values()) <= 8


def test_files_are_short_and_say_what_they_are() -> None:
    for name, path in FILES.items():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, name
        words = ast.get_docstring(tree(name)) or ""
        assert re.match(r"(``|\")?[A-Z`(\"m]", words), f"{name} does not begin by saying what it is"


def test_names_say_what_a_thing_is() -> None:
    felt = [name for name in FILES if re.search(r"(ing|ed)$", name)]
    assert len(felt) <= 0.06 * len(FILES), felt


def test_no_two_files_of_tests_have_one_name() -> None:
    """Tests are imported by the names of their files alone: all of the second one would be left out."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_class_name_twice_in_a_room(room: str) -> None:
    where = defaultdict(list)
    for name in FILES:
        if name.split(".")[0] == room:
            for node in tree(name).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    where[node.name].append(name)
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


@pytest.mark.parametrize("room", LADDERS)
def test_the_ladders_are_what_is_imported(room: str) -> None:
    """A second count of what import-linter holds: type-only and lazy imports are arrows like any other."""
    place = {folder: step for step, row in enumerate(LADDERS[room]) for folder in row}
    for name, to in arrows().items():
        for other in to:
            if not (name.startswith(f"{room}.") and other.startswith(f"{room}.")):
                continue
            one, two = (each.removeprefix(f"{room}.").split(".")[0] for each in (name, other))
            if one != two and one in place and two in place:
                assert place[one] < place[two], f"{name} imports {other}"


def test_every_folder_stands_on_its_ladder() -> None:
    for room in ROOMS:
        folders = {path.name for path in (ROOT / room).iterdir() if (path / "__init__.py").exists()}
        assert folders == {folder for row in LADDERS[room] for folder in row}


def test_the_picture_in_contributing_is_the_house() -> None:
    """Each line of the picture is a ladder as it is held, the lowest step first."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = re.search(r"```\n(store/ .*?)```", text, re.DOTALL)
    assert picture is not None
    drawn: dict[str, str] = {}
    room = ""
    for line in picture[1].splitlines():
        head, rest = re.match(r"(\S+/)?\s*(.*)", line).groups()  # type: ignore[union-attr]
        room = (head or room).strip("/")
        drawn[room] = f"{drawn.get(room, '')} {rest}".strip()
    for room, steps in drawn.items():
        rows = [sorted(name.strip() for name in step.split(",")) for step in steps.split("<")]
        assert rows == [sorted(row) for row in reversed(LADDERS[room.replace("/", ".")])], room
    assert drawn.keys() == {name.replace(".", "/") for name in LADDERS}

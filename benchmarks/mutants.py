"""Small changes to the core, one at a time: do its tests notice? ``python benchmarks/mutants.py [COUNT] [SEED]``.

``--only ROOM`` keeps to one room, ``--smoke`` is one mutant. Each is tried on a copy of the tree, with those tests of
its own room that run the changed lines, until the first failure (``trials.py``). Says each that survived; the exit
code is 1 where fewer than 95% were killed of those that ``mutants_equivalent.txt`` does not name.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from trials import Key, Mutant, tried

ROOT = Path(__file__).resolve().parent.parent
#: By room: the files that are changed, and the tests that should notice, without those that take long.
ROOMS: dict[str, tuple[str, str]] = {
    "odds": ("scenarios/odds", "tests/scenarios/odds"),
    "door": (
        "scenarios/trade",
        "tests/scenarios/trade tests/scenarios/verdict tests/scenarios/requests "
        "tests/scenarios/capacity/test_capacity_changes.py",
    ),
    "swaps": (
        "scenarios/swaps",
        "tests/scenarios/swaps --deselect=tests/scenarios/swaps/test_swaps.py::TestBesideEverySet "
        "--deselect=tests/scenarios/swaps/test_swaps.py::TestOnOtherDraws",
    ),
    "capacity": ("scenarios/capacity scenarios/working_time", "tests/scenarios/capacity tests/scenarios/working_time"),
    "journal": (
        "store/database/journal.py store/database/undo.py store/database/seals.py store/database/write.py",
        "tests/store/workspace tests/store/database/test_seals.py tests/store/database/test_undo_together.py "
        "tests/store/database/test_undo_snapshots.py",
    ),
    "merge": (
        "store/imports/merge.py",
        "tests/store/imports/test_import_merge.py tests/store/imports/test_import_conflicts.py "
        "tests/store/imports/test_table_shapes.py tests/store/imports/test_finished_rows.py "
        "tests/store/imports/test_import_history.py "
        "tests/store/imports/test_import_links.py tests/store/imports/test_import_mends.py "
        "tests/store/imports/test_progress_columns.py tests/store/imports/test_estimate_columns.py "
        "tests/store/imports/test_hidden_rows.py tests/store/imports/test_customer_cells.py "
        "--deselect=tests/store/imports/test_import_merge.py::test_ten_thousand_rows_twice_change_nothing "
        "--deselect=tests/store/imports/test_import_links.py::TestDependencies::test_a_ring_of_thousands",
    ),
}
LEAST = 0.95
ENDS = ("killed", "equivalent", "survived")
#: Changes that nobody can notice, a line each: the words of the change without its line, and why.
EQUIVALENT = Path(__file__).with_name("mutants_equivalent.txt")
#: A size that is read, and not given back.
SMOKE = ("scenarios/figures/sizes.py", 7, "tests/scenarios/figures/test_sizes.py::TestReading::test_what_may_be_typed")

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
Change = Callable[[], None]


def changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, Change]]:
    """Every change that can be made: where, what it is, and what makes it. Types and docstrings are left alone."""
    for node in ast.walk(_bare(tree)):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARED:
                yield node, "comparison", lambda node=node, op=op: setattr(node, "ops", [_COMPARED[type(op)]()])
            case ast.BinOp(op=op) if type(op) in _COUNTED:
                yield node, "arithmetic", lambda node=node, op=op: setattr(node, "op", _COUNTED[type(op)]())
            case ast.BoolOp(op=op):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield node, "and/or", lambda node=node, other=other: setattr(node, "op", other)
            case ast.If(test=test) | ast.IfExp(test=test):
                turned = ast.UnaryOp(ast.Not(), test)
                yield node, "condition", lambda node=node, turned=turned: setattr(node, "test", turned)
            case ast.Constant(value=bool(value)):
                yield node, "constant", lambda node=node, value=value: setattr(node, "value", not value)
            case ast.Constant(value=int(value)) | ast.Constant(value=float(value)):
                yield node, "constant", lambda node=node, value=value: setattr(node, "value", value + 1)
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                yield node, "return", lambda node=node: setattr(node, "value", ast.Constant(None))
            case ast.Expr(value=ast.Call()) | ast.AugAssign():
                yield node, "left out", lambda node=node: _leave_out(node)


def _bare(tree: ast.Module) -> ast.Module:
    """The tree as it is walked, without what is never run for its value."""
    shown = copy.copy(tree)
    shown.body = [each for each in tree.body if not _typing_only(each)]
    return shown


def _typing_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _leave_out(node: ast.stmt) -> None:
    """Make of a statement one that does nothing."""
    if isinstance(node, ast.Expr):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.AugAssign):
        node.value = ast.Constant(0) if isinstance(node.op, ast.Add | ast.Sub) else ast.Constant(1)


def sites(only: str) -> list[tuple[str, str, int]]:
    """Room, file and number of every change."""
    return [
        (room, str(path.relative_to(ROOT)), number)
        for room, (sources, _) in ROOMS.items()
        if only in ("", room)
        for source in sources.split()
        for path in sorted((ROOT / source).rglob("*.py") if (ROOT / source).is_dir() else [ROOT / source])
        for number, _ in enumerate(changes(ast.parse(path.read_text(encoding="utf-8"))))
    ]


def mutant(room: str, file: str, number: int) -> Mutant:
    """One change of one file, as it is now."""
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    node, kind, change = list(changes(module))[number]
    owner = _owner(module, node)
    before = ast.unparse(node)
    place = node.test if isinstance(node, ast.If | ast.IfExp) else node
    lines = range(place.lineno, (place.end_lineno or place.lineno) + 1)  # type: ignore[attr-defined]
    change()
    ast.fix_missing_locations(module)
    name = getattr(owner, "name", "<lambda>") if owner else "<module>"
    words = f"{file}:{node.lineno} {name} {kind}: {_short(before)} -> {_short(ast.unparse(node))}"  # type: ignore[attr-defined]
    return Mutant(room, file, words, ast.unparse(module), module, _key(file, owner) if owner else None, lines)


def _owner(tree: ast.AST, wanted: ast.AST, owner: ast.AST | None = None) -> ast.AST | None:
    """The innermost function that runs a node; nothing where it runs while the module is imported."""
    for name, value in ast.iter_fields(tree):
        inside = (
            tree if name == "body" and isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) else owner
        )
        for each in value if isinstance(value, list) else [value]:
            if each is wanted or (isinstance(each, ast.AST) and any(found is wanted for found in ast.walk(each))):
                return inside if each is wanted else _owner(each, wanted, inside)
    return owner


def _key(file: str, owner: ast.AST) -> Key:
    """A function as its code object says it."""
    if isinstance(owner, ast.FunctionDef | ast.AsyncFunctionDef):
        return file, owner.name, min(each.lineno for each in (owner, *owner.decorator_list))
    return file, "<lambda>", owner.lineno  # type: ignore[attr-defined]


def equivalent() -> dict[str, str]:
    """What need not be noticed, in words without the line, and why."""
    found = {}
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, reason = line.rpartition(" | ")
            found[words] = reason
    return found


def _without_line(words: str) -> str:
    return re.sub(r":\d+", "", words, count=1)


def _short(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 90 else f"{line[:89]}…"


def main() -> int:
    """Run it; 1 where too many survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=400)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--only", default="", choices=("", *ROOMS))
    parser.add_argument("--smoke", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "makeroom"
        for name in ("store", "scenarios", "tui", "tests", "docs"):
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, tree / name)
        if said.smoke:
            ((one, noticed, _),) = tried(tree, SMOKE[2], [mutant("", *SMOKE[:2])])
            print("killed  " if noticed else "survived", one.words)
            return 0 if noticed else 1
        every = sites(said.only)
        chosen = random.Random(said.seed).sample(every, min(said.count, len(every)))
        print(f"{len(chosen)} of {len(every):,} changes")
        return run(tree, chosen)


def run(tree: Path, chosen: list[tuple[str, str, int]]) -> int:
    """Each chosen change, room by room; 1 where too many survived that are not known as equivalent."""
    known = equivalent()
    # Before the first trial: whoever goes on working changes the files meanwhile.
    every = [mutant(*each) for each in chosen]
    counts: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()
    for room, (_, tests) in ROOMS.items():
        mutants = [each for each in every if each.room == room]
        if not mutants:
            continue
        for each, noticed, many in tried(tree, tests, mutants):
            end = "killed" if noticed else "equivalent" if _without_line(each.words) in known else "survived"
            counts[room, end] += 1
            if end != "killed":
                print(f"{end:10} {room:8} {each.words} ({many} tests run it)", flush=True)
        of = {end: counts[room, end] for end in ENDS}
        print(
            f"{room}: {', '.join(f'{count} {end}' for end, count in of.items())}, {time.monotonic() - began:,.0f} s",
            flush=True,
        )
    totals = {end: sum(counts[room, end] for room in ROOMS) for end in ENDS}
    share = totals["killed"] / max(1, totals["killed"] + totals["survived"])
    print(f"{', '.join(f'{count} {end}' for end, count in totals.items())}: {share:.1%} killed (at least {LEAST:.0%})")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

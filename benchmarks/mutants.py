"""Small changes to the core, one at a time: do its tests notice? ``python benchmarks/mutants.py [COUNT] [SEED]``.

``--only ROOM`` keeps to one room, ``--smoke`` is one mutant. Each is tried on a copy of the tree, with the tests of its
own room alone, until the first failure. Says each that survived; the exit code is 1 where fewer than 95% were killed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: By room: the files that are changed, and the tests that should notice.
ROOMS: dict[str, tuple[str, str]] = {
    "odds": ("scenarios/odds", "tests/scenarios/odds"),
    "door": ("scenarios/trade", "tests/scenarios/trade tests/scenarios/verdict tests/scenarios/requests"),
    "swaps": ("scenarios/swaps", "tests/scenarios/swaps"),
    "capacity": ("scenarios/capacity", "tests/scenarios/capacity"),
    "journal": (
        "store/database/journal.py store/database/undo.py store/database/seals.py store/database/write.py",
        "tests/store/workspace tests/store/database/test_seals.py tests/store/database/test_undo_together.py",
    ),
    "merge": (
        "store/imports/merge.py",
        "tests/store/imports/test_import_merge.py tests/store/imports/test_import_conflicts.py "
        "tests/store/imports/test_import_links.py",
    ),
}
LEAST = 0.95
#: Seconds, after which a mutant that never ends counts as killed; many times what the slowest room takes.
LONGEST = 900
SMOKE = ("scenarios/figures/sizes.py", "tests/scenarios/figures/test_sizes.py")

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
            case ast.Return(value=ast.expr()):
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


def killed(tree: Path, file: str, number: int, tests: str) -> tuple[bool, str]:
    """Whether the tests notice one change, and the change in words."""
    path = tree / file
    text = path.read_text(encoding="utf-8")
    module = ast.parse(text)
    node, kind, change = list(changes(module))[number]
    before = ast.unparse(node)
    change()
    ast.fix_missing_locations(module)
    words = f"{file}:{node.lineno} {kind}: {_short(before)} -> {_short(ast.unparse(node))}"  # type: ignore[attr-defined]
    path.write_text(ast.unparse(module), encoding="utf-8")
    try:
        return not tried(tree, tests), words
    finally:
        path.write_text(text, encoding="utf-8")


def tried(tree: Path, tests: str) -> bool:
    """Whether the tests pass, in time."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *tests.split()]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


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
    every = sites(said.only)
    chosen = random.Random(said.seed).sample(every, min(said.count, len(every)))
    print(f"{len(chosen)} of {len(every):,} changes")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "makeroom"
        for name in ("store", "scenarios", "tui", "tests", "docs"):
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, tree / name)
        if said.smoke:
            noticed, words = killed(tree, SMOKE[0], 0, SMOKE[1])
            print("killed  " if noticed else "survived", words)
            return 0
        return run(tree, chosen)


def run(tree: Path, chosen: list[tuple[str, str, int]]) -> int:
    """Each chosen change, one after the other; first what says that the tests are well without any."""
    for room in dict.fromkeys(room for room, _, _ in chosen):
        if not tried(tree, ROOMS[room][1]):
            print(f"the tests of {room} fail without any change: nothing can be said of it")
            return 1
    counts: Counter[tuple[str, bool]] = Counter()
    began = time.monotonic()
    for number, (room, file, at) in enumerate(chosen, 1):
        noticed, words = killed(tree, file, at, ROOMS[room][1])
        counts[room, noticed] += 1
        if not noticed:
            print(f"survived {room:8} {words}", flush=True)
        if number % 20 == 0:
            print(f"{number} done, {time.monotonic() - began:,.0f} s", flush=True)
    for room in ROOMS:
        dead, alive = counts[room, True], counts[room, False]
        if dead + alive:
            print(f"{room:8} {dead:4} killed of {dead + alive:4}, {dead / (dead + alive):.0%}")
    share = sum(count for (_, noticed), count in counts.items() if noticed) / max(1, counts.total())
    print(f"{share:.1%} of {counts.total()} killed (at least {LEAST:.0%})")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

"""Every pattern takes steps in proportion to the text: nothing from outside keeps a seat busy."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pattern_steps import Steps, grows

ROOT = Path(__file__).parent.parent
#: Those of snapshots and estimates see only what another pattern has let through, which ends what they look for; those
#: of amounts at most 60 characters.
LET_THROUGH = {
    "scenarios.figures.money._AMOUNT",
    "scenarios.snapshots.lines._PARTS",
    "store.imports.estimates._PART",
    "store.imports.numbers._AMOUNT",
}
CALLS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
LENGTH = 24


def patterns(room: str) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes], set[str]]]:
    """Each pattern that a room holds by a name or writes where it is used, with how it is used."""
    for path in sorted((ROOT / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"\bre\.\w+\(", text):
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()):
                    used = set(re.findall(rf"\b{name}\.(\w+)\(", text)) & CALLS
                    held = getattr(importlib.import_module(module), name, None)
                    if isinstance(held, re.Pattern) and used:
                        yield f"{module}.{name}", held, used
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=attr), args=[ast.Constant(value=str(said)), *_]
                ) if attr in CALLS:
                    flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else re.NOFLAG
                    yield f"{module}:{node.lineno}", re.compile(said, flags), {attr}


def test_the_count_finds_what_squares() -> None:
    assert Steps(re.compile("a+b"), "aaab", 99).anchored(whole=False) > 0
    assert grows(re.compile(r"\s*x"), "search", LENGTH)
    assert grows(re.compile(r"\s*(days?|d)$", re.IGNORECASE), "search", LENGTH)
    assert grows(re.compile(rb"""t\s*=\s*"s"[^>]*>"""), "search", LENGTH)
    assert grows(re.compile(r"(\d+,?)+x"), "fullmatch", LENGTH)
    assert grows(re.compile(r"(?<!\s)\s*x"), "search", LENGTH) is None
    assert grows(re.compile(r"\s*x"), "match", LENGTH) is None
    # Each place looks no further than so far.
    assert grows(re.compile(r"\[[^\]]{3,30}\]"), "search", LENGTH) is None


@pytest.mark.parametrize("room", ["store", "scenarios", "tui"])
def test_every_pattern_is_linear(room: str) -> None:
    looked = 0
    for name, pattern, used in patterns(room):
        if name in LET_THROUGH:
            continue
        looked += 1
        for how in {each if each in ("match", "fullmatch") else "search" for each in used}:
            text = grows(pattern, how, LENGTH)
            assert text is None, f"{name} looks again and again at a run of {text!r}: {pattern.pattern!r}"
    assert looked > 4

"""The pictures of the docs are looks that the tests hold, so that they show the app of today.

``python -m tests.tui.pictures`` copies them to ``docs/`` after a wanted change; what each shows stands in ``PICTURES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LOOKS = Path(__file__).parent / "board" / "__snapshots__" / "test_looks"

#: The pictures in ``docs/`` by the looks that they are of.
PICTURES: Mapping[str, str] = {
    "board.svg": "TestBoard.test_normal",
    "board_light.svg": "TestBoard.test_light",
    "board_80x24.svg": "TestBoard.test_narrow",
    "board_no_colour.svg": "TestBoard.test_no_colour",
    "projector.svg": "TestBoard.test_projector",
    "trade.svg": "TestTrade.test_two_marks",
}


def look(picture: str) -> str:
    """The look that a picture is of, as SVG."""
    return (LOOKS / f"{PICTURES[picture]}.svg").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in PICTURES:
        (DOCS / name).write_text(look(name), encoding="utf-8")

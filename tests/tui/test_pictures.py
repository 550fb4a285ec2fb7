"""The pictures of README and docs are those of today, and each page that shows one finds it."""

from __future__ import annotations

import re

from tests.tui.pictures import DOCS, PICTURES, ROOT, look

_SHOWN = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


def test_pictures_are_of_today() -> None:
    for name in PICTURES:
        assert (DOCS / name).read_text(encoding="utf-8") == look(name), "python -m tests.tui.pictures copies them anew"


def test_each_picture_that_a_page_shows_is_there_and_none_is_forgotten() -> None:
    shown = set()
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        for name in _SHOWN.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / name).is_file(), f"{page.name} shows {name}"
            shown.add((page.parent / name).name)
    assert shown == PICTURES.keys()

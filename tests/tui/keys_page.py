"""``docs/keys.md`` from the tables of keys: `python -m tests.tui.keys_page` writes it anew."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from textual.dom import DOMNode

import tui
from tui.widgets.keys import Keys, shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
#: What stands first; the rest comes by its title.
FIRST = ("The board", "The trade sheet", "The verdict", "Every list", "Everywhere")
_HEAD = """\
# Keys

Each key of each screen, made from the tables that the app itself reads. `?` on the board shows the most wanted of them.
"""


def classes() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the app that has bindings of its own."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.endswith("__main__"):
            continue
        for thing in vars(importlib.import_module(module.name)).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, DOMNode)
                and thing.__module__ == module.name
                and "BINDINGS" in vars(thing)
            ):
                yield thing


def tables() -> list[Keys]:
    """Their tables, in the order of the page."""
    found = [each.KEYS for each in classes() if isinstance(getattr(each, "KEYS", None), Keys)]
    return sorted(found, key=lambda keys: (FIRST.index(keys.title) if keys.title in FIRST else len(FIRST), keys.title))


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for keys in tables():
        parts.append(f"\n## {keys.title}\n\n| Key | Name | What it does | In a keymap |\n| --- | --- | --- | --- |\n")
        for row in keys:
            pressed = " ".join(f"`{shown(key)}`" for key in row.keys.split(","))
            parts.append(f"| {pressed} | {row.name} | {row.help} | `{row.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

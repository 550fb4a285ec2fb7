"""``docs/keys.md`` from the tables of keys: `python -m tests.tui.keys_page` writes it anew."""

from collections.abc import Mapping
from pathlib import Path

from tui.app import keymap
from tui.widgets.keys import Keys, shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
#: What stands first; the rest comes by its title.
FIRST = ("The board", "The trade sheet", "The verdict", "Every list", "Everywhere")
_HEAD = """\
# Keys

Each key of each screen, made from the tables that the app itself reads. `?` on the board shows the most wanted of them;
on a page it answers for a figure, else it lists the page's own.
"""


def tables() -> list[Keys]:
    """Their tables, in the order of the page."""
    found = keymap.tables()
    return sorted(found, key=lambda keys: (FIRST.index(keys.title) if keys.title in FIRST else len(FIRST), keys.title))


def page(given: Mapping[str, str] | None = None) -> str:
    """The whole page, with the keys as they come, or as a keymap has them."""
    app = type("App", (), {"_keymap": dict(given or {})})()
    parts = [_HEAD]
    for keys in tables():
        parts.append(f"\n## {keys.title}\n\n| Key | Name | What it does | In a keymap |\n| --- | --- | --- | --- |\n")
        for row in keys:
            pressed = " ".join(f"`{shown(key)}`" for key in row.live(app))
            parts.append(f"| {pressed} | {row.name} | {row.help} | `{row.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

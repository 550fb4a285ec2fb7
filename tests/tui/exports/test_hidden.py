"""What leaves while the screen hides customers and amounts: read by other readers than ours, none of them is in it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import python_calamine

from store.common.sheets import Column, Sheet
from store.records import Customer
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import demo, opened
from tui.drawing.mask import Mask
from tui.exports.formats import FORMATS, export, reads_back
from tui.exports.hidden import hidden_sheet, hidden_text
from tui.session.session import Session

NASTY = Mask(lambda: ["style", "Müller & Söhne <AG>", "Acme"])


class Words(HTMLParser):
    """All that a browser shows or reads out of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        self.said += [value or "" for name, value in attrs if name in ("title", "alt", "aria-label", "content")]

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.said.append(data)


def words_of(content: str | bytes, name: str) -> str:
    """What a reader of the format finds."""
    if isinstance(content, bytes):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return "\n".join(
            str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
        )
    match name:
        case "csv":
            return "\n".join(cell for row in csv.reader(io.StringIO(content)) for cell in row)
        case "json":
            return "\n".join(str(value) for row in json.loads(content)["rows"] for value in row.values())
        case "html":
            return "\n".join(Words(content).said)
    return content


def test_no_table_in_any_format_has_a_customer_or_an_amount(tmp_path: Path) -> None:
    with Workspace.open(demo(tmp_path)) as workspace:
        session = Session(workspace)
        customers = list(session.state.all(Customer).values())
        told = {name for each in customers for name in (each.name, each.name.split()[0])}
        known = [each.arr for each in customers if each.arr]
        told |= {f"{arr:g}" for arr in known} | {f"{arr:,.0f}" for arr in known} | {f"{arr:.1f}" for arr in known}
        mask = Mask(lambda: (each.name for each in customers))
        seen = 0
        for format in FORMATS.values():
            for kind in format.kinds:
                if reads_back(kind, format) or (kind != "all" and "all" in format.kinds and format.name != "json"):
                    continue
                plain = words_of(export(session.now, kind, format), format.name)
                hidden = words_of(export(session.now, kind, format, mask=mask), format.name)
                seen += sum(word in plain for word in told)
                left = [word for word in told if re.search(rf"\b{re.escape(word)}\b", hidden)]
                assert left == [], (kind, format.name)
                assert plain.count("\n") == hidden.count("\n"), "no row and no cell is lost"
        assert seen > 50, "there was something to hide"


def test_a_page_keeps_its_tags_whatever_a_customer_is_called() -> None:
    page = (
        "<!DOCTYPE html><html><head><style>.style { color: red }</style><title>For Acme</title></head>"
        '<body class="style"><p title="Müller &amp; Söhne &lt;AG&gt; pays $480k">Müller &amp; Söhne &lt;AG&gt; in style'
        " &amp; Acme, $1.2M</p></body></html>"
    )
    hidden = hidden_text(page, "html", NASTY)
    assert Words(hidden).tags == Words(page).tags
    assert ".style { color: red }" in hidden
    assert 'class="style"' in hidden
    assert Words(hidden).said == ["For ░░░░", "░░░░ pays ░░░░", "░░░░ in ░░░░ & ░░░░, ░░░░"]


def test_an_amount_that_is_not_known_stays_so_and_days_are_kept() -> None:
    columns = (Column("account"), Column("revenue", "money"), Column("renews", "date"), Column("ew", "ew"))
    sheet = Sheet(
        "accounts", "Accounts", columns, [("Acme", 480_000.0, date(2027, 3, 1), 2.5), ("Acme", None, None, 0.0)]
    )
    assert list(hidden_sheet(sheet, NASTY).rows) == [
        ("░░░░", "░░░░", date(2027, 3, 1), 2.5),
        ("░░░░", None, None, 0.0),
    ]


async def test_a_file_a_memo_and_a_copy_have_what_the_screen_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(demo(tmp_path)) as room:
        names = [each.name for each in room.state.all(Customer).values()]
        await room.press("f4", "X", "a", "m")
        await room.until(lambda: "hidden in the file, as on the screen" in room.text)
        await room.replace("all.md", "enter")
        await room.until(lambda: "Written:" in room.toasts)
        text = Path("all.md").read_text(encoding="utf-8")
        assert "## In plan" in text
        assert [name for name in names if name in text] == []
        # What is read back is whole, and says so.
        await room.press("X", "p", "l")
        await room.until(lambda: "the file has the customers and amounts" in room.text)
        await room.press("escape")
        await room.press("y")
        assert [name for name in names if name in room.app.clipboard] == []
        assert room.app.clipboard

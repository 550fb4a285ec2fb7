"""Reports of a comparison: true arcs, nothing from elsewhere, and titles that stay text. About 2 s."""

import math
import random
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from scenarios.compare import Side, compare, side_now
from scenarios.plan.mix import Mix, SliceShare, mix_of
from scenarios.reports.compare_html import compare_html
from scenarios.reports.compare_markdown import compare_markdown
from scenarios.reports.pie_svg import pie_svg
from scenarios.snapshots import freeze
from store.records import Customer, Item, Slice
from tests.scenarios.making import add, add_item, planned, wait
from tests.scenarios.snapshots.snapshotting import copied, jumbled, workspace

SPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style></td><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "| a | b |\n| --- |",
    "[click](javascript:alert(1)) ![](http://evil.example/x.png) <http://evil.example>",
    "# heading `code` **bold** ~~x~~ &lt;b&gt; &amp;",
    "1. list\n- other",
    "https://evil.example/ www.evil.example",
    "]]> <!-- -->",
)


def pie(shares: dict[str, float]) -> Mix:
    return Mix(tuple(SliceShare(letter, letter, "", share * 10, share, 0.2) for letter, share in shares.items()))


@pytest.mark.parametrize(
    "shares",
    [
        {"F": 0.5, "I": 0.2, "Q": 0.15, "D": 0.1, "O": 0.05},
        {"F": 0.75, "O": 0.25},
        {"F": 0.9999, "I": 0.0001},
        {"X": 0.3, "Y": 0.3, "F": 0.4},
    ],
)
def test_each_arc_spans_its_share(shares: dict[str, float]) -> None:
    root = ElementTree.fromstring(pie_svg(pie(shares)))
    paths = [each.attrib["d"] for each in root.findall(f"{SPACE}path")]
    assert len(paths) == len(shares)
    total = 0.0
    for path, share in zip(paths, shares.values(), strict=True):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
        middle, (x1, y1), radius, large, (x2, y2) = numbers[0], numbers[2:4], numbers[4], numbers[7], numbers[9:11]
        # SVG's y goes down: clockwise from twelve o'clock is atan2(x, -y).
        turns = [math.atan2(x - middle, middle - y) / (2 * math.pi) % 1 for x, y in ((x1, y1), (x2, y2))]
        assert (turns[1] - turns[0]) % 1 == pytest.approx(share % 1, abs=2e-5)
        assert turns[0] == pytest.approx(total % 1, abs=2e-5)
        assert math.hypot(x1 - middle, y1 - middle) == pytest.approx(radius, abs=1e-3)
        assert large == (share > 0.5)
        total += share
    letters = [each.text for each in root.iter(f"{SPACE}text")]
    assert letters == list(shares)


def test_a_pie_of_one_slice_and_of_none() -> None:
    whole = ElementTree.fromstring(pie_svg(pie({"F": 1.0})))
    assert not whole.findall(f"{SPACE}path")
    assert [each.text for each in whole.iter(f"{SPACE}text")] == ["F"]
    empty = ElementTree.fromstring(pie_svg(pie({"F": 0.0})))
    assert "nothing in plan" in (empty.findtext(f"{SPACE}title") or "")


def test_slices_differ_without_colour() -> None:
    root = ElementTree.fromstring(pie_svg(pie({"F": 0.5, "I": 0.2, "Q": 0.15, "D": 0.1, "O": 0.05})))
    looks = {
        (each.attrib["patternTransform"], each.attrib["width"], len(list(each)))
        for each in root.iter(f"{SPACE}pattern")
    }
    assert len(looks) == 5


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.cells: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "td":
            self.cells[-1] += data


def hostile_pair() -> tuple[Side, Side]:
    one = planned([2.0, 3.0])
    for number, title in enumerate(HOSTILE, 10):
        add_item(one, number, 1.0, title=title, note=title)
        wait(one, number, Customer(id=number, name=title[:190], arr=5.0))
    part = one.all(Slice)[1]
    add(one, part.model_copy(update={"name": HOSTILE[0]}))
    other = copied(one)
    for number in range(10, 10 + len(HOSTILE)):
        add(other, other.all(Item)[number].model_copy(update={"state": "below"}))
    return Side(HOSTILE[1], freeze(one)), Side(HOSTILE[0], freeze(other))


def test_hostile_titles_are_text_in_html() -> None:
    page = Page(compare_html(compare(hostile_pair())))
    assert page.open == []
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "div", "figure", "figcaption",
        "table", "thead", "tbody", "tr", "th", "td", "svg", "defs", "pattern", "rect", "path", "circle", "text",
    }  # fmt: skip
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href", "style")]
    assert not [value for _, value in page.attributes if "//" in value or "javascript" in value]
    # As the store cleans them: on one line.
    for title in HOSTILE:
        assert " ".join(title.split()) in page.cells


def test_a_page_needs_nothing_from_elsewhere_and_holds_both_pies() -> None:
    chance = random.Random(4)
    one = workspace(chance)
    text = compare_html(compare([side_now(one, name="then"), side_now(jumbled(chance, one))]))
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text
    assert "url(http" not in text
    assert text.count("<svg") == 2
    ids = re.findall(r'<pattern id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) == set(ids)
    assert "@media print" in text


def cells(line: str) -> list[str]:
    """The cells of a row as Markdown tells them apart, with its escapes taken back."""
    parts = re.split(r"(?<!\\)\|", line)[1:-1]
    return [re.sub(r"\\(.)", r"\1", part.strip()) for part in parts]


def test_hostile_titles_are_text_in_markdown() -> None:
    text = compare_markdown(compare(hostile_pair()))
    rows = [cells(line) for line in text.split("\n") if line.startswith("|")]
    told = [row[0] for row in rows if len(row) == 4]
    for title in HOSTILE:
        assert " ".join(title.split()) in told
    # What would mean something is written with a backslash: outside of our own marks there is none without.
    for line in text.split("\n"):
        own = re.sub(r"^(#+ |\| )", "", line)
        assert not re.search(r"(?<!\\)[<`*\[\]$_~]", own), line
        assert not re.search(r"(?i)(?<!\\)https?:", own)


def test_both_reports_say_the_figures_and_the_differences() -> None:
    one = planned([2.0, 3.0, 4.0])
    wait(one, 3, Customer(id=1, name="Acme", arr=1200.0))
    other = copied(one)
    add(other, other.all(Item)[3].model_copy(update={"state": "below"}))
    comparison = compare([side_now(one, name="then"), side_now(other)])
    # As on every other page: odds that are not certain are never 100%.
    odds = [f"{100 if side.odds == 1 else min(99, round(100 * side.odds))}%" for side in comparison.figures]
    markdown = compare_markdown(comparison)
    rows = [cells(line) for line in markdown.split("\n") if line.startswith("|")]
    assert rows[0] == ["figure", "then", "now"]
    assert ["load", "9.0 ew", "5.0 ew"] in rows
    assert next(row for row in rows if row[0] == "odds")[1].startswith(odds[0])
    assert ["waits for what is out", "nobody", "1: Acme, $1,200 a year"] in rows
    assert ["item 3", "4.0 ew; below the line on the other side", "", "Acme: $1,200"] in rows
    assert "2 items are the same in both" in markdown
    page = Page(compare_html(comparison))
    for row in rows[2:]:
        if row[0] != "what" and "---" not in row[0]:
            assert all(cell in page.cells for cell in row)
    assert mix_of([], one.each(Slice)).slices


def test_plans_that_are_the_same_are_said_to_be() -> None:
    one = planned([2.0])
    same = compare([side_now(one, name="a"), side_now(one, name="b")])
    assert same.same
    assert "No difference" in compare_markdown(same)
    assert "No difference" in compare_html(same)

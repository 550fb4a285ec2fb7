"""A memo as a web page: what the small Markdown means, and that nothing of a title becomes mark-up. About a second."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.memos.template import plain
from scenarios.plan.mix import Mix, SliceShare
from scenarios.reports.markdown_html import markdown_html, title_of, unmarked
from scenarios.reports.memo_html import memo_html

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![](http://evil.example/x.png) <http://evil.example>",
    "# heading `code` **bold** __x__ ~~x~~ &lt;b&gt; &amp;",
    "1. list\n- other",
    "\\<b> \\\\*a*",
    "**",
    "a ** b",
    "$decisions",
)
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "div",
    ),
    *("figure", "figcaption", "svg", "defs", "pattern", "rect", "path", "circle", "text"),
}


class Page(HTMLParser):
    """Tags in the order in which they open and close, attributes, and the text of the body."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.texts, self._open = set(), set(), [], []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta" and not (self.get_starttag_text() or "").endswith("/>"):
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, "tags close in the order in which they were opened"

    def handle_data(self, data):
        if "body" in self._open and data.strip():
            self.texts.append(data)


def html(*lines):
    return "".join(markdown_html("\n".join(lines)))


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["# One", "two", "three", "", "four"], "<h1>One</h1><p>two three</p><p>four</p>"),
        (["## A", "### B", "#### C", "#D"], "<h2>A</h2><h3>B</h3><p>#### C #D</p>"),
        (["- a", "- b", "", "- c"], "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>"),
        (["- a", "  - b", "  - c", "- d"], "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        (["- a", "  - b"], "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (["  - b", "- a"], "<ul><li>b</li><li>a</li></ul>"),
        (["1. a", "2. b"], "<ol><li>a</li><li>b</li></ol>"),
        (["3. a"], '<ol start="3"><li>a</li></ol>'),
        (["**a** and **b", "c"], "<p><strong>a</strong> and **b c</p>"),
        ([r"\*\*a\*\* \# \<b>"], "<p>**a** # &lt;b&gt;</p>"),
        (["a < b & c"], "<p>a &lt; b &amp; c</p>"),
        ([r"1\. a", r"\- b"], "<p>1. a - b</p>"),
        (["2027-04-01 -5", "a - b"], "<p>2027-04-01 -5 a - b</p>"),
        ([r"C:\temp \ "], r"<p>C:\temp \</p>"),
        (
            ["# C #", "x_y_ __z__ `c` ~~d~~ <e@f> ![g](h) &amp;"],
            "<h1>C #</h1><p>x_y_ __z__ `c` ~~d~~ &lt;e@f&gt; ![g](h) &amp;amp;</p>",
        ),
        (["*a* ***b***", "c \\"], r"<p>*a* *<strong>b</strong>* c \</p>"),
        ([], ""),
    ],
)
def test_what_the_marks_mean(lines, shown):
    assert html(*lines) == shown


def test_the_page_is_called_by_its_first_heading():
    assert title_of("x\n# A \\*b\\* & c\n# D") == "A *b* & c"
    assert "<title>A *b* &amp; c</title>" in memo_html("# A \\*b\\* & c")
    assert title_of("no heading") == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60).filter(lambda text: text.isprintable() and text.strip()))
def test_any_text_from_outside_is_shown_as_it_is(text):
    words = " ".join(text.split())
    assert unmarked(plain(text)) == words
    for made in (f"# {plain(text)}", f"- {plain(text)}", f"- In: {plain(text)}, 1.0 ew", f"**{plain(text)}**: x"):
        shown = Page(f"<body>{html(made)}</body>")
        assert words in "".join(shown.texts)
        assert shown.tags <= {"body", "main", "h1", "ul", "li", "p", "strong"}


def test_hostile_titles_stay_text_and_nothing_comes_from_elsewhere():
    mix = Mix(tuple(SliceShare(letter, "<b>", "", 1.0, 0.5, 0.5) for letter in "FO"))
    lines = [f"# {plain(HOSTILE[1])}", "", *(f"- {plain(each)}" for each in HOSTILE), *HOSTILE]
    page = memo_html("\n".join(lines), [("before <i>", mix), ("after", mix)])
    shown = Page(page)
    assert shown.tags <= ALLOWED
    assert not {name for name in shown.attributes if name.startswith("on") or name in ("href", "src", "style")}
    assert not re.search(r"<[^>]*(http:|javascript:)", page)
    text = " ".join(" ".join(shown.texts).split())
    for each in HOSTILE:
        assert " ".join(each.split()) in text, each
    assert page.count("<svg") == 2
    assert "default-src 'none'" in page


def test_pies_stand_beneath_what_the_meeting_was():
    mix = Mix((SliceShare("F", "Features", "", 3.0, 0.75, 0.5), SliceShare("O", "One-offs", "", 1.0, 0.25, 0.05)))
    page = memo_html("# Memo\n\nwho\n\n## Decisions\n\nNone.", [("before", Mix(())), ("after", mix)])
    order = [page.index(each) for each in ("<h1>", "<p>who", "before: nothing in plan", "after: F 75%, O 25%", "<h2>")]
    assert order == sorted(order)
    assert "<svg" not in memo_html("# Memo\n\n## Decisions")

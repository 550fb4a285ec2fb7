"""The meter, the one-off gauge and the legend: what is drawn is counted, column by column."""

import random
import re

import pytest
from rich.cells import cell_len
from textual.app import App

from tests.tui.rest import come_to_rest
from tui.drawing import bars, dots
from tui.drawing.bars import Part, Tick
from tui.drawing.colours import ColourMode, palette
from tui.drawing.plain import clip, fit, odds_percent, percent, plain
from tui.plan_view.legend import Legend, LegendRow
from tui.plan_view.meter import Meter, OneOffGauge

MODES = list(ColourMode)


class Shown(App[None]):
    def __init__(self, widget, mode=ColourMode.TRUE):
        super().__init__()
        self.colour_mode = mode
        self.widget = widget

    def compose(self):
        yield self.widget


async def rows(widget, width, height, *show, mode=ColourMode.TRUE):
    """The widget's rows of text at a size, and its strips."""
    app = Shown(widget, mode)
    async with app.run_test(size=(width, height)):
        widget.styles.height = height
        widget.show(*show)
        await come_to_rest(app)
        strips = [widget.render_line(y) for y in range(height)]
    assert all(strip.cell_length == width for strip in strips)
    return [strip.text for strip in strips], strips


def loads(middle, count=50, seed=1):
    rng = random.Random(seed)
    return sorted(rng.lognormvariate(0, 0.2) * middle for _ in range(count))


LABELS = ("capacity 62", "40", "100+ ew")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("middle", [0.5, 0.8, 0.95, 1.0, 1.1, 1.6, 3.0])
@pytest.mark.parametrize(("width", "height"), [(44, 11), (40, 9), (60, 14), (36, 8), (120, 20)])
async def test_dots_are_counted(mode, middle, width, height):
    now = loads(middle)
    text, _ = await rows(Meter(), width, height, 0.5, 0.7, None, now, None, *LABELS, mode=mode)
    plot = "".join(text[3:])
    filled, hollow = plot.count("●"), plot.count("○")
    said = re.search(r"(\d+) of (\d+) likely quarters finish", text[2])
    assert said
    fits, count = map(int, said.groups())
    assert count in (20, 50)
    assert filled == fits
    assert filled + hollow == count
    if count == 50:
        assert filled == sum(load <= 1 for load in now)
    else:
        # One dot of 20 is 5 points: thinning may round by one of them.
        assert abs(filled / 20 - sum(load <= 1 for load in now) / 50) <= 0.05


async def test_fifty_dots_where_the_pictures_have_them():
    text, _ = await rows(Meter(), 44, 11, 0.5, 0.7, None, loads(1.0), None, *LABELS)
    assert "of 50 likely quarters" in text[2]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shift", [0.85, 0.95, 1.0, 1.05, 1.2])
async def test_gained_and_lost_dots(mode, shift):
    before = loads(1.03)
    now = [load * shift for load in before]
    text, strips = await rows(Meter(), 46, 12, 0.5, 0.7, 0.4, now, before, *LABELS, mode=mode)
    plot = "".join(text[3:])
    gained = sum(was > 1 >= load for was, load in zip(before, now, strict=True))
    lost = sum(was <= 1 < load for was, load in zip(before, now, strict=True))
    assert (plot.count("◆"), plot.count("◇")) == (gained, lost)
    assert plot.count("●") + plot.count("◆") == sum(load <= 1 for load in now)
    shades = palette("makeroom-dark", mode)
    for strip in strips[3:]:
        for segment in strip:
            if "◆" in segment.text:
                assert segment.style.color == shades.colour("better")
            if "◇" in segment.text:
                assert segment.style.color == shades.colour("worse")


async def test_dots_stand_on_their_side_of_the_capacity():
    for middle in (0.6, 1.0, 1.5):
        text, _ = await rows(Meter(), 44, 11, 0.5, 0.7, None, loads(middle), loads(1.0), *LABELS)
        capacity = text[3].index("┃")
        for row in text[3:-2]:
            assert row[capacity] == "┃"
            assert not set(row[:capacity]) & set("○◇")
            assert not set(row[capacity + 1 :]) & set("●◆")
        assert text[-2][capacity] == "┻"
        assert "capacity 62" in text[-1]
        assert abs(text[-1].index("capacity 62") + 5 - capacity) <= 6


@pytest.mark.parametrize("width", [25, 46, 60, 100])
@pytest.mark.parametrize("target", [0.0, 0.05, 0.5, 0.7, 0.95, 1.0])
async def test_the_tick_stands_at_the_aim(width, target):
    text, _ = await rows(Meter(), width, 3, 0.3, target, None, None, None, *LABELS)
    ticks = [x for x, char in enumerate(text[1]) if char in "▎┃"]
    exact = min(int(target * width), width - 1)
    # The end of the fill may be drawn with the same quarter block; the tick is where it belongs all the same.
    assert exact in ticks
    assert len(ticks) <= 2


async def test_narrow_shows_the_bar_alone():
    text, _ = await rows(Meter(), 25, 11, 0.54, 0.7, 0.40, loads(1.0), loads(1.1), *LABELS)
    assert text[0].startswith("Odds")
    assert text[0].endswith("40% → 54%")
    assert "target 70%" in text[2]
    assert not set("".join(text)) & set("●○◆◇")
    low, _ = await rows(Meter(), 60, 5, 0.54, 0.7, 0.40, loads(1.0), loads(1.1), *LABELS)
    assert low[0].startswith("ODDS  target 70%")
    assert not set("".join(low)) & set("●○◆◇")


@pytest.mark.parametrize("odds", [0.0, 0.001, 0.0049, 0.333, 0.4999, 0.705, 0.9951, 0.9999, 1.0])
async def test_odds_never_have_decimals(odds):
    text, _ = await rows(Meter(), 46, 11, odds, 2 / 3, 1 / 3, loads(1.0), loads(1.1), *LABELS)
    assert not re.search(r"\d[.,]\d", "".join(text))
    shown = int(re.findall(r"(\d+)%", text[0])[-1])
    assert abs(shown - odds * 100) < 1
    assert (shown == 0) == (odds == 0)
    assert (shown == 100) == (odds == 1)


async def test_the_bar_says_gained_and_lost_without_hue():
    gained, _ = await rows(Meter(), 50, 3, 0.8, 0.95, 0.4, None, None, *LABELS)
    assert "▸" in gained[1]
    lost, _ = await rows(Meter(), 50, 3, 0.4, 0.95, 0.8, None, None, *LABELS)
    assert lost[1].count("╱") == 20
    assert "▸" not in lost[1]


def test_bar_lengths_are_exact_to_an_eighth():
    shades = palette("makeroom-dark", ColourMode.TRUE)
    rng = random.Random(3)
    for _ in range(200):
        share, width = rng.random(), rng.randint(4, 60)
        drawn = 0.0
        for segment in bars.bar(width, [Part(share, "fill")], [], shades):
            if segment.text in bars.LEFT[1:8]:
                drawn += bars.LEFT.index(segment.text) / 8
            else:
                drawn += segment.style.bgcolor == shades.colour("fill")
        assert abs(drawn - share * width) <= 1 / 16 + 1e-9


def test_a_tick_is_seen_on_every_colour():
    for mode in MODES:
        for theme in ("makeroom-dark", "makeroom-light"):
            shades = palette(theme, mode)
            for letter in "FIQDO":
                for share in (0.2, 0.9):
                    cell = bars.bar(20, [Part(share, letter)], [Tick(0.5)], shades)[10]
                    assert cell.text == "▎"
                    # The terminal's own ink and ground are both called "default".
                    if mode is not ColourMode.NONE and not cell.style.color.is_default:
                        assert cell.style.color != cell.style.bgcolor


BANDS = [
    (0.0, "within budget"),
    (0.10, "within budget"),
    (0.1001, "over budget"),
    (0.15, "over budget"),
    (0.16, "juggling"),
    (0.20, "juggling"),
    (0.21, "struggling"),
    (0.30, "struggling"),
    (0.31, "off the road"),
    (1.0, "off the road"),
]


@pytest.mark.parametrize(("share", "word"), BANDS)
async def test_one_off_bands(share, word):
    for width in (25, 46):
        # The bands are the same whatever the ceiling is; the mark tells of the ceiling.
        for ceiling in (0.05, 0.10, 0.25):
            text, _ = await rows(OneOffGauge(), width, 2, share, None, ceiling)
            assert word in text[0]
            assert ("✓" in text[0]) == (share <= ceiling)


async def test_one_off_gauge_hatches_what_is_over():
    text, _ = await rows(OneOffGauge(), 46, 2, 0.30, 0.05, 0.10)
    assert "5% → 30%" in text[0]
    assert text[1].count("╳") > 20
    text, _ = await rows(OneOffGauge(), 46, 2, 0.08, 0.05, 0.10)
    assert "╳" not in text[1]


ROWS = [
    LegendRow("F", "Features", 0.52, 0.50, 0.48),
    LegendRow("I", "Infra & -ilities", 0.18, 0.20, 0.17),
    LegendRow("Q", "Quality & debt", 0.20, 0.15, 0.18),
    LegendRow("D", "Discovery", 0.05, 0.10, 0.05),
    LegendRow("O", "One-offs", 0.05, 0.05, 0.12),
]


@pytest.mark.parametrize("mode", MODES)
async def test_legend(mode):
    text, strips = await rows(Legend(), 46, 6, ROWS, mode=mode)
    assert text[0].split() == ["plan", "aim", "gap"]
    assert [row.split()[0] for row in text[1:]] == list("FIQDO")
    ends = [re.search(r"(\d+)% +(\d+)% +(.*\S)", row).groups() for row in text[1:]]
    assert ends == [
        ("52", "50", "▲ 2"),
        ("18", "20", "▼ 2"),
        ("20", "15", "▲ 5"),
        ("5", "10", "▼ 5"),
        ("5", "5", "✓"),
    ]
    worse = palette("makeroom-dark", mode).colour("worse")
    far = [any(s.style.color == worse and ("▲" in s.text or "▼" in s.text) for s in strip) for strip in strips[1:]]
    if mode is not ColourMode.NONE:
        assert far == [False, False, True, True, False]


async def test_compact_legend():
    text, _ = await rows(Legend(), 25, 5, ROWS)
    assert [row.split()[0] for row in text] == list("FIQDO")
    assert text[0].rstrip().endswith("52%  ▲ 2")
    assert "Features" not in "".join(text)


async def test_tall_legend():
    text, _ = await rows(Legend(), 60, 16, ROWS)
    assert "Features" in text[1]
    assert "52%" in text[1]
    assert "52%" not in text[2]
    assert "Infra & -ilities" in text[4]
    text, _ = await rows(Legend(), 34, 12, ROWS)
    assert [row.split()[0] for row in text[1:11:2]] == list("FIQDO")


HOSTILE = [
    "[@click=app.quit]quit[/]",
    "[Q3] fix login [/]",
    "界面を直す界面を直す界面を直す",
    "esc\x1b[31mred\x1b]0;title\x07",
    "tab\tnew\nline",
    "‮reversed",
    "e\u0301clair",
    "👩‍💻 emoji",
    "\x9b31m",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_are_shown_as_they_are(name):
    for width, height in ((46, 2), (60, 2), (60, 4), (30, 4), (25, 1)):
        text, strips = await rows(Legend(), width, height, [LegendRow("F", name, 0.5, 0.5)])
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(text))
        assert all(cell_len(row) == width for row in text)
        assert not any(segment.style.meta for strip in strips for segment in strip if segment.style)
    text, _ = await rows(Legend(), 100, 2, [LegendRow("F", name, 0.5, 0.5)])
    assert clip(name, 24) in text[1]


def test_plain_text():
    assert plain("[@click=app.quit]x") == "[@click=app.quit]x"
    assert plain("a\x1b[0m\x00") == "a␛[0m␀"
    assert plain("a\tb\r\nc") == "a b  c"
    assert clip("界界界", 5) == "界界…"
    assert clip("界界界", 4) == "界…"
    assert clip("abc", 0) == ""
    assert cell_len(fit("界界界", 4)) == 4
    assert fit("ab", 5, "right") == "   ab"
    assert (percent(0.004), percent(0.0), percent(0.005), percent(1.0)) == ("<1%", "0%", "1%", "100%")
    assert (odds_percent(0.999), odds_percent(0.001)) == ("99%", "1%")


def test_axis_holds_the_capacity_and_cuts_the_tail():
    low, high, more = dots.axis([0.8, 0.9, 1.1, 1.2])
    assert (low, high, more) == (0.8, 1.2, False)
    low, high, more = dots.axis([0.8] * 48 + [1.1, 9.0])
    assert more
    assert high < 2
    assert dots.axis([2.0, 3.0])[0] < 1 < dots.axis([2.0, 3.0])[1]
    assert dots.axis([]) == (0.5, 1.5, False)


async def test_nothing_shown_yet_and_labels_that_do_not_fit():
    for widget in (Meter(), OneOffGauge(), Legend()):
        app = Shown(widget)
        async with app.run_test(size=(46, 11)):
            await come_to_rest(app)
            assert widget.render_line(0).text.strip() in ("", "plan  aim   gap", "plan  aim    gap")
    text, _ = await rows(Meter(), 36, 9, 0.5, 0.7, None, loads(1.0), None, "capacity " + "界" * 30, "low", "high")
    assert cell_len(text[-1]) == 36


async def test_only_changed_spans_are_refreshed(monkeypatch):
    widget = Meter()
    app = Shown(widget)
    async with app.run_test(size=(46, 12)):
        widget.show(0.40, 0.7, None, loads(1.0), None, *LABELS)
        await come_to_rest(app)
        asked = []
        monkeypatch.setattr(widget, "refresh", lambda *regions, **_: asked.extend(regions))
        widget.show(0.40, 0.7, None, loads(1.0), None, *LABELS)
        assert asked == []
        widget.show(0.42, 0.7, None, loads(1.0), None, *LABELS)
        assert {region.y for region in asked} == {0, 1}
        assert sum(region.area for region in asked) < 12

"""The words on screen: each is told by the help and stands on their page."""

import re
from pathlib import Path

from rich.cells import cell_len

from store.records import Customer
from tests.tui.app_helpers import demo, opened
from tests.tui.widgets.test_keys_in_words import ROOT, sentences
from tui.board.help_pages import PAGES
from tui.board.palette import BoardCommands
from tui.plan_view.words import INSTEAD_OF, WORDS, words_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "words.md"


def test_the_page_is_what_the_list_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == words_page(), "write it anew from tui.plan_view.words.words_page"


#: Of the words that have another one here, those that somebody else's file, model or card is asked for by.
_ASKED_FOR = {"story", "ticket", "epic", "backlog", "rejected", "branch", "confidence"}


def test_one_thing_has_one_word() -> None:
    others = {word for words in INSTEAD_OF for word in words.split(", ")} - _ASKED_FOR
    assert {"velocity", "client", "deadline", "fork"} <= others
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(others)))})s?\b", re.IGNORECASE)
    # The list itself, and what people may type in the palette. (A principle is called so in examples: no forks.)
    told = {"plan_view/words.py", "board/palette.py"}
    typed = {page.also for page in PAGES}
    found = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in ROOT.rglob("*.py")
        if str(path.relative_to(ROOT)) not in told
        for text in sentences(path.read_text(encoding="utf-8"))
        if " " in text.strip() and text not in typed and pattern.search(text.replace("No forks", ""))
    }
    assert found == set()
    # Odds are held against their target; an aim is a slice's.
    # Nor comes back what was mended: odd English, and second words for what has one.
    mended = re.compile(
        r"past (?:its|their) desk|told? of progress|(?<!there )\bis no (?:size|number|day|amount|key|date)\b"
        r"|with (?:;|commas) between|\bas (?:it comes|they come)\b|” taken away|\blooked? at again\b|\bapart by\b"
    )
    back = {
        text
        for room in ("tui", "scenarios", "store")
        for path in (ROOT.parent / room).rglob("*.py")
        for text in sentences(path.read_text(encoding="utf-8"))
        if mended.search(text)
    }
    assert back == set()
    assert mended.search("“lots” is no amount: write it as 180k")
    mixed = re.compile(r"\b(?:CONFIDENCE|Confidence)\b|\baim \{target|\bodds aim\b")
    rooms = [path for room in ("tui", "scenarios", "store") for path in (ROOT.parent / room).rglob("*.py")]
    assert [str(path) for path in rooms if mixed.search(path.read_text(encoding="utf-8"))] == []
    assert mixed.search('f"odds (aim {target_percent(target)})"')
    assert pattern.search("What this client asks for")
    assert pattern.search("Velocity of the team")


async def test_help_and_palette_tell_each_word(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("question_mark")
        await room.write("what does a word mean")
        text = " ".join(str(room.app.screen.query_one("HangingText").render()).split())
        for word, meaning in WORDS.items():
            assert f"{word} {meaning}" in text, word
        # The words of the header and of the table's heading are among them.
        assert {"net", "load", "room", "odds", "cut", "ew", "weeks"} <= set(WORDS)
        await room.press("escape", "ctrl+p")
        await room.write("flip p")
        await room.until(lambda: "flip point: what is that?" in room.text)
        await room.press("escape")
        await room.until(lambda: not room.dialog)
        # By what people say: what is meant comes first, not what only has its letters.
        for typed, first in (
            ("hire", "Capacity, target and aims"),
            ("who decided", "Decisions and history"),
            ("delete", "Below the line, or bring up"),
            ("theme", "Light or dark"),
            ("priority", "Change many: slice, team, owner, value, priority"),
            ("undo", "Undo"),
            ("Hanseatic", "Hanseatic: EDI 315 status feed"),
            ("blwln", "Below the line, or bring up"),
        ):
            found = [each async for each in BoardCommands(room.board).search(typed)]
            best = max(found, key=lambda each: each.score)
            assert str(best.match_display) == first, (typed, best)
        # To an account, and to a decision.
        for typed, kind, title in (
            ("bluewater", "account", "Bluewater"),
            ("lane bench", "decision", "does anybody move a lane"),
        ):
            await room.press("ctrl+p")
            await room.write(typed)
            await room.until(lambda kind=kind: f"to the {kind}" in room.text)
            await room.press("escape")
            hits = [each async for each in BoardCommands(room.board).search(typed)]
            next(each for each in hits if each.help == f"to the {kind}").command()
            await room.until(lambda: room.dialog in ("AccountsScreen", "History"))
            assert title in room.words("RowPanel" if kind == "account" else "Detail")
            await room.press("escape")
            await room.until(lambda: not room.dialog)
        # And to an item.
        await room.press("ctrl+p")
        await room.write("spot quotes")
        await room.until(lambda: "to the item" in room.text)
        await room.press("down", "enter")
        await room.until(lambda: not room.dialog)
        assert room.on_cursor == "Spot quotes by chat"


async def test_customers_and_amounts_are_hidden_on_every_screen_and_shown_again(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        names = [each.name for each in room.state.all(Customer).values()]

        def seen() -> list[str]:
            found = [name for name in names if name in room.text or f"{name[:6]}…" in room.text]
            # A title says it by the first word.
            found += [name for name in names if name.split()[0] in room.text]
            return [*found, *re.findall(r"[$€]\d+", room.text)]

        screens = (("i",), ("escape", "w"), ("escape", "A"), ("escape",))
        assert "$388k" in room.text
        assert "Hanseatic: EDI 315" in room.text
        await room.press("f4")
        assert seen() == []
        assert ": EDI 315" in room.text
        for keys in screens:
            await room.press(*keys)
            await room.settle()
            assert seen() == [], keys
            assert {cell_len(line) for line in room.lines} == {120}
        await room.press("escape", "X", "p", "m")
        await room.until(lambda: "customers and amounts are hidden in the file, as on the screen" in room.text)
        await room.press("escape")
        await room.press("f4")
        assert "$388k" in room.text

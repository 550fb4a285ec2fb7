"""A case played on the board: what comes by the key and by the clock, the debrief, the moment that a line quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.records.practice import Said
from store.sidecars.plays import state_of
from tests.tui.app_helpers import NARROW, Room, demo, opened, titles
from tests.tui.board.test_every_size import LONG, SIZES, wrong
from tui.practice import play_clock
from tui.practice.case_list import case_named, own_folder
from tui.practice.new_case import sample_case
from tui.practice.play import begin

#: All sizes with MAKEROOM_LONG=1, else the small ones.
EVERY = SIZES if LONG else SIZES[:2]
MAP = "Vägvind: group boarding with a seat map"


class Hands:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at


async def wrong_at_any_size(room: Room, title: str) -> list[str]:
    """What is not to be seen of what is needed, or not to be reached by keys; back to the size of before."""
    found: list[str] = []
    before = room.app.size
    for size in EVERY:
        await room.pilot.resize_terminal(*size)
        await room.settle()
        found += wrong(room, title)
    await room.pilot.resize_terminal(*before)
    await room.settle()
    return found


async def test_a_case_is_played_on_the_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Hands()
    monkeypatch.setattr(play_clock, "time", clock)
    monkeypatch.setattr(play_clock, "MOST", 1e9)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    case, text = case_named("ferry")
    path = begin(case, text, "ada", tmp_path / "play")
    async with opened(path, NARROW) as room:
        # By the key: who says what to whom, in words that fit the smallest screen.
        await room.press("greater_than_sign")
        await room.until(lambda: room.dialog == "SaidDialog")
        assert "Tobias asks, to Maija" in room.text
        assert "€140,000" in room.text
        await room.press("enter")
        assert titles(room.state, "inbox") == [MAP]
        # By the clock: nothing at minute 6, the director's promise at minute 7.
        clock.at = 6 * 60.0
        room.board.play_clock.tick()  # type: ignore[attr-defined]
        await room.settle()
        assert room.dialog != "SaidDialog"
        clock.at = 7 * 60.0 + 1
        room.board.play_clock.tick()  # type: ignore[attr-defined]
        await room.until(lambda: room.dialog == "SaidDialog")
        assert "Director Brandt has promised" in room.text
        # An answer is told at once, about what was spoken of.
        await room.press("t")
        assert MAP[:20] in room.text
        await room.write("account", "tab", "tab")
        await room.write("later", "ctrl+s")
        told = [row for row in room.state.each(Said) if row.kind == "told"]
        assert [(row.to_whom, row.answer) for row in told] == [("account", "later")]
        # That can be taken back; what was said to the player cannot.
        before = len(room.state.all(Said))
        await room.press("u", "u", "u")
        assert len(room.state.all(Said)) == before - 1
    kept = state_of(path)
    assert kept is not None
    assert kept.elapsed == pytest.approx(7 * 60 + 1)


async def test_elsewhere_the_key_says_that_it_is_no_play(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("greater_than_sign")
        assert "This is not a play of a practice case" in room.text


async def test_from_the_list_to_the_debrief_and_back_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    home = demo(tmp_path)
    monkeypatch.setenv("MAKEROOM_DB", str(home))
    before = home.read_bytes()
    own = own_folder()
    own.mkdir(parents=True)
    (own / "monday.toml").write_text(sample_case("monday"), encoding="utf-8")
    (own / "broken.toml").write_text("name = 3", encoding="utf-8")
    async with opened(home) as room:
        await room.press("R", "r", "c")
        # Those of one's own are there, too; what cannot be played says why.
        assert "30 min · 1–5 · gentle · yours" in room.text
        assert "broken.toml, line 1: name is refused" in room.toasts
        assert await wrong_at_any_size(room, "Which case?") == []
        assert "Forty islands and one coach company" in room.text
        assert "20 min · 1–4 · gentle" in room.text
        await room.press("1")
        assert "You are Maija, Product lead." in room.text
        await room.press("enter")
        await room.until(lambda: "Tickets that work without a signal" in room.text)
        await room.press("greater_than_sign")
        await room.until(lambda: room.dialog == "SaidDialog")
        # Here esc is one of two keys, and the one that is named is enter.
        said = await wrong_at_any_size(room, "Tobias asks")
        assert [each for each in said if each != "no way out"] == []
        await room.press("enter", "i")
        await room.press("R", "r", "p", "a")
        await room.until(lambda: room.dialog == "SaidDialog")
        assert "Helmi brings evidence" in room.text
        await room.press("enter", "R", "r", "p", "d")
        await room.until(lambda: "never answered" in room.text)
        assert await wrong_at_any_size(room, "DEBRIEF") == []
        # To the moment that the first line quotes: the journal stands on the entry in which it was asked for.
        while room.app.screen.row.kind != "moment":  # type: ignore[attr-defined]
            await room.press("down")
        await room.press("enter")
        await room.until(lambda: room.dialog == "History")
        assert "Tobias: Vägvind want their groups" in room.text
        # One step back to the debrief, one to the board, and home.
        await room.press("escape")
        assert room.dialog == "DebriefScreen"
        await room.press("escape", "R", "r", "p", "e", "x")
        await room.until(lambda: "Carrier onboarding wizard" in room.text)
    assert not list((tmp_path / "data" / "makeroom" / "practice").glob("ferry-*"))
    assert list((tmp_path / "data" / "makeroom" / "practice" / "debriefs").iterdir())
    assert home.read_bytes() == before


#: Keys from the board to screens and dialogs of the app, and to all that a play has.
SCREENS = (
    *(("h", "enter"), ("C",), ("i", "r"), ("R", "r", "p", "w"), ("R", "r", "p", "t"), ("R", "r", "p", "d")),
    ("greater_than_sign",),
)
#: The others, with MAKEROOM_LONG=1.
MORE = (
    *(("question_mark",), ("c",), ("h",), ("R",), ("R", "m"), ("P",), ("i", "f"), ("i", "e"), ("R", "r"), ("m",)),
    *(("R", "r", "p"), ("R", "r", "c"), ("greater_than_sign",)),
)


def fours(text: str) -> set[str]:
    """Every four words in a row, as they are compared."""
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + 4]) for at in range(len(words) - 3)}


async def test_no_screen_tells_a_brief_or_what_the_case_is_for_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    # On a slow machine the long form takes longer than it is to the next event, which would come up on its own.
    monkeypatch.setattr(play_clock, "time", Hands())
    case, text = case_named("timesheet")
    path = begin(case, text, "ada", tmp_path / "play")
    own = case.role(case.player)
    assert own is not None
    secret = [case.note, *(end.why for end in case.ends), *(look.question for look in case.look_at)]
    for role in case.roles:
        if role != own:
            secret += [role.incentives, role.knows, role.may_give]
    # What a brief says in passing and everybody is told, too, is no secret.
    told = [case.about, own.incentives, own.knows, own.may_give, *(event.says for event in case.events)]
    told += [str(item.model_dump()) for item in (*case.items, *case.brought)]
    hidden = set().union(*map(fours, secret)) - set().union(*map(fours, told))
    assert len(hidden) > 200
    async with opened(path) as room:
        await room.press("greater_than_sign")
        await room.until(lambda: room.dialog == "SaidDialog")
        await room.press("enter")
        for keys in (*SCREENS, *(MORE if LONG else ())):
            await room.press(*keys)
            if keys == ("greater_than_sign",):
                # At the next look of the clock, not with the key.
                await room.until(lambda: room.dialog == "SaidDialog")
            seen = fours(f"{room.text} {room.toasts}")
            if keys[-1] in "wd":
                # A long one: its end as well.
                await room.press("end")
                seen |= fours(room.text)
            assert seen & hidden == set(), keys
            while room.dialog:
                await room.press("escape")
            await room.press("escape")
        # Nor does the workspace hold any, where an export, a page or another seat could find it.
        for rows in room.state.tables.values():
            for row in rows.values():
                for value in row.model_dump().values():
                    assert not isinstance(value, str) or not fours(value) & hidden
        await room.press("R", "r", "p", "d", "end")
        await room.until(lambda: "The last questions" in room.text)
        await room.press(*["up"] * 12)
        assert "is told when the play is over" in room.text

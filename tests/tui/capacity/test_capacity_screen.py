"""The capacity screen: every key, with nets worked out by hand; what is confirmed, what is undone, what stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.records import Absence, Capacity, Command, Person, Place, Slice, Team, TeamTime
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import (
    NARROW,
    NORMAL,
    TODAY,
    WIDE,
    Room,
    demo,
    latest,
    opened,
    small,
    standing,
    stored,
    things,
)
from tests.tui.seats.crew import NET, crew
from tui.seats.dialog_drafts import draft_of, take_up

#: From the team's row to engineer 1 in week 6, which is 1 to 7 February.
TO_WEEK_6 = ("down", "right", "right", "right", "right", "right")


async def look(room: Room, *keys: str) -> None:
    """Open the screen and press keys."""
    await room.press("c")
    await room.until(lambda: room.dialog == "CapacityScreen")
    await room.press(*keys)


def grid(room: Room) -> list[str]:
    return room.words("CapacityGrid").splitlines()


def net_of(room: Room, name: str = "Pay") -> str:
    """The figure at the end of a row."""
    return next(line for line in grid(room) if line.strip(" ▌").startswith(name)).split()[-1]


def foot(room: Room) -> list[str]:
    """What the team's figures are made of, the week's, the draft (long sentences take more lines), and the odds."""
    *made, odds = room.words("CapacityFoot").splitlines()
    found = " ".join(line.strip() for line in made if line.strip())
    return [found, found, found, odds]


def net_in(path: Path) -> dict[str, float]:
    state = stored(path)
    names = {team.id: team.name for team in state.all(Team).values()}
    return {names[row.team_id]: row.net for row in state.all(Capacity).values()}


#: keys on engineer 1 in week 6 (=text types over the field), what the draft is called, days that are left of 192
BY_HAND = {
    "half a day less": (["-"], "0.5 days off in week 6", 191.5),
    "one back": (["-", "-", "+"], "0.5 days back in week 6", 191.5),
    # 1 to 5 February
    "a week of leave": (["v", "ctrl+s"], "leave 1 to 5 Feb", 187),
    # Monday 1 February to Friday 12 February, but only three and a half days of it.
    "some days of leave": (["v", "enter", "=w7", "enter", "=3.5", "ctrl+s"], "leave 1 to 14 Feb", 188.5),
    "on call": (["o"], "on-call 1 to 7 Feb", 187),
    "on call after all not": (["-", "o", "o"], "no on-call", 191.5),
    # 20 days of February and 23 of March go.
    "leaves": (["x"], "engineer 1 leaves 31 Jan", 149),
    # 21 days of January.
    "joins": (["J", "ctrl+s"], "engineer 1 joins 1 Feb", 171),
    # 21 of January, 10 of the two weeks that add nothing, half of the 10 of the next two.
    "joins and gets going": (["J", "enter", "=2", "enter", "=2", "ctrl+s"], "engineer 1 joins 1 Feb", 156),
    "a person more": (["p", "=Mira", "ctrl+s"], "Mira joins Pay", 256),
    # Half of 64 days.
    "part-time": (["e", "=50", "ctrl+s"], "engineer 1 at 50%", 160),
    "a person less": (["d"], "engineer 1 taken out", 128),
    "heads": (["H", "=2", "ctrl+s"], "Pay: 2 people", 128),
    # 90% of 192 days, then 95% of those.
    "focus and interrupts": (["f", "=90", "enter", "=5", "ctrl+s"], "Pay: focus 90%", 164.16),
    # Five days of three people.
    "closed": (["C", "ctrl+s"], "closed 1 to 7 Feb", 177),
    "a plain number": (["n", "=20", "ctrl+s"], "Pay", 100),
}


async def type_keys(room: Room, keys: list[str]) -> None:
    for key in keys:
        await (room.replace(key[1:]) if key.startswith("=") and len(key) > 1 else room.press(key))


@pytest.mark.parametrize("part", [0, 1, 2, 3])
async def test_each_key_by_hand(tmp_path: Path, part: int) -> None:
    """The figure in the draft, the one that is stored, and all of it taken back by one undo."""
    path = crew(tmp_path)
    async with opened(path) as room:
        start = things(room.state)
        for name, (keys, words, days) in list(BY_HAND.items())[part::4]:
            await look(room, *TO_WEEK_6)
            assert net_of(room) == "38.4", name
            await type_keys(room, keys)
            assert room.dialog == "CapacityScreen", name
            assert net_of(room) == f"{days / 5:.1f}", name
            assert words in foot(room)[2], name
            assert "draft" in foot(room)[2]
            assert things(room.state) == start, "a draft until it is confirmed"
            await room.press("enter")
            assert room.dialog == "", name
            assert net_in(path)["Pay"] == pytest.approx(days / 5, abs=1e-6), name
            await room.press("u")
            assert things(room.state) == start, f"{name}: one undo brings all back"


async def test_public_holidays_of_a_place(tmp_path: Path) -> None:
    path = crew(tmp_path)
    async with opened(path) as room:
        await look(room, "down", "P", "a")
        await room.replace("Munich", "enter")
        await room.write("DE-XX", "ctrl+s")
        assert "has no subdivision" in room.text
        await room.replace("DE-BY", "ctrl+s")
        assert net_of(room) == "38.4", "nobody works there yet"
        await room.press("e", "enter", "enter")
        await room.replace("Munich", "ctrl+s")
        # 1 January, 6 January, Good Friday 26 March, Easter Monday 29 March.
        assert net_of(room) == f"{(192 - 4) / 5:.1f}"
        await room.press("right")
        assert "week 2 (4 to 10 Jan, " in foot(room)[1], "which one it is"
        assert "5.0 there - 1.0 holidays" in foot(room)[1]
        await room.press("P", "1")
        assert net_of(room) == "38.4"
        await room.press("P", "1", "enter")
        state = stored(path)
        (place,) = state.all(Place).values()
        assert (place.name, place.country, place.subdivision, place.holidays) == ("Munich", "DE", "BY", True)
        assert next(row.net for row in state.all(Capacity).values()) == pytest.approx(37.6)


async def test_a_plain_team_is_taken_apart_and_keeps_its_net(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 5.0, {})], net=34.0)
    async with opened(path) as room:
        await look(room)
        assert "34.0 net, plain" in foot(room)[0]
        await room.press("-")
        assert net_of(room) == "33.9", "half a day is a tenth of a week"
        await room.press("u", "p")
        assert "H says how many" in foot(room)[2]
        await room.press("H", "ctrl+s")
        # 34.0 over 12.8 a person is three people.
        assert sum("engineer" in line for line in grid(room)) == 3
        assert net_of(room) == "34.0"
        await room.press("enter")
        state = stored(path)
        assert len(state.all(Person)) == 3
        assert len(state.all(TeamTime)) == 1
        assert net_in(path) == {"Pay": 34.0}


async def test_reasons_go_with_the_decision_and_into_the_note(tmp_path: Path) -> None:
    path = crew(tmp_path)
    async with opened(path) as room:
        await look(room, *TO_WEEK_6, "v", "enter", "enter", "enter", "enter")
        await room.write("[b]parental[/b] leave", "ctrl+s")
        assert "because [b]pa" in foot(room)[2]
        await room.press("down", "-", "r")
        await room.replace("two of them are away", "enter")
        assert "because two" in foot(room)[2]
        await room.press("enter")
        state = stored(path)
        decision, moves = latest(state)
        assert decision.kind == "capacity"
        assert decision.because == "two of them are away"
        assert "engineer 1: leave 1 to 5 Feb" in moves["capacity"][0]
        assert "[b]parental[/b] leave" in [row.note for row in state.all(Absence).values()]


async def test_undo_in_the_draft_goes_step_by_step(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        await look(room, *TO_WEEK_6, "-", "x", "t", "right", "t")
        assert net_of(room) == "29.8"
        await room.press("u", "u")
        assert net_of(room) == "38.3"
        await room.press("u")
        assert net_of(room) == "38.4"
        assert "draft, " not in room.text
        await room.press("u")
        assert "Nothing is changed" in foot(room)[2]


async def test_escape_asks_once_and_another_key_goes_on(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        start = things(room.state)
        await look(room, "escape")
        assert room.dialog == "", "nothing was changed: nothing is asked"
        await look(room, *TO_WEEK_6, "-", "escape")
        assert "1 change not confirmed: esc again throws the draft away" in foot(room)[2]
        await room.press("down", "escape")
        assert room.dialog == "CapacityScreen", "it asks again after another key"
        await room.press("escape")
        assert room.dialog == ""
        assert things(room.state) == start
        await look(room)
        assert net_of(room) == "38.4"


async def test_what_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        start = things(room.state)
        await look(room, "-")
        assert "put the cursor on one" in foot(room)[2]
        await room.press(*TO_WEEK_6, "+")
        assert "nothing to take back" in foot(room)[2]
        await room.press("e")
        for wrong in ("150", "many", "-1"):
            await room.replace(wrong, "ctrl+s")
            assert room.dialog == "Form", wrong
        await room.press("escape", "v")
        await room.replace("w99", "ctrl+s")
        assert "weeks 1 to 14" in room.text
        await room.replace("soon", "ctrl+s")
        assert "not a day" in room.text
        await room.press("escape", *["-"] * 11)
        assert "has no day left in week 6" in foot(room)[2]
        assert net_of(room) == "37.4"
        assert things(room.state) == start


async def test_a_click_goes_to_a_person_and_a_week(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        await look(room)
        lines = room.lines
        row = next(at for at, line in enumerate(lines) if "engineer 2" in line)
        head = next(line for line in lines if "CAPACITY" in line)
        await room.click(offset=(head.index(" 9 ") + 1, row))
        assert "engineer 2, week 9 (22 to 28 Feb)" in foot(room)[1]
        await room.press("-")
        assert net_of(room, "engineer 2") == f"{63.5 / 5:.1f}"


async def test_load_stands_against_net(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        await look(room)
        line = next(line for line in grid(room) if "load" in line)
        assert line.split()[1] == "10.0"
        assert line.split()[-1] == "+28.4"
        await room.press("down", "n")
        await room.replace("8", "ctrl+s")
        assert next(line for line in grid(room) if "load" in line).split()[-1] == "-2.0"


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=str)
async def test_no_capacity_at_all_is_shown_as_such(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(crew(tmp_path), size) as room:
        await look(room, "n")
        await room.replace("0", "ctrl+s")
        assert net_of(room) == "0.0"
        assert "→ 0%" in foot(room)[3] or "→ <1%" in foot(room)[3]
        await room.press("enter", "o")
        await room.press("down", "up")
        assert "OPEN SHORTFALL" in room.header


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=str)
async def test_it_fits_the_screen_and_marks_differ_without_colour(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(crew(tmp_path), size) as room:
        await look(room, *TO_WEEK_6, "-", "down", "x", "down", "o")
        one, two, three = (next(line for line in grid(room) if f"engineer {at}" in line) for at in (1, 2, 3))
        assert "▄" in one
        assert "·" in two
        assert "o" in three.removeprefix("▌ engineer 3")
        assert all("▆" in line for line in (one, two, three))
        assert len(room.lines) == size[1]
        assert {len(line) for line in room.lines} == {size[0]}
        assert "esc" in room.lines[-1]
        assert "odds" in foot(room)[3]


async def test_people_and_leave_from_a_file(tmp_path: Path) -> None:
    path, file = crew(tmp_path), tmp_path / "people.csv"
    file.write_text(
        "name,team,share,leave from,leave to\n"
        "engineer 1,Pay,100%,2027-02-01,2027-02-05\n[b]Mira,Pay,0.5,,\nNo,Nowhere,1,,\n"
    )
    async with opened(path) as room:
        start = things(room.state)
        await look(room, "I")
        await room.write(str(tmp_path / "none.csv"), "ctrl+s")
        await room.until(lambda: "There is no file" in " ".join(foot(room)))
        assert "none.csv" in " ".join(foot(room)), "a sentence that is long takes more lines of the foot"
        assert "none.csv" not in room.toasts
        await room.press("I")
        await room.write(str(file), "ctrl+s")
        await room.until(lambda: room.dialog == "Report")
        assert "not taken" in room.text
        assert "Nowhere" in room.text
        assert f"Pay: net {192 / 5:.1f} -> {219 / 5:.1f} ew" in room.text
        await room.press("enter")
        # Five days less, half of 64 more.
        assert net_of(room) == f"{(192 - 5 + 32) / 5:.1f}"
        assert "[b]Mira" in room.words("CapacityGrid")
        assert things(room.state) == start
        await room.press("enter")
        assert net_in(path)["Pay"] == pytest.approx(219 / 5)


# ------------------------------------------------------------------ the door


async def test_what_does_not_fit_opens_the_sheet_and_escape_keeps_the_draft(tmp_path: Path) -> None:
    path = crew(tmp_path, load=29.0, items=10)
    async with opened(path) as room:
        start = things(room.state)
        await look(room, *TO_WEEK_6, "x")
        assert "something has to give" in foot(room)[3]
        await room.press("enter")
        await room.to_items()
        head = room.words("TradeHead")
        assert "SHORT" in head
        assert "Pay 38.4 → 29.8: engineer 1 leaves 31 Jan" in head
        await room.press("escape")
        assert things(room.state) == start
        assert "c takes the draft up again" in room.toasts
        await look(room)
        assert net_of(room) == "29.8"
        await room.press("escape", "escape")
        await look(room)
        assert net_of(room) == "38.4", "thrown away is thrown away"


async def test_left_as_an_open_shortfall_and_undone(tmp_path: Path) -> None:
    path = crew(tmp_path, load=29.0, items=10)
    async with opened(path) as room:
        start = things(room.state)
        await look(room, *TO_WEEK_6, "x", "enter")
        await room.to_items()
        await room.press("o")
        signatures, (shortfall,) = standing(room.state)
        assert signatures == []
        assert "engineer 1 leaves" in shortfall.cause
        assert "OPEN SHORTFALL" in room.header
        assert net_in(path) == {"Pay": pytest.approx(29.8)}
        await room.press("u")
        assert things(room.state) == start
        assert "OPEN SHORTFALL" not in room.header
        await look(room)
        assert net_of(room) == "38.4", "what was settled is no draft any more"


async def test_the_open_sheet_comes_back_with_its_people(tmp_path: Path) -> None:
    """When the terminal goes while the sheet is open, who leaves is not lost."""
    path = crew(tmp_path, load=29.0, items=10)
    async with opened(path) as room:
        await look(room, *TO_WEEK_6, "x", "p")
        await room.replace("Mira", "enter")
        await room.replace("10", "ctrl+s")
        await room.press("enter")
        assert room.board.sheet.trade is not None
        content = json.loads(json.dumps(draft_of(room.board)))
    async with opened(path) as room:
        take_up(room.board, content)
        await room.until(lambda: room.board.sheet.trade is not None)
        await room.to_items()
        await room.press("o")
        people = {one.name: one for one in room.state.all(Person).values()}
        assert people["engineer 1"].ends.isoformat() == "2027-01-31"
        assert people["Mira"].share == 0.1
        # 149 days, and a tenth of 64.
        assert net_in(path) == {"Pay": pytest.approx((149 + 6.4) / 5)}


# ------------------------------------------------------------------ others at the table


async def test_others_change_the_plan_and_the_draft_stays(tmp_path: Path) -> None:
    path = crew(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await look(room, *TO_WEEK_6, "-", "down", "x")
        with Workspace.open(path, actor="Ana", today=TODAY) as ana:
            state = ana.load()
            one = next(row for row in state.all(Person).values() if row.name == "engineer 1")
            ana.apply(Command("capacity", "engineer 1 is Eva", (one.model_copy(update={"name": "Eva", "share": 0.5}),)))
        await room.until(lambda: "Eva" in room.words("CapacityGrid"))
        assert "engineer 1 is Eva" in foot(room)[2]
        # Half of 63.5 days; engineer 2 is there for 21; engineer 3 for 64.
        assert net_of(room) == f"{(31.75 + 21 + 64) / 5:.1f}"
        await room.press("enter")
        assert net_in(path)["Pay"] == pytest.approx(116.75 / 5)
        people = {row.name: row for row in stored(path).all(Person).values()}
        assert people["Eva"].share == 0.5
        assert people["engineer 2"].ends is not None


# ------------------------------------------------------------------ targets


def aims(room: Room) -> dict[str, str]:
    found = {}
    for line in room.words("TargetsTable").splitlines():
        figures = [word for word in line.split() if word.endswith("%")]
        letters = [word for word in line.split() if len(word) == 1 and word in "FIQDO"]
        if figures and letters:
            found[letters[0]] = figures[0]
    return found


async def test_aims_take_from_each_other_and_are_a_hundred(tmp_path: Path) -> None:
    path = demo(tmp_path)
    async with opened(path) as room:
        start = things(room.state)
        await look(room, "t")
        assert "odds target" in room.words("TargetsTable")
        await room.press("down", "shift+right", "shift+right")
        # 40 for the others, D keeps its floor of 10: 30 by 20 : 15 : 5.
        assert aims(room) == {"F": "60%", "I": "15%", "Q": "11%", "D": "10%", "O": "4%"}
        assert "engineering" in room.words("TargetsTable"), "whose a slice is"
        assert "60%" in room.words("Legend")
        await room.press("down", "down", "space", "up", "left")
        assert aims(room) == {"F": "60%", "I": "14%", "Q": "12%", "D": "10%", "O": "4%"}
        await room.press("down", "down", "left")
        assert "at its floor, 10" in foot(room)[2]
        assert things(room.state) == start
        await room.press("enter")
        state = stored(path)
        stand = {part.letter: part.aim for part in state.all(Slice).values()}
        assert stand == {"F": 60, "I": 14, "Q": 12, "D": 10, "O": 4}
        await room.press("u")
        assert things(room.state) == start


async def test_aims_target_and_people_are_one_step(tmp_path: Path) -> None:
    path = crew(tmp_path)
    async with opened(path) as room:
        start, events = things(room.state), stored(path).seq
        await look(room, *TO_WEEK_6, "-", "t", "left", "left", "down", "right", "enter")
        state = stored(path)
        assert state.seq == events + 1
        assert state.quarter.target == 0.68
        assert net_in(path)["Pay"] == pytest.approx(38.3)
        assert sum(part.aim for part in state.all(Slice).values()) == 100
        assert next(part.aim for part in state.all(Slice).values() if part.letter == "F") == 51
        await room.press("u")
        assert things(room.state) == start


async def test_aims_that_are_off_say_by_how_much_and_come_to_a_hundred(tmp_path: Path) -> None:
    path = crew(tmp_path)
    with Workspace.open(path, actor="ada", today=TODAY) as workspace:
        part = next(row for row in workspace.load().all(Slice).values() if row.letter == "F")
        workspace.apply(Command("aims", "aims", (part.model_copy(update={"aim": 62.0}),)))
    async with opened(path) as room:
        await look(room, "t", "down", "right")
        assert "12 points over 100" in foot(room)[0]
        assert "12 points over 100" in foot(room)[2]
        await room.press("=")
        assert sum(int(figure.rstrip("%")) for figure in aims(room).values()) == 100
        assert "The aims are 100 in all" in foot(room)[0]


async def test_nothing_of_net_is_lost_on_the_way(tmp_path: Path) -> None:
    """A draft that is taken up elsewhere, with new people in it, comes to the same figures."""
    path = crew(tmp_path)
    async with opened(path) as room:
        await look(room, *TO_WEEK_6, "v", "ctrl+s", "p")
        await room.replace("Mira", "ctrl+s")
        await room.press("t", "down", "right", "t")
        figure, content = net_of(room), json.loads(json.dumps(draft_of(room.board)))
        assert figure == f"{(NET * 5 - 5 + 64) / 5:.1f}"
    async with opened(path) as room:
        take_up(room.board, content)
        await room.until(lambda: room.dialog == "CapacityScreen")
        assert net_of(room) == figure
        assert "Mira" in room.words("CapacityGrid")
        await room.press("t")
        assert aims(room)["F"] == "51%"


async def test_teams_are_named_made_merged_and_removed(tmp_path: Path) -> None:
    path = small(tmp_path, [("Work", 20.0, {})], 30.0)
    async with opened(path) as room:
        await look(room, "N")
        await room.write("Atlas 2 people", "ctrl+s")
        assert "Atlas" in room.words("CapacityGrid")
        # From the line that adds teams up to Atlas's own: it is renamed in the same draft.
        await room.press("home", "e")
        assert "Pay" in room.text
        await room.replace("Payments", "ctrl+s")
        await room.press("enter")
        names = {team.name for team in room.state.each(Team)}
        assert names == {"Payments", "Atlas"}
        before = net_in(path)
        await look(room, "home", "M")
        await room.write("atlas", "ctrl+s")
        assert "Atlas has people and Payments is a plain number" in room.text
        await room.press("escape", "d")
        await room.write("", "ctrl+s")
        assert "Payments holds 1 item, 1 of them in plan: say which team takes them" in room.text
        await room.write("Atlas", "ctrl+s")
        assert room.dialog == ""
        assert net_in(path) == {"Atlas": before["Atlas"]}
        await room.press("u")
        assert net_in(path) == before


async def test_its_foot_has_the_keys_and_the_marks_of_what_the_cursor_is_on(tmp_path: Path) -> None:
    async with opened(crew(tmp_path)) as room:
        await look(room)
        assert " n net   H by people   N new team " in room.lines[-1], "a team"
        assert "– off" in room.text
        await room.press("down")
        assert " v leave   x leaves   J joins " in room.lines[-1], "a person"
        await room.press("t")
        assert " ← → a point " in room.lines[-1]
        assert "– off" not in room.text, "no week is shown there"
        await room.press("t", "H", "escape", "p", "tab", "tab", "tab", "tab", "tab")
        assert "“Places and public holidays” adds a place" in room.text
        await room.write("Mars", "ctrl+s")
        assert "There is no place “Mars”: there is none yet: a place is made" in room.text

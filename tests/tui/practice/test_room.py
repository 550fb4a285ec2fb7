"""A play that somebody leads for others: roles and their briefs, what is held, skipped, written, and the deck."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.practice.parts import leader, players
from store.records import Command, Item
from store.records.practice import Said
from store.sidecars.plays import state_of
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, opened, titles
from tests.tui.practice.rooms import led, seats, sentences, shared, tick
from tui.practice import play_clock
from tui.practice.case_list import case_named
from tui.practice.debriefs import debrief_now

MAP = "Vägvind: group boarding with a seat map"


class Hands:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(play_clock, "time", hands)
    monkeypatch.setattr(play_clock, "MOST", 1e9)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return hands


async def test_three_seats_play_and_each_brief_is_at_its_own_alone(tmp_path: Path, clock: Hands) -> None:
    path, (case, _) = led(tmp_path), case_named("ferry")
    async with seats(path) as (ana, ben, cleo):
        # Two roles are taken; each seat reads its own brief, and no other seat ever does.
        await ben.press("R", "r")
        assert "the deck, for whoever leads" not in ben.text, "what to listen for is in the script"
        await ben.press("r", "2")
        assert "You are Tobias, Sales lead" in ben.text
        assert "two go back" not in ben.text
        told = " ".join(ben.text.split())
        assert all(text[:40] in told for text in sentences(case, "sales"))
        await cleo.press("R", "r", "r")
        assert "Ben plays it" in cleo.text, "however short ago he took it"
        await cleo.press("2")
        assert "Ben plays Sales lead (Tobias): take another role" in cleo.toasts
        await cleo.press("R", "r", "r", "3")
        assert "You are Aino, Engineering lead" in cleo.text
        await ana.until(lambda: "Cleo" in ana.text, "who plays whom, in the script")
        for seat, own in ((ana, ()), (ben, ("sales",)), (cleo, ("engineering",))):
            for key in {role.key for role in case.roles} - {*own}:
                assert not [text for text in sentences(case, key) if text[:30] in " ".join(seat.text.split())]
        await ben.press("enter")
        await cleo.press("enter")

        # The clock stands until it is let run; then what is due comes, with who says what, at the others' seats.
        clock.at = 120.0
        await tick(ana)
        assert titles(ana.state, "inbox") == []
        await ana.press("space")
        assert "the clock runs" in ana.text
        clock.at = 190.0
        await tick(ana, ben, cleo)
        await ben.until(lambda: ben.dialog == "SaidDialog")
        assert "Tobias asks, to Maija" in ben.text
        assert "You play Tobias: it is yours to stand for." in ben.text
        await cleo.until(lambda: cleo.dialog == "SaidDialog")
        assert "You play" not in cleo.text
        await ben.press("enter")
        await cleo.press("enter")
        assert titles(ana.state, "inbox") == [MAP]
        await ana.until(lambda: ana.dialog == "LeadScreen" and "SAID SO FAR" in ana.text, "the script with what came")

        # Held: the director's promise does not come at its minute. Skipped: nor does Sakari's leaving. Written: a word.
        await ana.press("home", "down", "h")
        assert "held" in ana.text
        await ana.press("down", "s")
        assert "skipped" in ana.text
        clock.at = 30 * 60.0
        for _ in range(3):
            await tick(ana)
        came = [row.event for row in ana.state.each(Said)]
        assert came == ["coaches-ask", "louder"], "neither what is held, nor what is skipped"
        await tick(ben)
        # The row of news says it, too, a moment before.
        await ben.until(lambda: ben.dialog == "SaidDialog" and "Everyone wants this." in ben.text)
        await ben.press("enter")
        await ana.press("w")
        await ana.write("Harbour master", "tab")
        await ana.write("The quay is closed in June.", "tab", "tab")
        await ana.write("seat map", "ctrl+s")
        assert ana.dialog == "LeadScreen"
        await tick(ben)
        await ben.until(lambda: ben.dialog == "SaidDialog" and "Harbour master says, about" in ben.text)
        assert "The quay is closed in June." in ben.text
        await ben.press("enter")
        # The item is another one now, and the promise about it is sent all the same: the words come, and that is said.
        with Workspace.open(path, actor="Cleo") as workspace:
            asked = item(workspace.load(), MAP)
            workspace.apply(Command("edit", "boarding lists", (asked.model_copy(update={"title": "Boarding lists"}),)))
        await ana.until(lambda: titles(ana.board.session.state, "inbox") == ["Boarding lists"])
        await ana.press("home", "down", "enter")
        assert "is not in this workspace any more" in ana.toasts
        assert [row.event for row in ana.state.each(Said)][-1] == "director-promises"
        await ben.until(lambda: ben.dialog == "SaidDialog" and "I told her June" in ben.text)
        await ben.press("enter")

        # A question of the deck, at each seat, until it is closed.
        await ana.press("d")
        await tick(ben, cleo)
        await ben.until(lambda: ben.dialog == "QuestionDialog" and "What exactly are we deciding now" in ben.text)
        assert "Listen for" not in ben.text
        assert "Listen for" not in cleo.text
        await ana.press("D")
        await tick(ben)
        await ben.until(lambda: ben.dialog == "", "the question is closed")

        # Only whoever leads lets come what is to come, and reads the debrief before the end.
        await ben.press("greater_than_sign")
        assert "Ana leads this play" in ben.toasts
        await ben.press("R", "r", "p")
        assert "debrief" not in ben.text
        await ben.press("escape", "R", "r", "l")
        assert "Ana leads this play: once they leave" in ben.toasts

        # Nothing of a brief is in any file but the case.
        for file, content in shared(path):
            for role in case.roles:
                for text in sentences(case, role.key):
                    assert text[:40].encode() not in content, file
                    assert json.dumps(text[:40]).strip('"').encode() not in content, file
        assert {part.role: part.name for part in ana.state.tables["parts"].values()} == {
            "": "Ana",
            "sales": "Ben",
            "engineering": "Cleo",
        }

        # How it was led is kept, and the debrief says so.
        kept = state_of(path)
        assert kept is not None
        assert (kept.let_go, kept.skipped, kept.asked) == (("director-promises",), ("sakari",), (0,))
        await ana.press("escape", "R", "r", "p", "d")
        await ana.until(lambda: ana.dialog == "DebriefScreen" and "never answered" in ana.text)
        debrief = debrief_now(ana.board.session, ana.board.play_clock.play)  # type: ignore[attr-defined]
        assert debrief.who == "Ben, Cleo, led by Ana"
        led_lines = [line.words for line in debrief.lines if line.topic == "led"]
        assert led_lines == [
            "Held, and sent later: Director Brandt: I had Vägvind's owner on the phone. I told her June. "
            "You will find a way, you always do.",
            "Skipped, and never said: Aino: Sakari takes the post at the harbour. His last day is the 4th of June.",
            "Written on the spot: Harbour master says: The quay is closed in June.",
            "The room was asked: What exactly are we deciding now, and what have we already decided without noticing?",
            "Ana led; Ben as Tobias, Cleo as Aino.",
        ]
        heard = " ".join(line.words for line in debrief.lines if line.topic == "heard")
        assert "Maija (Product lead), whom nobody played, is in no decision" in heard
        assert "Tobias (Sales lead), whom Ben played, is in no decision" in heard


async def test_a_key_for_an_event_that_comes_in_this_moment_sends_no_other(tmp_path: Path, clock: Hands) -> None:
    path = led(tmp_path)
    async with opened(path, actor="Ana", seated=True) as ana:
        await ana.until(lambda: ana.dialog == "LeadScreen")
        await ana.press("space", "home")
        clock.at = 90.0
        await tick(ana)
        assert titles(ana.state, "inbox") == [MAP]
        await ana.press("enter")
        assert "Go to an event that is to come first" in ana.toasts
        await ana.press("h", "s")
        assert [row.event for row in ana.state.each(Said)] == ["coaches-ask"]
        kept = state_of(path)
        assert kept is not None
        assert (kept.held, kept.skipped) == ((), ())
        # What is sent by the key lets the cursor go on to what is next.
        await ana.press("home", "down", "enter", "enter")
        assert [row.event for row in ana.state.each(Said)] == ["coaches-ask", "director-promises", "sakari"]


async def test_what_another_seat_writes_as_the_clock_ticks_is_not_lost(tmp_path: Path, clock: Hands) -> None:
    path = led(tmp_path)
    async with opened(path, actor="Ana", seated=True) as ana:
        await ana.until(lambda: ana.dialog == "LeadScreen")
        await ana.press("space")
        one = next(iter(ana.state.each(Item)))
        with Workspace.open(path, actor="Ben") as ben:
            ben.apply(Command("edit", "owner", (one.model_copy(update={"owner": "Dora"}),)))
        # Before anything else looks: the clock sends nothing while there is news, and leaves the news to who shows it.
        ana.board.play_clock.tick()  # type: ignore[union-attr]
        await ana.until(lambda: ana.board.session.state.all(Item)[one.id].owner == "Dora", "what Ben wrote")


async def test_whoever_leads_leaves_and_another_takes_the_lead(tmp_path: Path, clock: Hands) -> None:
    path = led(tmp_path)
    async with opened(path, actor="Ben", seated=True) as ben:
        async with opened(path, actor="Ana", seated=True) as ana:
            await ben.until(lambda: "2 seats" in ben.header)
            await ana.until(lambda: ana.dialog == "LeadScreen")
            await ben.press("R", "r", "l")
            assert "Ana leads this play: once they leave" in ben.toasts
        await ben.until(lambda: "2 seats" not in ben.header)
        ben.forget_toasts()
        for _ in range(6):
            await tick(ben)
        assert "Ana leads this play, and is not here: the clock stands. R r l takes the lead." in ben.toasts
        await ben.press("R", "r", "l", "t")
        assert ben.dialog == "LeadScreen"
        assert leader(ben.state) == "Ben"
        assert "the clock stands" in ben.text
        await ben.press("space", "enter")
        assert titles(ben.state, "inbox") == [MAP]
        # Ana comes back: she is one of the others now, and her role is hers to take.
        async with opened(path, actor="Ana", seated=True) as ana:
            await tick(ana)
            assert ana.dialog == ""
            assert "Ben leads this play: R r r takes a role." in ana.toasts
    assert players(ben.state)[""].name == "Ben"

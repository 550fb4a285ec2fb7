"""A script at a moment of its play: what is to come, what cannot come any more, and what is counted of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files

from scenarios.practice.case_file import read_case
from scenarios.practice.debrief import debrief_of
from scenarios.practice.play_log import log_after
from scenarios.practice.script import Script, happens
from scenarios.practice.setting import setting
from store.records import Decision, Item, State
from store.workspace.defaults import beginning

FRESH = State().overlay(beginning("fresh", date(2027, 1, 1)))
TEXT = files("scenarios.practice").joinpath("cases", "timesheet.toml").read_text(encoding="utf-8")
CASE = read_case(TEXT, "timesheet.toml")
AT = datetime(2028, 7, 3, 12, tzinfo=UTC)


def asked() -> tuple[State, Item]:
    """The play once its ask has come."""
    state = FRESH.overlay(setting(CASE, FRESH))
    event = next(each for each in CASE.events if each.asks is not None)
    state = state.overlay(happens(Script(CASE, state), event, AT).command)
    assert event.asks is not None
    return state, Script(CASE, state).items[event.asks.title]


def decided(state: State, item: Item, where: str) -> Script:
    row = Decision(id=900, quarter_id=state.quarter.id, at=AT, kind="trade", title=item.title, item_id=item.id)
    tables = {name: dict(rows) for name, rows in state.tables.items()}
    tables["decisions"][row.id] = row
    tables["items"][item.id] = item.model_copy(update={"state": where})
    return Script(CASE, State(tables=tables))


def by_answer(answer: str) -> str:
    return next(event.key for event in CASE.events if event.answer == answer)


def test_what_was_for_another_answer_is_not_sent_and_is_not_to_come() -> None:
    state, item = asked()
    before = Script(CASE, state)
    # Nothing is decided: all three answers can still be given, and nothing is off.
    assert before.not_sent == {}
    assert {by_answer(answer) for answer in ("yes", "no", "other")} <= {event.key for event in before.left}
    for where, given, others in (("plan", "yes", ("no", "other")), ("declined", "no", ("yes", "other"))):
        script = decided(state, item, where)
        left = {event.key for event in script.left}
        assert by_answer(given) in left
        words = {"yes": "it was for a yes", "no": "it was for a no", "other": "it was for what is neither yes nor no"}
        assert script.not_sent == {by_answer(other): words[other] for other in others}
        assert not left & set(script.not_sent)
        for other in others:
            event = script.open_event(by_answer(other))
            assert event is not None
            assert script.waits_for(event) == f"is not sent: {words[other]}"
    # Taken back and decided otherwise, what was off can come, and the other way round.
    assert by_answer("no") in decided(state, item, "plan").not_sent
    assert by_answer("no") not in decided(state, item, "declined").not_sent
    assert decided(state, item, "plan").not_sent_words == (
        "1 event not sent: it was for a no. 1 event not sent: it was for what is neither yes nor no."
    )


def test_a_principle_is_broken_by_what_came_in_and_not_by_what_was_declined() -> None:
    state, item = asked()
    for where, broken in (("inbox", 0), ("declined", 0), ("plan", 1), ("done", 1)):
        now = decided(state, item, where).state
        assert debrief_of(log_after(CASE, state, now, ()), "Ana", AT).figures.broken == broken

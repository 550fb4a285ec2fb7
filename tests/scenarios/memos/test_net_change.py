"""Memos of random meetings against two states, by a second reader. About four seconds (300 with MAKEROOM_LONG=1)."""

import os
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.memos import account_memo, executives_memo, meeting_on, team_memo
from store.records import Capacity, Item, Move, Quarter, Size, State, Wait
from store.records.negotiation import WayOut
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.memos.second_reader import check_account, check_inside, check_money
from tests.scenarios.negotiating import charter, customer, decision, principle

TEMPLATES = Path(__file__).parents[3] / "scenarios" / "memos" / "templates"
TEAM, EXECUTIVES, ACCOUNT = ((TEMPLATES / f"{name}.md").read_text() for name in ("team", "executives", "account"))
#: An item's answer besides yes and no, that takes nothing of the teams.
AWAY = ("services", "partner", "buy", "package", "configure", "sequence")
STEPS = ("trade", "trade", "accept", "drop", "decline", "defer", "away", "pilot", "estimate", "capacity", "over-commit")


@st.composite
def meetings(draw):
    """(before, after) of a few decisions, each written as the door writes it: items, sizes, lines, ways out."""
    state = empty()
    charter(state)
    principle(state, 1, "No forks")
    for number in range(1, 5):
        customer(state, number, f"Account {'ABCD'[number - 1]}x", draw(st.sampled_from((None, 50_000.0 * number))))
    for number in range(1, 9):
        where = draw(st.sampled_from(("plan", "plan", "below", "inbox")))
        add_item(state, number, draw(st.integers(5, 60)) / 10, title=f"thing {number:02}", state=where)
        for waiting in draw(st.sets(st.integers(1, 4), max_size=2)):
            add(state, Wait(id=10 * number + waiting, item_id=number, customer_id=waiting))
    began = State({name: dict(table) for name, table in state.tables.items()})
    for number in range(1, draw(st.integers(1, 6)) + 1):
        step(draw, state, number)
    if draw(st.integers(0, 3)) == 0:
        close(draw, state, 90)
        step(draw, state, 91)
    return began, state


def step(draw, state, number):
    """One decision."""
    kind = draw(st.sampled_from(STEPS))
    items = state.all(Item)
    there = [key for key, item in items.items() if item.state == "plan"]
    free = [key for key, item in items.items() if item.state in ("below", "inbox")]
    subject = {"drop": there, "estimate": there}.get(kind, free)
    if kind != "capacity" and not subject:
        return
    about = draw(st.sampled_from(sorted(subject))) if kind != "capacity" else None
    title = items[about].title if about else "Pay 30.0 → 25.0"
    named = {"away": "defer", "pilot": "accept"}.get(kind, kind)
    at = NOON + timedelta(minutes=number)
    decision(state, number, kind=named, title=title, item_id=about, at=at, quarter_id=state.quarter.id)
    if kind in ("trade", "accept", "over-commit", "pilot"):
        put(state, about, "plan")
        if kind == "pilot":
            resize(state, number, about, 0.4, None)
            way(state, number, about, kind, effort=0.4)
        line(state, number, about, "in")
    elif kind == "estimate":
        resize(state, number, about, draw(st.integers(5, 80)) / 10, "")
    elif kind in ("drop", "defer", "away", "decline"):
        put(state, about, "declined" if kind == "decline" else "below")
        if kind == "drop":
            line(state, number, about, "out")
        if kind in ("away", "decline"):
            named = kind if kind == "decline" else draw(st.sampled_from(AWAY))
            way(state, number, about, named, principle_id=1 if kind == "decline" else None)
    elif kind == "capacity":
        (row,) = (
            state.all(Capacity).values() if len(state.all(Capacity)) == 1 else list(state.all(Capacity).values())[-1:]
        )
        add(state, row.model_copy(update={"net": row.net - 1.0}))
    if kind in ("trade", "capacity"):
        give = sorted(draw(st.sets(st.sampled_from(sorted({*there, 0})), max_size=2)) - {0, about})
        for key in give:
            how = draw(st.sampled_from(("out", "version", "way")))
            if how == "version" and effort(state, key) > 0.4:
                resize(state, number, key, round(effort(state, key) / 2, 2), "lite")
                continue
            put(state, key, "below")
            line(state, number, key, "out")
            if how == "way":
                way(state, number, key, draw(st.sampled_from(AWAY)))


def close(draw, state, number):
    """The quarter ends: some are done, the rest is below the line, and the next quarter is planned."""
    old = state.quarter
    decision(state, number, kind="close", title="Q1 closed", at=NOON + timedelta(hours=2))
    for item in list(state.all(Item).values()):
        if item.state == "plan":
            done = draw(st.booleans())
            put(state, item.id, "done" if done else "below")
            if done:
                line(state, number, item.id, "out")
    add(state, old.model_copy(update={"state": "closed"}))
    starts = old.ends + timedelta(days=1)
    add(state, Quarter(id=2, name="Q2", starts=starts, ends=starts + timedelta(days=90)))
    add(state, Capacity(id=50, quarter_id=2, team_id=1, net=28.0))


def effort(state, key):
    return sum(size.likely for size in state.all(Size).values() if size.item_id == key)


def put(state, key, where):
    add(state, state.all(Item)[key].model_copy(update={"state": where}))


def line(state, number, key, kind, title=""):
    made = len(state.all(Move)) + 1
    said = title or state.all(Item)[key].title
    add(state, Move(id=made, decision_id=number, item_id=key, kind=kind, title=said, ew=effort(state, key)))


def resize(state, number, key, ew, version):
    """To so much; ``version`` names the first version that it becomes, None where the line says it came in."""
    size = next(size for size in state.all(Size).values() if size.item_id == key)
    add(state, size.model_copy(update={"likely": ew}))
    if version is not None:
        title = state.all(Item)[key].title
        line(state, number, key, "resized", f"{title} → {version}" if version else title)


def way(state, number, key, kind, **given):
    made = len(state.all(WayOut)) + 1
    add(state, WayOut.model_validate({"id": made, "item_id": key, "decision_id": number, "kind": kind} | given))


@settings(max_examples=300 if os.environ.get("MAKEROOM_LONG") else 50, deadline=None)
@given(meetings())
def test_every_memo_says_what_two_states_say(made):
    began, ended = made
    held = meeting_on(began, ended, NOON.date())
    executives = executives_memo(held, EXECUTIVES)
    for memo in (executives, team_memo(held, TEAM)):
        check_inside(memo, began, ended)
    check_money(executives, began, ended)
    for key in range(1, 5):
        check_account(account_memo(held, key, ACCOUNT).text, key, began, ended)

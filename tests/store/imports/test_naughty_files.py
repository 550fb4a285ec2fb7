# ruff: noqa: E501 (tables of strategies read best by the line)
"""Files that others may put beside a workspace, and names that they may give: whatever they hold, nothing fails.

About 4 s.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import plan_of
from scenarios.trade.door import Trade
from scenarios.trade.resumption import ask
from store.common.errors import Refused, StoreError
from store.database.places import database_path
from store.sidecars.drafts import find_drafts, save_draft
from store.sidecars.seats import Seats, read_seat, seats_folder
from store.workspace.workspace import Workspace
from tests.scenarios.making import add_item, planned
from tests.tui.naughty import naughty, obeyed
from tui.board.who_is_here import seat_words

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), 2**63, 1e308, -1.0, 0, 1, True]), st.integers(-2, 60)
)  # fmt: skip
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=30))
ANY = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner), max_leaves=12
)
#: A seat that is nearly right: most of what is read of it is what it should be.
SEAT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=30) | ANY,
        "where": st.sampled_from(["board", "trade", "quickadd", "\x1b[2J"]) | ANY,
        "follows": st.text(max_size=9) | ANY,
        "cursor": NUMBERS | ANY,
        "marks": st.lists(NUMBERS, max_size=5) | ANY,
        "asked": st.dictionaries(st.sampled_from(["kind", "item", "sizes", "gone"]), LEAVES) | ANY,
        "started": NUMBERS,
        "moved": NUMBERS,
    },
)
STATE = planned([(1.0, 2.0, 4.0), 3.0, 2.0])
add_item(STATE, 50, (3.0, 6.0, 9.0), state="inbox")
DEEP = "[" * 100_000


@contextmanager
def held(database: Path, stem: str, said: bytes) -> Iterator[None]:
    """A seat of somebody else, who is there and says this."""
    folder = seats_folder(database)
    folder.mkdir(exist_ok=True)
    lock = folder / f"{stem}.seat"
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    (folder / f"{stem}.json").write_bytes(said)
    try:
        yield
    finally:
        os.close(descriptor)


@QUICK
@given(SEAT)
def test_a_seat_may_say_anything(tmp_path_factory: pytest.TempPathFactory, row: dict[str, Any]) -> None:
    """What is read of it can be shown and asked, whoever wrote it."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps({**row, "session": "s"}), encoding="utf-8")
    seat = read_seat(path, "s")
    if seat is None:
        return
    assert obeyed(seat.name + seat.where + seat.follows) == []
    assert math.isfinite(seat.moved)
    assert seat_words(seat, STATE)
    if seat.asked is not None:
        asks(dict(seat.asked))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff", b"{", b"[]", b"null", b"1e999", DEEP.encode()[:16_000], b"{" + b" " * 20_000]
)
def test_a_seat_that_is_none_is_passed_over(tmp_path: Path, raw: bytes) -> None:
    with held(tmp_path / "room.db", "bb22", raw):
        ana = Seats(tmp_path / "room.db", "aa11", "Ana")
        assert ana.take()
        assert ana.others() == ()
        ana.leave()


def test_a_seat_cannot_be_called_what_no_seat_is_called(tmp_path: Path) -> None:
    """Its name goes to the log: a line break in it would begin a line of its own there."""
    database = tmp_path / "room.db"
    for stem in ("x\n2026 INFO all is well", "x\x1b[2J", "a b"):
        with held(database, stem, json.dumps({"session": stem, "name": "Eve"}).encode()):
            assert Seats(database, "aa11", "Ana").others() == ()
    with held(database, "x12", json.dumps({"session": "x12", "name": "Eve"}).encode()):
        assert [seat.name for seat in Seats(database, "aa11", "Ana").others()] == ["Eve"]


def asks(asked: dict[str, Any]) -> None:
    """It can be asked of the plan, or a Refused says why not."""
    try:
        proposal = ask(STATE, asked, "the plan is below its target")
    except Refused:
        return
    before = Forecast(DRAWS, plan_of(STATE))
    odds = Trade.of(STATE, proposal, before).asked.odds
    assert 0 <= odds <= 1


DRAWS = Draws(7)


@QUICK
@given(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["estimate", "capacity", "trade", "settle", "?"])},
        optional={
            "item": st.sampled_from([1, 2, 50, 99, True, None, "1", 10**400]),
            "gone": st.lists(NUMBERS, max_size=2) | ANY,
            "sizes": st.dictionaries(st.sampled_from(["1", "2", "x", "1e3"]), st.lists(NUMBERS, min_size=3, max_size=3) | ANY),
            "net": st.dictionaries(st.sampled_from(["1", "2", "x"]), NUMBERS | ANY),
            "new": st.lists(st.tuples(st.text(max_size=9), NUMBERS), max_size=2) | ANY,
            "target": NUMBERS | ANY,
        },
    )
)  # fmt: skip
def test_whatever_a_seat_asks(asked: dict[str, Any]) -> None:
    """Through JSON, as it comes."""
    asks(json.loads(json.dumps(asked)))


@QUICK
@given(ANY, NUMBERS | ANY)
def test_a_draft_may_hold_anything(tmp_path_factory: pytest.TempPathFactory, content: Any, saved: Any) -> None:
    database = tmp_path_factory.getbasetemp() / "drafts.db"
    folder = seats_folder(database)
    folder.mkdir(exist_ok=True)
    text = json.dumps({"name": "Ana", "saved": saved, "content": content})
    (folder / "one.draft").write_text(text, encoding="utf-8")
    for draft in find_drafts(database, "Ana"):
        assert math.isfinite(draft.saved)
        assert isinstance(draft.content, dict)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", DEEP.encode(), b'{"name":"Ana","saved":' + b"9" * 5_000 + b"}"])
def test_a_draft_that_is_none_is_passed_over(tmp_path: Path, raw: bytes) -> None:
    database = tmp_path / "room.db"
    assert save_draft(database, "whole", "Ana", {"talk": "add"})
    (seats_folder(database) / "broken.draft").write_bytes(raw)
    assert [draft.content for draft in find_drafts(database, "Ana")] == [{"talk": "add"}]


def test_whoever_is_at_the_keyboard(tmp_path: Path) -> None:
    """``--as`` with any text: the journal holds one short line of it, or a word in its place."""
    path = tmp_path / "room.db"
    Workspace.open(path, actor="ada").close()
    for text in naughty(120):
        with Workspace.open(path, actor=text, read_only=True) as workspace:
            assert workspace.actor.strip(), repr(text)
            assert len(workspace.actor) <= 200
            assert obeyed(workspace.actor) == []
            workspace.actor.encode()


def test_a_home_of_nobody(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="write the whole path"):
        database_path("~nobody-of-that-name/room.db")
    with pytest.raises(StoreError, match="write the whole path"):
        Workspace.open("~nobody-of-that-name/room.db")

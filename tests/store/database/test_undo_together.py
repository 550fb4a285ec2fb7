"""Undo where several people work: each their own, nobody's later change is lost, and who is in the way is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.common.errors import StaleError
from store.database.journal import REDO, UNDO
from store.database.verify import verify
from store.records import Command, Customer, Item, Size, Team, Wait
from tests.store.helpers import content, fresh, item, put


@pytest.fixture
def seats(tmp_path):
    ada, grace, joan = (fresh(tmp_path / "a.db", actor=name) for name in ("ada", "grace", "joan"))
    yield ada, grace, joan
    for seat in (ada, grace, joan):
        seat.close()
    assert verify(tmp_path / "a.db").sound


def add(seat, title, **values):
    """A new item; returns its id."""
    return seat.apply(put(item(-1, title=title, **values), label=f"add {title}")).ids[-1]


def change(seat, number, label="change", **values):
    one = seat.load().all(Item)[number]
    return seat.apply(put(one.model_copy(update=values), label=label))


def titles(seat):
    return sorted(one.title for one in seat.load().each(Item))


class TestEachTheirOwn:
    def test_the_latest_of_ones_own_though_others_came_after(self, seats):
        ada, grace, _ = seats
        add(ada, "a1")
        add(grace, "g1")
        add(ada, "a2")
        add(grace, "g2")
        others = {grace.session}
        assert ada.undo_event(others).label == "add a2"
        assert ada.undo(others=others).event.label == "add a2"
        assert titles(ada) == ["a1", "g1", "g2"]
        assert ada.undo(others=others).event.label == "add a1"
        assert ada.undo(others=others) is None
        assert titles(ada) == ["g1", "g2"]
        assert grace.undo(others={ada.session}).event.label == "add g2"
        assert ada.redo_event(others).label == "add a1"
        assert [ada.redo(others=others).event.label for _ in range(2)] == ["add a1", "add a2"]
        assert ada.redo(others=others) is None
        assert titles(ada) == ["a1", "a2", "g1"]
        assert grace.redo(others={ada.session}).event.label == "add g2"

    def test_of_a_seat_that_is_gone_anybodys(self, seats):
        ada, grace, joan = seats
        add(ada, "a1")
        add(grace, "g1")
        assert ada.undo(others={joan.session}).event.label == "add g1"
        assert ada.redo(others={joan.session}).event.label == "add g1"

    def test_others_work_does_not_end_ones_redo_and_ones_own_does(self, seats):
        ada, grace, _ = seats
        add(ada, "a1")
        ada.undo()
        add(grace, "g1")
        assert ada.redo_event({grace.session}).label == "add a1"
        assert ada.redo_event() is None
        add(ada, "a2")
        assert ada.redo_event({grace.session}) is None

    def test_nobody_brings_back_what_another_took_back(self, seats):
        ada, grace, _ = seats
        add(ada, "a1")
        ada.undo()
        assert grace.redo(others={ada.session}) is None
        assert titles(ada) == []

    def test_expected_is_another_ones(self, seats):
        ada, grace, _ = seats
        first = ada.apply(put(item(-1, title="a1"), label="add a1")).event
        add(grace, "g1")
        with pytest.raises(StaleError, match="grace came first with “add g1”"):
            ada.undo(expect=first.seq)
        assert ada.undo(expect=first.seq, others={grace.session}).event.undoes == first.seq

    def test_events_tell_whose_session_they_are(self, seats):
        ada, grace, _ = seats
        add(ada, "a1")
        add(grace, "g1")
        assert [event.session for event in ada.events(after=1)] == [ada.session, grace.session]
        assert ada.session != grace.session


class TestWhoIsInTheWay:
    def refused(self, seat, others, *words):
        before = content(seat.load()), len(seat.events())
        with pytest.raises(StaleError) as caught:
            seat.undo(others=others)
        for word in (*words, "Nothing was changed."):
            assert word in str(caught.value)
        assert (content(seat.load()), len(seat.events())) == before

    def test_a_row_that_was_changed_since(self, seats):
        ada, grace, _ = seats
        one = add(ada, "a1")
        change(grace, one, label="give it to Joan", owner="Joan")
        self.refused(ada, {grace.session}, "item “a1” was changed since", "grace changed owner", "give it to Joan")
        grace.undo()
        assert ada.undo(others={grace.session}).event.label == "add a1"

    def test_a_row_that_was_removed_since(self, seats):
        ada, grace, _ = seats
        one = add(ada, "a1")
        change(ada, one, label="rename", title="a2")
        grace.apply(Command("edit", "away", removes=(grace.load().all(Item)[one],)))
        self.refused(ada, {grace.session}, "grace removed it", "away")

    def test_all_of_an_event_or_nothing(self, seats):
        ada, grace, _ = seats
        ids = ada.apply(put(item(-1, title="a1"), item(-2, title="a2"), label="two")).ids
        change(grace, ids[-2], owner="Joan")
        self.refused(ada, {grace.session}, "a2")

    def test_a_later_row_that_needs_what_would_go(self, seats):
        ada, grace, _ = seats
        one = add(ada, "a1")
        team = grace.apply(put(Team(id=-1, name="Web"))).ids[-1]
        size = put(Size(id=-1, item_id=one, team_id=team, likely=2), label="size it")
        grace.apply(size)
        self.refused(ada, {grace.session}, "size 1 needs the item “a1”", "grace", "size it")
        grace.undo()
        assert ada.undo(others={grace.session}).event.label == "add a1"

    def test_what_a_restored_row_needs_is_gone(self, seats):
        ada, grace, _ = seats
        ids = ada.apply(put(Team(id=-1, name="Web"), Team(id=-2, name="Pay"), item(-3, title="a1"))).ids
        size = Size(id=-1, item_id=ids[-3], team_id=ids[-1], likely=2)
        number = ada.apply(put(size)).ids[-1]
        kept = ada.load().all(Size)[number]
        ada.apply(put(kept.model_copy(update={"team_id": ids[-2]}), label="to Pay"))
        web = grace.load().all(Team)[ids[-1]]
        grace.apply(Command("edit", "no Web any more", removes=(web,)))
        self.refused(ada, {grace.session}, f"needs teams {ids[-1]}", "grace removed it", "no Web any more")

    def test_another_one_took_its_place(self, seats):
        ada, grace, _ = seats
        ids = ada.apply(put(item(-1, title="a1"), Customer(id=-2, name="Acme"))).ids
        pair = {"item_id": ids[-1], "customer_id": ids[-2]}
        first = ada.apply(put(Wait(id=-1, **pair))).ids[-1]
        ada.apply(Command("edit", "no more", removes=(ada.load().all(Wait)[first],)))
        grace.apply(put(Wait(id=-1, **pair), label="waits again"))
        self.refused(ada, {grace.session}, "in the place of the wait", "grace", "waits again")

    def test_redo_says_so_too(self, seats):
        ada, grace, _ = seats
        one = add(grace, "g1")
        change(ada, one, label="rename", title="g2")
        ada.undo()
        change(grace, one, label="give it to Joan", owner="Joan")
        with pytest.raises(StaleError, match="“rename” cannot be done again: the item “g1” was changed since: grace"):
            ada.redo(others={grace.session})

    def test_a_row_that_was_changed_and_put_back_is_as_it_was(self, seats):
        ada, grace, _ = seats
        one = add(ada, "a1")
        change(grace, one, owner="Joan")
        change(grace, one, owner="")
        assert ada.undo(others={grace.session}).event.label == "add a1"


class Ledger:
    """Which event comes next, by each command's own pile of takings back; nothing of the journal's way of looking."""

    def __init__(self):
        self.piles, self.last_command, self.seq = [], {}, 1

    def command(self, who):
        self.seq += 1
        self.piles.append([(self.seq, who)])
        self.last_command[who] = self.seq

    def next(self, standing, others):
        """The pile whose top is the latest of those that stand (or are taken back) and are not others'."""
        tops = [pile for pile in self.piles if len(pile) % 2 == standing and pile[-1][1] not in others]
        best = max(tops, key=lambda pile: pile[-1][0], default=None)
        if best is not None and not standing:
            after = max((seq for who, seq in self.last_command.items() if who not in others), default=0)
            best = best if best[-1][0] > after else None
        return best

    def push(self, pile, who):
        self.seq += 1
        pile.append((self.seq, who))


STEPS = st.lists(
    st.tuples(st.sampled_from("ccuuur"), st.integers(0, 2), st.sets(st.integers(0, 2), max_size=2)), max_size=20
)


@settings(max_examples=20, deadline=None)
@given(steps=STEPS)
def test_however_they_interleave(tmp_path_factory, steps):
    """Commands that do not touch each other: the right one is taken back or done again, and only that one."""
    path = tmp_path_factory.mktemp("together") / "a.db"
    seats = [fresh(path, actor=name) for name in ("ada", "grace", "joan")]
    ledger, items = Ledger(), {}
    for step, who, others in steps:
        others = others - {who}
        sessions = {seats[one].session for one in others}
        if step == "c":
            number = add(seats[who], f"{len(items)}")
            ledger.command(who)
            items[ledger.seq] = number
            continue
        pile = ledger.next(step == "u", others)
        act = seats[who].undo if step == "u" else seats[who].redo
        applied = act(others=sessions)
        assert (applied is None) is (pile is None)
        if pile is not None:
            assert applied.event.undoes == pile[-1][0]
            assert applied.event.kind == (UNDO if step == "u" else REDO)
            ledger.push(pile, who)
            assert applied.event.seq == ledger.seq
    standing = {items[pile[0][0]] for pile in ledger.piles if len(pile) % 2}
    assert set(seats[0].load().all(Item)) == standing
    for seat in seats:
        seat.close()
    assert verify(path, surroundings=False).sound


def test_alone_it_is_the_plain_pile(tmp_path):
    """Without others: what was done last is taken back first, and a command clears what could be done again."""
    done, undone = [], []
    import random

    chance = random.Random(3)
    with fresh(tmp_path / "a.db") as seat:
        for number in range(200):
            step = chance.choice("cuuur")
            if step == "c":
                add(seat, str(number))
                done, undone = [*done, str(number)], []
            elif step == "u":
                applied = seat.undo()
                assert (applied and applied.event.label) == (f"add {done[-1]}" if done else None)
                if done:
                    undone.append(done.pop())
            else:
                applied = seat.redo()
                assert (applied and applied.event.label) == (f"add {undone[-1]}" if undone else None)
                if undone:
                    done.append(undone.pop())
            assert titles(seat) == sorted(done)


def test_undo_of_an_older_image_fills_what_was_added_since(tmp_path):
    """A later format adds a column: what was done before that can still be taken back."""
    with fresh(tmp_path / "a.db") as seat:
        one = add(seat, "a1")
        change(seat, one, title="a2")
        raw = seat._file.connection
        raw.execute("ALTER TABLE items ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'")
        assert seat.undo().event.label == "change"
        assert raw.execute("SELECT title, mood FROM items").fetchall() == [("a1", "fine")]
        assert seat.undo().event.label == "add a1"
        assert raw.execute("SELECT count(*) FROM items").fetchone() == (0,)

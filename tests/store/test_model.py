"""Random commands, undo, redo, restarts and stale views, against a plain dictionary."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from store.errors import StaleError, StoreError
from store.records import Command, Customer, Item, Size, Team, Wait
from tests.store.helpers import fresh, item

NUMBERS = st.floats(min_value=-1e15, max_value=1e15)
EFFORTS = st.floats(min_value=0, max_value=10_000)
NAMES = st.text("abcÄß東 ", min_size=1, max_size=8).filter(str.strip)
KINDS = (Team, Customer, Item, Size, Wait)


def rounded(number):
    """Fifteen digits, as the store keeps."""
    return None if number is None else float(f"{number:.15g}")


class Comparison(RuleBasedStateMachine):
    """``now`` is what the store must hold, by (table, id); ``done`` and ``undone`` are earlier and later ones."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = fresh(self.folder / "a.db")
        self.now = self.read(self.workspace.load())
        self.first = self.now
        self.done, self.undone = [], []
        self.stale = None
        self.events = 1

    def teardown(self):
        while self.workspace.undo():
            self.events += 1
        assert self.read(self.workspace.load()) == self.first
        seqs = [event.seq for event in self.workspace.events()]
        assert seqs == list(range(1, len(seqs) + 1))
        self.workspace.close()
        shutil.rmtree(self.folder)

    def read(self, state):
        return {
            (table, key): record.model_dump(exclude={"rev"})
            for table, rows in state.tables.items()
            for key, record in rows.items()
        }

    def ids(self, kind):
        return sorted(key for table, key in self.now if table == kind.table)

    def follow(self, applied, puts=(), removes=()):
        """Change the dictionary as the command says, by its own account of new ids."""
        after = dict(self.now)
        for record in removes:
            del after[record.table, record.id]
        for record in puts:
            row = record.model_dump(exclude={"rev"})
            row["id"] = applied.ids.get(record.id, record.id)
            for column in record.links:
                row[column] = applied.ids.get(row[column], row[column])
            after[record.table, row["id"]] = row
        self.done.append(self.now)
        self.now, self.undone = after, []
        self.events += 1

    def apply(self, puts=(), removes=()):
        applied = self.workspace.apply(Command("edit", "step", tuple(puts), tuple(removes)))
        self.follow(applied, puts, removes)

    def record(self, data, kind):
        return self.workspace.load().all(kind)[data.draw(st.sampled_from(self.ids(kind)))]

    @rule(name=NAMES)
    def add_a_team(self, name):
        self.apply([Team(id=-1, name=name.strip())])

    @rule(name=NAMES, arr=st.none() | st.floats(min_value=0, max_value=1e15))
    def add_a_customer(self, name, arr):
        self.apply([Customer(id=-1, name=name.strip(), arr=rounded(arr))])

    @rule(title=NAMES, rank=NUMBERS, count=st.integers(1, 3))
    def add_items(self, title, rank, count):
        self.apply([item(-1 - n, title=title.strip(), rank=rounded(rank)) for n in range(count)])

    @precondition(lambda self: self.ids(Team))
    @rule(data=st.data(), title=NAMES, likely=EFFORTS, name=NAMES)
    def add_a_family(self, data, title, likely, name):
        team = data.draw(st.sampled_from([-9, *self.ids(Team)]))
        new = [item(-3, title=title.strip()), Size(id=-4, item_id=-3, team_id=team, likely=rounded(likely))]
        if team == -9:
            new.append(Team(id=-9, name=name.strip()))
        self.apply(new)

    @precondition(lambda self: self.ids(Item))
    @rule(data=st.data(), rank=NUMBERS, state=st.sampled_from(["plan", "below", "inbox", "declined"]))
    def change_an_item(self, data, rank, state):
        self.apply([self.record(data, Item).model_copy(update={"rank": rounded(rank), "state": state})])

    @precondition(lambda self: self.ids(Size))
    @rule(data=st.data(), likely=EFFORTS)
    def change_a_size(self, data, likely):
        self.apply([self.record(data, Size).model_copy(update={"likely": rounded(likely)})])

    @precondition(lambda self: self.ids(Item))
    @rule(data=st.data())
    def remove_an_item_and_what_is_its_own(self, data):
        gone = self.record(data, Item)
        state = self.workspace.load()
        own = [r for kind in (Size, Wait) for r in state.each(kind) if r.item_id == gone.id]
        self.apply(removes=[gone, *own])

    @precondition(lambda self: self.ids(Size))
    @rule(data=st.data())
    def what_others_need_stays(self, data):
        size = self.record(data, Size)
        state = self.workspace.load()
        with pytest.raises(StoreError):
            self.workspace.apply(Command("edit", "x", removes=(state.all(Item)[size.item_id],)))

    @precondition(lambda self: self.ids(Item) and self.ids(Customer))
    @rule(data=st.data())
    def let_a_customer_wait(self, data):
        wait = Wait(id=-1, item_id=self.record(data, Item).id, customer_id=self.record(data, Customer).id)
        pairs = {(row["item_id"], row["customer_id"]) for (table, _), row in self.now.items() if table == "waits"}
        if (wait.item_id, wait.customer_id) in pairs:
            with pytest.raises(StoreError, match="the same item_id and customer_id"):
                self.apply([wait])
        else:
            self.apply([wait])

    @precondition(lambda self: self.ids(Item))
    @rule(data=st.data())
    def look_at_an_item(self, data):
        self.stale = self.record(data, Item)

    @precondition(lambda self: self.stale)
    @rule(title=NAMES)
    def write_what_was_looked_at(self, title):
        seen, self.stale = self.stale, None
        now = self.workspace.load().all(Item).get(seen.id)
        put = seen.model_copy(update={"title": title.strip()})
        if now is not None and now.rev == seen.rev:
            self.apply([put])
        else:
            with pytest.raises(StaleError):
                self.workspace.apply(Command("edit", "step", (item(-1), put)))

    @rule()
    def undo(self):
        applied = self.workspace.undo()
        assert (applied is None) is (not self.done)
        if applied:
            self.undone.append(self.now)
            self.now = self.done.pop()
            self.events += 1

    @rule()
    def redo(self):
        applied = self.workspace.redo()
        assert (applied is None) is (not self.undone)
        if applied:
            self.done.append(self.now)
            self.now = self.undone.pop()
            self.events += 1

    @rule()
    def restart(self):
        self.workspace.close()
        self.workspace = fresh(self.folder / "a.db")

    @invariant()
    def the_store_holds_the_same(self):
        assert self.read(self.workspace.load()) == self.now
        assert len(self.workspace.events()) == self.events
        assert (self.workspace.undo_label() is None) is (not self.done)
        assert (self.workspace.redo_label() is None) is (not self.undone)


TestComparison = Comparison.TestCase
TestComparison.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)

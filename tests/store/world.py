"""Three people on one file, and beside it a plain account of what the file must hold: dictionaries and lists alone.

Every step is drawn from a ``random.Random``, so a seed tells a whole run again. Whatever the store does otherwise than
the account says is an ``AssertionError``. Used by the state machine and by the seeded bugs.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest

from store.backups.backup import back_up
from store.backups.restore import restore
from store.common.errors import ReplacedError, StaleError, StoreError
from store.database import seals
from store.database.connection import SqliteError
from store.database.verify import verify
from store.records import BY_TABLE, RECORDS, Command, Decision, Item, Move, Quarter, Record, Scenario, Size, Snapshot
from tests.store.database.test_schema import GOOD
from tests.store.helpers import fresh
from tests.store.unawares import behind

#: Columns of which no two rows of a table may have the same values.
UNIQUE = {
    "capacities": ("quarter_id", "team_id"),
    "sizes": ("item_id", "team_id"),
    "waits": ("item_id", "customer_id"),
    "interrupts": ("team_id", "number"),
    "progress": ("item_id", "team_id"),
    "delivered": ("team_id", "number"),
    "slices": ("letter",),
    "shirts": ("letter",),
    "pins": ("item_id",),
    "dependencies": ("item_id", "needs_id"),
    "version_sizes": ("version_id", "team_id"),
    "value_parts": ("item_id",),
    "team_times": ("team_id",),
    "cards": ("item_id",),
    "claims": ("item_id", "kind"),
    "hidden_costs": ("item_id", "kind"),
    "deal_ends": ("item_id",),
    "decision_details": ("decision_id",),
    "purse_picks": ("quarter_id", "item_id"),
}
SHARES = {
    *("confidence", "target", "odds", "odds_before", "odds_after", "deal_probability", "share", "focus"),
    *("markup", "one_offs_before", "one_offs_after"),
}
FLOATS = {
    **dict.fromkeys(SHARES, (0, 1)),
    **dict.fromkeys(("aim", "floor", "ceiling"), (0, 100)),
    **dict.fromkeys(("low", "likely", "high", "net", "estimate", "actual", "planned"), (0, 10_000)),
    **dict.fromkeys(("spent", "left_low", "left", "left_high", "carried"), (0, 10_000)),
    **dict.fromkeys(("effort", "freed", "upkeep", "purse_effort"), (0, 10_000)),
    **dict.fromkeys(("arr", "deal_amount", "renewal_arr", "amount", "rate", "licence", "savings", "price"), (0, 1e15)),
    **dict.fromkeys(("load_before", "load_after", "figure", "bound"), (0, 1e9)),
    "least_return": (0, 1_000),
    "rank": (-1e15, 1e15),
    "ew": (-1e9, 1e9),
    "value": (-1e12, 1e12),
    "points_per_ew": (1e-6, 1e6),
    "days": (0, 4_000),
    **dict.fromkeys(("ramp_none", "ramp_half"), (0, 520)),
    **dict.fromkeys(("reach", "impact", "business", "urgency", "enablement", "cost_of_delay"), (0, 1e9)),
}
TEXTS = (
    *("title", "name", "owner", "note", "because", "reason", "decided_by"),
    *("problem", "asked_by", "claimed", "cause", "who", "author"),
    *("solution", "alternatives", "segment", "helps", "hurts", "buyer_value", "user_value", "sponsor", "precedent"),
    *("success", "source", "evidence", "test", "present", "dissent", "conditions", "evidence_rules"),
)


def made_up(chance, table, field):
    """A value that a column may hold."""
    if (table, field) == ("outcomes", "planned"):
        return chance.random() < 0.5
    if table == "outcomes" and field in ("ew", "claimed"):
        # In other tables these go below zero, or are words.
        field = "estimate"
    if field in FLOATS and (table, field) != ("slice_rules", "value"):
        # As many digits as the store keeps.
        return float(f"{chance.uniform(*FLOATS[field]) * chance.choice((1, 1e-3, 1e-9)):.15g}") or 1e-9
    if field in ("position", "number"):
        return chance.randrange(90_000)
    return "".join(chance.choice("aÄß東x1") for _ in range(chance.randint(1, 6)))


def changeable(kind):
    known = {*FLOATS, *TEXTS, "position"} - {"quarter"}
    return [field for field in kind.model_fields if field in known]


#: Kinds that need nothing but an item.
ON_ITEMS = tuple(BY_TABLE[table] for table in ("requests", "decisions"))


class Seat:
    """One person: an open workspace, and what is on their screen, which may be out of date."""

    def __init__(self, world, name):
        self.world, self.name = world, name
        self.open()

    def open(self):
        self.workspace = fresh(self.world.path, actor=self.name)
        self.look()

    def look(self):
        self.state = self.workspace.load()
        self.seq, self.knows = self.state.seq, self.world.journal[-1]["token"]

    @property
    def surprised(self):
        """Whether the journal that they know was replaced by a restore."""
        return self.knows not in {event["token"] for event in self.world.journal}


class World:
    """``rows`` is what the file must hold: (table, id) -> the row without its revision."""

    def __init__(self, folder, template=None):
        self.path = Path(folder) / "a.db"
        if template is not None:
            shutil.copyfile(template, self.path)
        self.keeper = fresh(self.path)
        # One that stays open: each new one reads the whole schema first.
        self.raw = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        self.tokens = 0
        self.rows, self.revs = self.read()
        self.highest = {}
        for table, number in self.rows:
            self.highest[table] = max(self.highest.get(table, 0), number)
        self.journal = [{"token": 0, "seq": 1, "kind": "create", "session": "", "undoes": None, "changes": {}}]
        self.backups = []
        self.seats = [Seat(self, name) for name in ("ada", "grace", "joan")]

    def close(self):
        for seat in self.seats:
            seat.workspace.close()
        self.raw.close()
        self.keeper.close()

    # -------------------------------------------------- the file, read by SQLite alone

    def read(self, path=None):
        """The rows of a file, and their revisions; of the workspace itself by default."""
        raw = sqlite3.connect(path) if path else self.raw
        rows, revs = {}, {}
        for record in RECORDS:
            cursor = raw.execute(f"SELECT * FROM {record.table}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                values = dict(zip(columns, row, strict=True))
                key = record.table, values["id"]
                revs[key] = values.pop("rev")
                rows[key] = values
        if path:
            raw.close()
        return rows, revs

    def check(self):
        """The file holds what the account says: rows, revisions, and a journal without gaps."""
        rows, revs = self.read()
        assert rows == self.rows
        assert revs == {key: self.revs[key] for key in self.rows}
        events = self.raw.execute("SELECT seq, kind, session, undoes FROM events ORDER BY seq").fetchall()
        seals = self.raw.execute("SELECT seq FROM seals ORDER BY seq").fetchall()
        assert [(seq, kind, undoes) for seq, kind, _, undoes in events] == [
            (event["seq"], event["kind"], event["undoes"]) for event in self.journal
        ]
        assert [session for *_, session, _ in events[1:]] == [event["session"] for event in self.journal[1:]]
        assert [seq for (seq,) in seals] == list(range(1, len(events) + 1))

    def verify(self):
        found = verify(self.path, surroundings=False)
        assert found.sound, [one.what for one in found.of("broken")]

    # -------------------------------------------------- what may stand

    def stands(self, rows):
        """Whether every reference leads somewhere, and nothing that must be single is there twice."""
        places = set()
        for (table, _), row in rows.items():
            for column, target in BY_TABLE[table].links.items():
                if row[column] is not None and (target, row[column]) not in rows:
                    return False
            if table in UNIQUE:
                place = table, *(row[column] for column in UNIQUE[table])
                if place in places:
                    return False
                places.add(place)
        return True

    def wrote(self, seat, applied, kind, after, undoes=None):
        """Take over what was written: ``after`` is every changed row as it is now, None for one that is gone."""
        event = applied.event
        assert event.seq == self.journal[-1]["seq"] + 1
        assert (event.actor, event.session) == (seat.name, seat.workspace.session)
        self.tokens += 1
        changes = {key: (self.rows.get(key), row) for key, row in after.items()}
        said = {(one.table, one.id): (bare(one.before), bare(one.after)) for one in applied.changes}
        assert said == changes
        assert len(said) == len(applied.changes), "a row written twice"
        for key, row in after.items():
            if row is None:
                del self.rows[key]
            else:
                self.rows[key] = row
                self.revs[key] = self.revs.get(key, -1) + 1
                self.highest[key[0]] = max(self.highest.get(key[0], 0), key[1])
        self.journal.append(
            {
                "token": self.tokens,
                "seq": event.seq,
                "kind": kind,
                "session": event.session,
                "undoes": undoes,
                "changes": changes,
            }
        )
        seat.knows = self.tokens

    def command(self, seat, puts=(), removes=(), kind="edit"):
        """Give a command, with the outcome that the account foresees."""
        command = Command(kind, "step", tuple(puts), tuple(removes))
        stale = any(
            (one.table, one.id) not in self.rows or self.revs[one.table, one.id] != one.rev
            for one in (*puts, *removes)
            if one.id > 0
        )
        after = {(one.table, one.id): None for one in removes}
        after |= {(one.table, one.id): flat(one) for one in puts}
        foreseen = {**self.rows, **after}
        foreseen = {key: row for key, row in foreseen.items() if row is not None}
        if seat.surprised:
            self.refused(seat, ReplacedError, command)
            seat.look()
        elif stale:
            self.refused(seat, StaleError, command)
        elif not self.stands(foreseen):
            self.refused(seat, StoreError, command)
        else:
            applied = seat.workspace.apply(command)
            after = {(table, applied.ids.get(number, number)): row for (table, number), row in after.items()}
            for (table, number), row in after.items():
                if row is not None:
                    row["id"] = number
                    for column in BY_TABLE[table].links:
                        row[column] = applied.ids.get(row[column], row[column])
            for one in puts:
                if one.id < 0:
                    assert applied.ids[one.id] > self.highest.get(one.table, 0), "an id given twice"
            self.wrote(seat, applied, kind, after)

    def refused(self, seat, error, command):
        with pytest.raises(error) as caught:
            seat.workspace.apply(command)
        if error is StoreError:
            assert not isinstance(caught.value, StaleError)
        assert str(caught.value)

    # -------------------------------------------------- steps, each drawn by chance

    def seat(self, chance):
        return chance.choice(self.seats)

    def seen(self, seat, chance, kinds=RECORDS):
        """A row on somebody's screen; an item more often than another."""
        if kinds is RECORDS and seat.state.tables["items"] and chance.random() < 0.3:
            kinds = (Item,)
        table = chance.choice([kind.table for kind in kinds if seat.state.tables[kind.table]])
        return seat.state.tables[table][chance.choice(sorted(seat.state.tables[table]))]

    def new(self, chance, kind, seat, number=-1, **values) -> Record | None:
        """A new record of any kind, linked to rows on the screen; None where there is nothing to link to."""
        row = {**GOOD[kind.table], **{field: made_up(chance, kind.table, field) for field in changeable(kind)}}
        for column, target in kind.links.items():
            known = sorted(seat.state.tables[target])
            optional = not kind.model_fields[column].is_required()
            if not known and not optional:
                return None
            row[column] = chance.choice([*known, *[None] * optional])
        if kind.table in ("slices", "shirts"):
            row["letter"] = chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if kind.table in ("interrupts", "delivered"):
            row["number"] = chance.randrange(4)
        return kind.model_validate({**row, "id": number, **values})

    def add(self, chance):
        seat = self.seat(chance)
        kind = chance.choice([kind for kind in RECORDS if kind.table != "workspace"])
        record = self.new(chance, kind, seat)
        if record is not None:
            self.command(seat, [record])

    def add_a_family(self, chance):
        """An item with sizes of teams, all in one command."""
        seat = self.seat(chance)
        team = self.new(chance, BY_TABLE["teams"], seat, -2)
        one = self.new(chance, Item, seat, -1)
        size = Size(id=-3, item_id=-1, team_id=-2, likely=made_up(chance, "sizes", "likely"))
        self.command(seat, [one, team, size])

    def edit(self, chance, seat=None, record=None):
        seat = seat or self.seat(chance)
        record = record or self.seen(seat, chance)
        fields = changeable(type(record))
        if fields:
            some = chance.sample(fields, chance.randint(1, len(fields)))
            update = {field: made_up(chance, record.table, field) for field in some}
            self.command(seat, [record.model_copy(update=update)])

    def trade(self, chance):
        """A decision with its moves, and the items' new places; one of the items may be out of date."""
        seat = self.seat(chance)
        known = sorted(seat.state.tables["items"])
        if not known:
            return self.add_a_family(chance)
        items = [seat.state.all(Item)[one] for one in chance.sample(known, min(len(known), 3))]
        quarter = chance.choice(sorted(seat.state.tables["quarters"]))
        decision = self.new(chance, Decision, seat, -1, item_id=items[0].id, quarter_id=quarter)
        moves = [
            Move(id=-2 - at, decision_id=-1, item_id=one.id, kind="out", title=one.title)
            for at, one in enumerate(items)
        ]
        places = [one.model_copy(update={"state": chance.choice(["plan", "below"])}) for one in items]
        return self.command(seat, [decision, *moves, *places])

    def remove(self, chance):
        seat = self.seat(chance)
        record = self.seen(seat, chance)
        if record.table != "workspace" and (record.table, record.id) != ("quarters", 1):
            self.command(seat, removes=[record])

    def conflict(self, chance):
        """Two who look at the same row, both change it: the second is refused."""
        one, other = chance.sample(self.seats, 2)
        for seat in (one, other):
            seat.look()
        record = self.seen(other, chance, [kind for kind in RECORDS if changeable(kind)])
        self.edit(chance, one, record)
        self.edit(chance, other, record)

    def back_and_forth(self, chance):
        """Undo and redo by the same person; somebody else may do something in between."""
        seat = self.seat(chance)
        self.take_back(chance, seat, undo=True)
        if chance.random() < 0.5:
            self.edit(chance, chance.choice([other for other in self.seats if other is not seat]))
        self.take_back(chance, seat, undo=False)
        if chance.random() < 0.5:
            self.take_back(chance, seat, undo=False)

    def in_turns(self, chance):
        """Two work in turns; then each takes back their own, and does some of it again."""
        pair = chance.sample(self.seats, 2)
        for _ in range(2):
            for seat in pair:
                self.command(seat, [self.new(chance, Item, seat)])
        for _ in range(5):
            one, other = chance.sample(pair, 2)
            self.take_back(chance, one, undo=chance.random() < 0.7, others={other})

    def in_the_way(self, chance):
        """One changes or adds a row, another builds on it, and the first takes theirs back."""
        one, other = chance.sample(self.seats, 2)
        one.look()
        if chance.random() < 0.5:
            record = self.new(chance, Item, one)
            self.command(one, [record])
            other.look()
            number = max(other.state.tables["items"])
            self.command(other, [self.new(chance, chance.choice(ON_ITEMS), other, item_id=number)])
        else:
            record = self.seen(one, chance, [kind for kind in RECORDS if changeable(kind)])
            self.edit(chance, one, record)
            other.look()
            self.edit(chance, other, other.state.tables[record.table][record.id])
        self.take_back(chance, one, undo=True, others={other})

    def closed_since(self, chance):
        """One changes what the list says of a scenario, somebody closes it, and the first takes theirs back."""
        one, other = chance.sample(self.seats, 2)
        one.look()
        if not one.state.tables["scenarios"]:
            return self.command(one, [self.new(chance, Scenario, one)], kind="scenario")
        record = self.seen(one, chance, (Scenario,))
        self.edit(chance, one, record)
        other.look()
        record = other.state.all(Scenario)[record.id]
        self.command(other, [record.model_copy(update={"state": "closed"})], kind="scenario")
        if chance.random() < 0.3:
            other.look()
            self.edit(chance, other, other.state.all(Scenario)[record.id])
        self.take_back(chance, one, undo=True)
        return self.take_back(chance, one, undo=False)

    def quarter_with_snapshots(self, chance):
        """A quarter is begun, snapshots are taken of it, and scenarios branched from those; then it is taken back."""
        seat = self.seat(chance)
        self.command(seat, [self.new(chance, Quarter, seat)])
        seat.look()
        number = max(seat.state.tables["quarters"])
        self.command(seat, [self.new(chance, Snapshot, seat, quarter_id=number)], kind="snapshot")
        seat.look()
        if seat.state.tables["snapshots"]:
            number = max(seat.state.tables["snapshots"])
            self.command(seat, [self.new(chance, Scenario, seat, snapshot_id=number)], kind="scenario")
        for undo in (True, False, True):
            if chance.random() < 0.7:
                self.take_back(chance, seat, undo=undo, others=set(self.seats) - {seat})

    def take_back(self, chance, seat=None, undo=None, others=None):
        seat = seat or self.seat(chance)
        if others is None:
            others = {other for other in self.seats if other is not seat and chance.random() < 0.4}
        sessions = {other.workspace.session for other in others}
        undo = chance.random() < 0.6 if undo is None else undo
        target = self.next(undo, sessions)
        act = seat.workspace.undo if undo else seat.workspace.redo
        if target is None:
            assert act(others=sessions) is None
            return
        changes = {key: pair for key, pair in target["changes"].items() if not self.overtaken(target, key, pair[1])}
        after = {key: before for key, (before, _) in changes.items()}
        along, released = self.goes_along(after)
        after = {**along, **released, **after}
        foreseen = {key: row for key, row in {**self.rows, **after}.items() if row is not None}
        touched = any(self.rows.get(key) != left for key, (_, left) in changes.items())
        if seat.surprised:
            with pytest.raises(ReplacedError):
                act(others=sessions)
            seat.look()
        elif touched or not self.stands(foreseen):
            with pytest.raises(StaleError, match="cannot be"):
                act(others=sessions)
        else:
            applied = act(others=sessions)
            assert applied is not None
            assert applied.event.undoes == target["seq"]
            self.wrote(seat, applied, "undo" if undo else "redo", after, target["seq"])

    def overtaken(self, target, key, left):
        """Whether a row of the list of scenarios is another one by now because somebody closed it, which no undo takes
        back: it stays as it is, and holds nothing up."""
        if key[0] != "scenarios" or left is None or self.rows.get(key) in (None, left):
            return False
        return any(
            event["kind"] == "scenario" and event["seq"] > target["seq"] and key in event["changes"]
            for event in self.journal
        )

    def goes_along(self, after):
        """With a quarter that goes, its snapshots; of a snapshot that goes, the name in the list of scenarios."""
        gone = {key for key, row in after.items() if row is None}
        along = {
            (table, number): None
            for (table, number), row in self.rows.items()
            if table == "snapshots" and ("quarters", row["quarter_id"]) in gone
        }
        released = {
            (table, number): {**row, "snapshot_id": None}
            for (table, number), row in self.rows.items()
            if table == "scenarios" and ("snapshots", row["snapshot_id"]) in gone | along.keys()
        }
        return along, released

    def next(self, undo, sessions):
        """The event that comes next: of the piles of takings back, the latest top that stands (or is taken back)."""
        piles = []
        for event in self.journal[1:]:
            if event["kind"] in ("scenario", "snapshot"):
                continue
            if event["undoes"] is None:
                piles.append([event])
            else:
                next(pile for pile in piles if pile[-1]["seq"] == event["undoes"]).append(event)
        tops = [pile[-1] for pile in piles if len(pile) % 2 == undo and pile[-1]["session"] not in sessions]
        best = max(tops, key=lambda event: event["seq"], default=None)
        if best is not None and not undo:
            commands = [
                event["seq"]
                for event in self.journal
                if event["undoes"] is None and event["kind"] not in ("scenario", "snapshot")
            ]
            theirs = {event["seq"] for event in self.journal if event["session"] in sessions}
            if best["seq"] < max(set(commands) - theirs):
                return None
        return best

    def refresh(self, chance):
        """Read what others did, as far as one's own journal goes on."""
        seat = self.seat(chance)
        if seat.surprised:
            with pytest.raises(ReplacedError):
                seat.workspace.since(seat.seq)
            seat.look()
            return
        news = seat.workspace.since(seat.seq)
        assert [one.event.seq for one in news] == list(range(seat.seq + 1, self.journal[-1]["seq"] + 1))
        for one in news:
            seat.state.apply(one.changes)
        seat.seq, seat.knows = self.journal[-1]["seq"], self.journal[-1]["token"]
        shown = {
            (table, number): flat(row) for table, rows in seat.state.tables.items() for number, row in rows.items()
        }
        assert shown == self.rows
        revs = {(table, number): row.rev for table, rows in seat.state.tables.items() for number, row in rows.items()}
        assert revs == {key: self.revs[key] for key in self.rows}

    def crash(self, chance):
        """A change that breaks off: at a statement of its own, or with the machine, before COMMIT."""
        seat = self.seat(chance)
        if seat.surprised:
            seat.look()
        file = seat.workspace._file
        begins = chance.choice(["INSERT INTO seals", "DELETE FROM cur", "COMMIT"])
        file.connection = Breaking(file.connection, begins, lambda: self.recovers(seat))
        with pytest.raises(StoreError):
            seat.workspace.apply(Command("edit", "breaks", (self.new(chance, Item, seat),)))

    def kept_all_the_same(self, chance):
        """A disk that reports a failure at COMMIT, of a change that it kept: no failure is spoken of."""
        seat = self.seat(chance)
        if not seat.surprised:
            file = seat.workspace._file
            file.connection = Breaking(file.connection, "COMMIT", lambda: None, carried_out=True)
            self.command(seat, [self.new(chance, Item, seat)])

    def recovers(self, seat):
        """What a machine finds that stops at this very point: the file and its journal, opened anew."""
        folder = self.path.parent / "after"
        folder.mkdir()
        for end in ("", "-wal"):
            shutil.copyfile(f"{self.path}{end}", folder / f"a.db{end}")
        with fresh(folder / "a.db") as again:
            assert {(t, n): flat(r) for t, rows in again.load().tables.items() for n, r in rows.items()} == self.rows
            assert len(again.events()) == len(self.journal)
        shutil.rmtree(folder)

    def reopen(self, chance):
        seat = self.seat(chance)
        seat.workspace.close()
        seat.open()

    def back_up(self, chance):
        if len(self.backups) < 3:
            made = back_up(self.path)
            assert made.report.sound
            kept = (dict(self.rows), dict(self.revs), dict(self.highest), list(self.journal))
            self.backups.append((made.path, kept))

    def restore(self, chance):
        if self.backups:
            path, (rows, revs, highest, journal) = chance.choice(self.backups)
            done = restore(self.path, path)
            assert done.report.sound
            kept, _ = self.read(done.kept)
            assert kept == self.rows
            self.rows, self.revs, self.highest, self.journal = dict(rows), dict(revs), dict(highest), list(journal)

    STEPS = (
        add, add, add, add_a_family, add_a_family, edit, edit, edit, trade, trade, remove, remove, conflict, take_back,
        take_back, take_back, back_and_forth, in_the_way, in_turns, closed_since, quarter_with_snapshots, refresh,
        refresh, crash, kept_all_the_same, reopen, back_up, restore,
    )  # fmt: skip

    def run(self, chance, steps):
        """So many steps, each checked; the whole file is verified now and then, and in the end."""
        for number in range(steps):
            chance.choice(self.STEPS)(self, chance)
            self.check()
            if number % 8 == 7:
                self.verify()
        self.verify()


COLUMNS = {
    "events": ("uid", "at", "actor", "session", "kind", "label", "undoes"),
    "changes": ("event_seq", "tbl", "pk", "op", "before", "after"),
    "seals": ("hash",),
    "items": ("title", "rank", "rev"),
}


def tamper(path):
    """Whatever is changed behind the journal's back is found, and no program can do it unawares."""
    for table in ("events", "changes", "seals"):
        for sql in (f"UPDATE {table} SET rowid = rowid", f"DELETE FROM {table}"):
            raw = sqlite3.connect(path, isolation_level=None)
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(sql)
            raw.close()
    whole = path.read_bytes()
    for table, columns in COLUMNS.items():
        for column in columns:
            behind(
                path, f"UPDATE {table} SET {column} = {_other(column)} WHERE rowid = (SELECT max(rowid) FROM {table})"
            )
            broken = {one.check for one in verify(path, surroundings=False).of("broken")}
            # The seals alone must know of the journal's own: nothing else may be there to tell.
            assert broken >= ({"rows"} if table == "items" else {"seals"}), f"{table}.{column}"
            path.write_bytes(whole)
    for sql in ("DELETE FROM seals WHERE seq = 2", "DELETE FROM sizes", "INSERT INTO teams (name) VALUES ('x')"):
        behind(path, sql)
        assert not verify(path, surroundings=False).sound, sql
        path.write_bytes(whole)
    # Sealed anew by one who knows how: the entry after it tells.
    behind(path, "UPDATE events SET label = 'forged' WHERE seq = 2")
    raw = sqlite3.connect(path)
    event = raw.execute(f"SELECT {seals.EVENT_COLUMNS} FROM events WHERE seq = 2").fetchone()
    (first,) = raw.execute("SELECT hash FROM seals WHERE seq = 1").fetchone()
    seal = seals.seal_of(first, event, seals.change_rows(raw, 2))
    raw.close()
    behind(path, f"UPDATE seals SET hash = '{seal}' WHERE seq = 2")
    assert not verify(path, surroundings=False).sound, "forged"
    path.write_bytes(whole)


def _other(column):
    other = {"undoes": "1", "event_seq": "1", "pk": "pk + 1", "rank": "rank + 1", "rev": "rev + 1", "op": "'delete'"}
    return other.get(column, f"replace({column}, substr({column}, length({column}) - 2), 'zzz')")


class Breaking:
    """A connection that breaks at a statement, after ``look`` has seen how things stand."""

    def __init__(self, real, begins, look, carried_out=False):
        self.real, self.begins, self.look, self.carried_out = real, begins, look, carried_out

    def __getattr__(self, name):
        return getattr(self.real, name)

    def execute(self, sql, *parameters):
        if sql.startswith(self.begins):
            self.look()
            if self.carried_out:
                self.real.execute(sql, *parameters)
            error = SqliteError("made up")
            error.sqlite_errorname = "SQLITE_IOERR_WRITE"
            raise error
        return self.real.execute(sql, *parameters)


def flat(record):
    """A record as SQLite has it, without its revision."""
    row = record.model_dump(mode="json", exclude={"rev"})
    return {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}


def bare(image):
    return None if image is None else {name: value for name, value in image.items() if name != "rev"}

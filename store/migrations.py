"""The schema, as migrations that are never edited once released, only followed by others.

They run inside a transaction of ours: left to begin their own, several processes that start together meet
"database is locked".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.connection import APPLICATION_ID, SCHEMA_VERSION, Connection, database
from store.errors import StoreError
from store.seals import seal_all
from store.triggers import create_triggers
from store.writing import left_hanging

if TYPE_CHECKING:
    from sqlite_utils import Database

_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL DEFAULT 0 CHECK (rev >= 0)"
_TEXT = "TEXT NOT NULL DEFAULT '' CHECK (length({0}) <= 20000)"
_DATE = "CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"
_TIME = "CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*')"
_EW = "CHECK ({0} BETWEEN 0 AND 10000)"
_MONEY = "CHECK ({0} BETWEEN 0 AND 1e15)"
_SHARE = "CHECK ({0} BETWEEN 0 AND 1)"
_PERCENT = "CHECK ({0} BETWEEN 0 AND 100)"
_NAME = "TEXT NOT NULL CHECK (length({0}) BETWEEN 1 AND 200)"
_SEED = "CHECK ({0} >= 0 AND {0} < 9007199254740992)"


def _to(table: str) -> str:
    # Not RESTRICT: SQLite checks that at once even where foreign keys are deferred, and undo needs them deferred.
    return f"REFERENCES {table}(id)"


def _many(kind: str, *columns: str) -> str:
    """The same kind of column several times; ``{0}`` in the kind stands for the name."""
    return ", ".join(f'"{column}" {kind.replace("{0}", chr(34) + column + chr(34))}' for column in columns)


_JOURNAL_1 = (
    """CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        session TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (length(kind) > 0),
        label TEXT NOT NULL,
        undoes INTEGER REFERENCES events(seq)
    ) STRICT""",
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        event_seq INTEGER NOT NULL REFERENCES events(seq),
        tbl TEXT NOT NULL,
        pk INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
        before TEXT CHECK ((before IS NULL) = (op = 'insert')),
        after TEXT CHECK ((after IS NULL) = (op = 'delete'))
    ) STRICT""",
    "CREATE INDEX changes_event ON changes(event_seq)",
    "CREATE INDEX changes_row ON changes(tbl, pk)",
    # Holds the running event within its transaction, and nothing outside of one.
    "CREATE TABLE cur (seq INTEGER NOT NULL REFERENCES events(seq)) STRICT",
)

_TABLES_1 = {
    "workspace": (
        _many(_NAME, "name"),
        _many("INTEGER NOT NULL " + _SEED, "seed"),
        _many("REAL CHECK ({0} > 0 AND {0} <= 1e6)", "points_per_ew", "hours_per_ew"),
        "started INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1))",
    ),
    "quarters": (
        _many(_NAME, "name"),
        _many("TEXT NOT NULL " + _DATE, "starts", "ends"),
        "state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'baselined', 'closed'))",
        _many("REAL NOT NULL DEFAULT 0.7 " + _SHARE, "target"),
        _many("TEXT " + _TIME, "baselined_at"),
    ),
    "teams": (_many(_NAME, "name"), "position INTEGER NOT NULL DEFAULT 0"),
    "capacities": (
        f"quarter_id INTEGER NOT NULL {_to('quarters')}",
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many("REAL NOT NULL " + _EW, "net"),
        "UNIQUE (quarter_id, team_id)",
    ),
    "slices": (
        "letter TEXT NOT NULL UNIQUE CHECK (length(letter) = 1)",
        _many(_NAME, "name"),
        _many(_TEXT, "owner"),
        _many("REAL NOT NULL " + _PERCENT, "aim"),
        _many("REAL " + _PERCENT, "floor", "ceiling"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "customers": (_many(_NAME, "name"), _many("REAL " + _MONEY, "arr"), _many("TEXT " + _DATE, "renews")),
    "items": (
        "title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 20000)",
        "slice TEXT NOT NULL DEFAULT 'F' CHECK (length(slice) = 1)",
        "state TEXT NOT NULL DEFAULT 'below' CHECK (state IN ('inbox', 'plan', 'below', 'declined', 'done'))",
        _many("REAL NOT NULL CHECK ({0} BETWEEN -1e15 AND 1e15)", "rank"),
        _many("INTEGER NOT NULL " + _SEED, "draw"),
        _many(_TEXT, "owner", "note"),
        _many("REAL CHECK ({0} BETWEEN -1e12 AND 1e12)", "value"),
        _many("TEXT " + _DATE, "due"),
        "baselined INTEGER NOT NULL DEFAULT 0 CHECK (baselined IN (0, 1))",
        _many("TEXT CHECK (length({0}) <= 20000)", "source_key", "source_title", "source_size"),
    ),
    "sizes": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many("REAL " + _EW, "low"),
        _many("REAL NOT NULL " + _EW, "likely"),
        _many("REAL " + _EW, "high"),
        "UNIQUE (item_id, team_id)",
    ),
    "waits": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        f"customer_id INTEGER NOT NULL {_to('customers')}",
        "UNIQUE (item_id, customer_id)",
    ),
    "requests": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        _many("TEXT NOT NULL " + _TIME, "received_at"),
        _many(_TEXT, "asked_by"),
        f"customer_id INTEGER {_to('customers')}",
        _many(_TEXT, "problem", "claimed"),
        _many("REAL " + _MONEY, "deal_amount"),
        _many("REAL " + _SHARE, "deal_probability"),
        _many("TEXT " + _DATE, "deal_closes"),
    ),
    "decisions": (
        f"quarter_id INTEGER NOT NULL {_to('quarters')}",
        _many("TEXT NOT NULL " + _TIME, "at"),
        "kind TEXT NOT NULL CHECK (kind IN ('trade', 'accept', 'over-commit', 'fill', 'baseline', 'drop', 'decline',"
        " 'defer', 'capacity', 'estimate', 'target', 'close'))",
        "title TEXT NOT NULL CHECK (length(title) <= 20000)",
        f"item_id INTEGER {_to('items')}",
        _many(_TEXT, "decided_by", "because"),
        _many("REAL " + _SHARE, "odds_before", "odds_after"),
    ),
    "moves": (
        f"decision_id INTEGER NOT NULL {_to('decisions')}",
        f"item_id INTEGER {_to('items')}",
        "kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'resized', 'capacity'))",
        "title TEXT NOT NULL CHECK (length(title) <= 20000)",
        _many("REAL NOT NULL DEFAULT 0.0 CHECK ({0} BETWEEN -1e9 AND 1e9)", "ew"),
    ),
    "signatures": (
        f"quarter_id INTEGER NOT NULL {_to('quarters')}",
        f"decision_id INTEGER NOT NULL {_to('decisions')}",
        _many(_NAME, "name", "reason"),
        _many("REAL NOT NULL " + _SHARE, "odds"),
        _many("TEXT NOT NULL " + _TIME, "at"),
        _many("TEXT " + _TIME, "cleared_at"),
    ),
    "shortfalls": (
        f"quarter_id INTEGER NOT NULL {_to('quarters')}",
        "cause TEXT NOT NULL CHECK (length(cause) <= 20000)",
        _many("REAL NOT NULL " + _SHARE, "odds"),
        _many("TEXT NOT NULL " + _TIME, "at"),
        _many("TEXT " + _TIME, "settled_at"),
    ),
    "slice_rules": (
        "field TEXT NOT NULL CHECK (field IN ('type', 'label', 'component'))",
        _many(_NAME, "value"),
        "slice TEXT NOT NULL CHECK (length(slice) = 1)",
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "shirts": (
        "letter TEXT NOT NULL UNIQUE CHECK (length(letter) BETWEEN 1 AND 3)",
        _many("REAL NOT NULL " + _EW, "low", "likely", "high"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
}

#: Each is for finding the children of a row: without it, removing a parent reads the whole table.
_INDEXES_1 = (
    "CREATE INDEX capacities_team ON capacities(team_id)",
    "CREATE INDEX items_source ON items(source_key) WHERE source_key IS NOT NULL",
    "CREATE INDEX sizes_team ON sizes(team_id)",
    "CREATE INDEX waits_customer ON waits(customer_id)",
    "CREATE INDEX requests_item ON requests(item_id)",
    "CREATE INDEX requests_customer ON requests(customer_id)",
    "CREATE INDEX decisions_quarter ON decisions(quarter_id)",
    "CREATE INDEX decisions_item ON decisions(item_id)",
    "CREATE INDEX moves_decision ON moves(decision_id)",
    "CREATE INDEX moves_item ON moves(item_id)",
    "CREATE INDEX signatures_quarter ON signatures(quarter_id)",
    "CREATE INDEX signatures_decision ON signatures(decision_id)",
    "CREATE INDEX shortfalls_quarter ON shortfalls(quarter_id)",
)


def _first(db: Database) -> None:
    """The tables of the first release."""
    for statement in _JOURNAL_1:
        db.execute(statement)
    for table, columns in _TABLES_1.items():
        db.execute(f"CREATE TABLE {table} ({_ID}, {', '.join(columns)}) STRICT")
    for statement in _INDEXES_1:
        db.execute(statement)


_NUMBER = "INTEGER NOT NULL CHECK ({0} BETWEEN 0 AND 100000)"

_TABLES_2 = {
    "actuals": (
        _many(_NAME, "quarter"),
        _many(_NUMBER, "number"),
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many(_TEXT, "title"),
        _many("REAL NOT NULL " + _EW, "estimate", "actual"),
    ),
    "interrupts": (
        _many(_NAME, "quarter"),
        _many(_NUMBER, "number"),
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many("REAL NOT NULL " + _SHARE, "share"),
        "UNIQUE (team_id, number)",
    ),
    "round_estimates": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many("TEXT NOT NULL " + _TIME, "at"),
        _many(_TEXT, "who"),
        _many("REAL " + _EW, "low"),
        _many("REAL NOT NULL " + _EW, "likely"),
        _many("REAL " + _EW, "high"),
        "agreed INTEGER NOT NULL DEFAULT 0 CHECK (agreed IN (0, 1))",
    ),
}


def _history(db: Database) -> None:
    """The record of finished quarters, and of rounds in which people estimated together."""
    for table, columns in _TABLES_2.items():
        db.execute(f"CREATE TABLE {table} ({_ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX actuals_team ON actuals(team_id)")


def _seals(db: Database) -> None:
    """A seal for each event, also for those that an older file already has."""
    db.execute(
        """CREATE TABLE seals (
            seq INTEGER PRIMARY KEY REFERENCES events(seq),
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT"""
    )
    seal_all(db.conn)


_PART = "REAL CHECK ({0} BETWEEN 0 AND 1e9)"
_ONE_TO_TEN = "REAL CHECK ({0} BETWEEN 1 AND 10)"
_POINTS = "CHECK ({0} BETWEEN -1e12 AND 1e12)"

_TABLES_VALUES = {
    "pins": (
        f"item_id INTEGER NOT NULL UNIQUE {_to('items')}",
        "kind TEXT NOT NULL DEFAULT 'pinned' CHECK (kind IN ('contractual', 'regulatory', 'started', 'pinned'))",
        _many(_TEXT, "note"),
    ),
    "dependencies": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        f"needs_id INTEGER NOT NULL {_to('items')}",
        "UNIQUE (item_id, needs_id)",
    ),
    "versions": (
        f"item_id INTEGER NOT NULL {_to('items')}",
        _many(_NAME, "name"),
        _many("REAL " + _POINTS, "value"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "version_sizes": (
        f"version_id INTEGER NOT NULL {_to('versions')}",
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many("REAL " + _EW, "low"),
        _many("REAL NOT NULL " + _EW, "likely"),
        _many("REAL " + _EW, "high"),
        "UNIQUE (version_id, team_id)",
    ),
    "value_parts": (
        f"item_id INTEGER NOT NULL UNIQUE {_to('items')}",
        _many(_PART, "reach", "impact"),
        _many("REAL " + _SHARE, "confidence"),
        _many(_ONE_TO_TEN, "impact_10", "confidence_10", "ease"),
        _many(_PART, "business", "urgency", "enablement", "cost_of_delay"),
    ),
    "valuing": ("model TEXT NOT NULL DEFAULT 'score' CHECK (model IN ('score', 'rice', 'ice', 'wsjf', 'cd3'))",),
}


def _values(db: Database) -> None:
    """What items are worth, what holds them in the plan, and their smaller first versions."""
    for table, columns in _TABLES_VALUES.items():
        db.execute(f"CREATE TABLE {table} ({_ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX dependencies_needs ON dependencies(needs_id)")
    db.execute("CREATE INDEX versions_item ON versions(item_id)")
    db.execute("CREATE INDEX version_sizes_team ON version_sizes(team_id)")


_DAYS = "CHECK ({0} BETWEEN 0 AND 4000)"
_WEEKS = "REAL NOT NULL DEFAULT 0 CHECK ({0} BETWEEN 0 AND 520)"

_TABLES_PEOPLE = {
    "places": (
        _many(_NAME, "name"),
        _many(_TEXT, "country", "subdivision"),
        "holidays INTEGER NOT NULL DEFAULT 1 CHECK (holidays IN (0, 1))",
    ),
    "closures": (
        _many(_NAME, "name"),
        _many("TEXT NOT NULL " + _DATE, "starts", "ends"),
        f"team_id INTEGER {_to('teams')}",
        f"place_id INTEGER {_to('places')}",
    ),
    "team_times": (
        f"team_id INTEGER NOT NULL UNIQUE {_to('teams')}",
        _many("REAL NOT NULL DEFAULT 1 " + _SHARE, "focus"),
        _many("REAL NOT NULL DEFAULT 0 " + _SHARE, "interrupts"),
    ),
    "people": (
        f"team_id INTEGER NOT NULL {_to('teams')}",
        _many(_NAME, "name"),
        f"place_id INTEGER {_to('places')}",
        _many("TEXT " + _DATE, "starts", "ends"),
        _many("REAL NOT NULL DEFAULT 1 " + _SHARE, "share"),
        _many(_WEEKS, "ramp_none", "ramp_half"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "absences": (
        f"person_id INTEGER NOT NULL {_to('people')}",
        "kind TEXT NOT NULL DEFAULT 'leave' CHECK (kind IN ('leave', 'on-call', 'away'))",
        _many("TEXT NOT NULL " + _DATE, "starts", "ends"),
        _many("REAL " + _DAYS, "days"),
        _many(_TEXT, "note"),
    ),
}


def _people(db: Database) -> None:
    """Who is there, and when: what net capacity is taken apart into."""
    for table, columns in _TABLES_PEOPLE.items():
        db.execute(f"CREATE TABLE {table} ({_ID}, {', '.join(columns)}) STRICT")
    for table, column in (
        ("people", "team_id"),
        ("people", "place_id"),
        ("absences", "person_id"),
        ("closures", "team_id"),
        ("closures", "place_id"),
    ):
        db.execute(f"CREATE INDEX {table}_{column.removesuffix('_id')} ON {table}({column})")


_SNAPSHOT_KINDS = "'asked', 'baseline', 'meeting start', 'meeting end', 'before restore', 'branch', 'imported'"

_TABLES_SCENARIOS = {
    "snapshots": (
        f"quarter_id INTEGER NOT NULL {_to('quarters')}",
        _many(_NAME, "name"),
        f"kind TEXT NOT NULL DEFAULT 'asked' CHECK (kind IN ({_SNAPSHOT_KINDS}))",
        _many("TEXT NOT NULL " + _TIME, "at"),
        _many(_TEXT, "author", "note"),
        "hash TEXT NOT NULL CHECK (length(hash) = 64)",
        "content TEXT NOT NULL CHECK (length(content) <= 50000000)",
    ),
    "scenarios": (
        _many(_NAME, "name", "file"),
        _many("TEXT NOT NULL " + _TIME, "at"),
        _many(_TEXT, "author", "note"),
        f"snapshot_id INTEGER {_to('snapshots')}",
        "state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed'))",
    ),
    "origins": (
        _many(_NAME, "name", "main"),
        "seq INTEGER NOT NULL CHECK (seq >= 0)",
        _many("TEXT NOT NULL " + _TIME, "at"),
    ),
}


def _scenarios(db: Database) -> None:
    """Frozen copies of a plan, and alternatives that are worked on."""
    for table, columns in _TABLES_SCENARIOS.items():
        db.execute(f"CREATE TABLE {table} ({_ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX snapshots_quarter ON snapshots(quarter_id)")
    db.execute("CREATE INDEX scenarios_snapshot ON scenarios(snapshot_id)")


#: In order; the schema's version is how many of them a file has seen.
_MIGRATIONS = (
    ("0001_first", _first),
    ("0002_history", _history),
    ("0003_seals", _seals),
    ("0004_values", _values),
    ("0005_people", _people),
    ("0006_scenarios", _scenarios),
)


def migrate(connection: Connection, version: int = SCHEMA_VERSION) -> None:
    """Bring the schema to this version; within the caller's transaction, which the caller commits.

    Raises :class:`StoreError` where a row would point to one that is not there.
    """
    from sqlite_utils import Migrations

    migrations = Migrations("makeroom")
    for name, change in _MIGRATIONS[:version]:
        migrations(name=name)(change)
    migrations.apply(database(connection))
    create_triggers(connection)
    if hanging := left_hanging(connection):
        raise StoreError(hanging)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={version}")

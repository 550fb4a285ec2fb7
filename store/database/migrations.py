"""The schema, as migrations that are never edited once released, only followed by others.

They run inside a transaction of ours: left to begin their own, several processes that start together meet
"database is locked".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.common.errors import StoreError
from store.database import first_tables
from store.database.account_tables import account_words, onboarding, service_levels
from store.database.charter_tables import charter_parts
from store.database.column_kinds import (
    DATE,
    DAYS,
    EW,
    ID,
    MONEY,
    NAME,
    NUMBER,
    ONE_TO_TEN,
    PART,
    POINTS,
    SEED,
    SHARE,
    TEXT,
    TIME,
    WEEKS,
    many,
    to,
)
from store.database.connection import APPLICATION_ID, SCHEMA_VERSION, Connection, database
from store.database.deal_tables import adoption, buyer_return, sales_stage, trial_results
from store.database.health_tables import add_health
from store.database.negotiation_tables import INDEXES, TABLES
from store.database.play_tables import add_parts
from store.database.seals import seal_all
from store.database.triggers import create_triggers
from store.database.voice_tables import add_voices
from store.database.write import left_hanging

if TYPE_CHECKING:
    from sqlite_utils import Database


def _first(db: Database) -> None:
    """The tables of the first release."""
    for statement in first_tables.JOURNAL:
        db.execute(statement)
    for table, columns in first_tables.TABLES.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    for statement in first_tables.INDEXES:
        db.execute(statement)


_TABLES_2 = {
    "actuals": (
        many(NAME, "quarter"),
        many(NUMBER, "number"),
        f"team_id INTEGER NOT NULL {to('teams')}",
        many(TEXT, "title"),
        many("REAL NOT NULL " + EW, "estimate", "actual"),
    ),
    "interrupts": (
        many(NAME, "quarter"),
        many(NUMBER, "number"),
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL NOT NULL " + SHARE, "share"),
        "UNIQUE (team_id, number)",
    ),
    "round_estimates": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("TEXT NOT NULL " + TIME, "at"),
        many(TEXT, "who"),
        many("REAL " + EW, "low"),
        many("REAL NOT NULL " + EW, "likely"),
        many("REAL " + EW, "high"),
        "agreed INTEGER NOT NULL DEFAULT 0 CHECK (agreed IN (0, 1))",
    ),
}


def _history(db: Database) -> None:
    """The record of finished quarters, and of rounds in which people estimated together."""
    for table, columns in _TABLES_2.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
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


_TABLES_VALUES = {
    "pins": (
        f"item_id INTEGER NOT NULL UNIQUE {to('items')}",
        "kind TEXT NOT NULL DEFAULT 'pinned' CHECK (kind IN ('contractual', 'regulatory', 'started', 'pinned'))",
        many(TEXT, "note"),
    ),
    "dependencies": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"needs_id INTEGER NOT NULL {to('items')}",
        "UNIQUE (item_id, needs_id)",
    ),
    "versions": (
        f"item_id INTEGER NOT NULL {to('items')}",
        many(NAME, "name"),
        many("REAL " + POINTS, "value"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "version_sizes": (
        f"version_id INTEGER NOT NULL {to('versions')}",
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL " + EW, "low"),
        many("REAL NOT NULL " + EW, "likely"),
        many("REAL " + EW, "high"),
        "UNIQUE (version_id, team_id)",
    ),
    "value_parts": (
        f"item_id INTEGER NOT NULL UNIQUE {to('items')}",
        many(PART, "reach", "impact"),
        many("REAL " + SHARE, "confidence"),
        many(ONE_TO_TEN, "impact_10", "confidence_10", "ease"),
        many(PART, "business", "urgency", "enablement", "cost_of_delay"),
    ),
    "valuing": ("model TEXT NOT NULL DEFAULT 'score' CHECK (model IN ('score', 'rice', 'ice', 'wsjf', 'cd3'))",),
}


def _values(db: Database) -> None:
    """What items are worth, what holds them in the plan, and their smaller first versions."""
    for table, columns in _TABLES_VALUES.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX dependencies_needs ON dependencies(needs_id)")
    db.execute("CREATE INDEX versions_item ON versions(item_id)")
    db.execute("CREATE INDEX version_sizes_team ON version_sizes(team_id)")


_TABLES_PEOPLE = {
    "places": (
        many(NAME, "name"),
        many(TEXT, "country", "subdivision"),
        "holidays INTEGER NOT NULL DEFAULT 1 CHECK (holidays IN (0, 1))",
    ),
    "closures": (
        many(NAME, "name"),
        many("TEXT NOT NULL " + DATE, "starts", "ends"),
        f"team_id INTEGER {to('teams')}",
        f"place_id INTEGER {to('places')}",
    ),
    "team_times": (
        f"team_id INTEGER NOT NULL UNIQUE {to('teams')}",
        many("REAL NOT NULL DEFAULT 1 " + SHARE, "focus"),
        many("REAL NOT NULL DEFAULT 0 " + SHARE, "interrupts"),
    ),
    "people": (
        f"team_id INTEGER NOT NULL {to('teams')}",
        many(NAME, "name"),
        f"place_id INTEGER {to('places')}",
        many("TEXT " + DATE, "starts", "ends"),
        many("REAL NOT NULL DEFAULT 1 " + SHARE, "share"),
        many(WEEKS, "ramp_none", "ramp_half"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "absences": (
        f"person_id INTEGER NOT NULL {to('people')}",
        "kind TEXT NOT NULL DEFAULT 'leave' CHECK (kind IN ('leave', 'on-call', 'away'))",
        many("TEXT NOT NULL " + DATE, "starts", "ends"),
        many("REAL " + DAYS, "days"),
        many(TEXT, "note"),
    ),
}


def _people(db: Database) -> None:
    """Who is there, and when: what net capacity is taken apart into."""
    for table, columns in _TABLES_PEOPLE.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
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
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        many(NAME, "name"),
        f"kind TEXT NOT NULL DEFAULT 'asked' CHECK (kind IN ({_SNAPSHOT_KINDS}))",
        many("TEXT NOT NULL " + TIME, "at"),
        many(TEXT, "author", "note"),
        "hash TEXT NOT NULL CHECK (length(hash) = 64)",
        "content TEXT NOT NULL CHECK (length(content) <= 50000000)",
    ),
    "scenarios": (
        many(NAME, "name", "file"),
        many("TEXT NOT NULL " + TIME, "at"),
        many(TEXT, "author", "note"),
        f"snapshot_id INTEGER {to('snapshots')}",
        "state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed'))",
    ),
    "origins": (
        many(NAME, "name", "main"),
        "seq INTEGER NOT NULL CHECK (seq >= 0)",
        many("TEXT NOT NULL " + TIME, "at"),
    ),
}


def _scenarios(db: Database) -> None:
    """Frozen copies of a plan, and alternatives that are worked on."""
    for table, columns in _TABLES_SCENARIOS.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX snapshots_quarter ON snapshots(quarter_id)")
    db.execute("CREATE INDEX scenarios_snapshot ON scenarios(snapshot_id)")


def _negotiation(db: Database) -> None:
    """What a request carries, the charter, and what stands behind a decision."""
    for table, columns in TABLES.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    for table, column in INDEXES:
        db.execute(f"CREATE INDEX {table}_{column.removesuffix('_id')} ON {table}({column})")


def _priority(db: Database) -> None:
    """What a source calls an item's priority, which stood in its note before."""
    db.execute(f"ALTER TABLE items ADD COLUMN {many(TEXT, 'priority')}")


def _accounts(db: Database) -> None:
    """What is known of an account besides its revenue and renewal, and the currency in which amounts are."""
    for column in (
        "term INTEGER NOT NULL DEFAULT 12 CHECK (term BETWEEN 1 AND 240)",
        many(TEXT, "segment"),
        many(TEXT, "owner"),
        many(TEXT, "also"),
        "apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, 1))",
    ):
        db.execute(f"ALTER TABLE customers ADD COLUMN {column}")
    db.execute("ALTER TABLE workspace ADD COLUMN currency TEXT NOT NULL DEFAULT 'USD' CHECK (length(currency) = 3)")


def _target_for(db: Database) -> None:
    """Whether the target odds are those of the whole plan or of each team."""
    db.execute("ALTER TABLE quarters ADD COLUMN target_for TEXT CHECK (target_for IN ('plan', 'team'))")


def _item_team(db: Database) -> None:
    """Whose an item is that has no size yet."""
    db.execute(f"ALTER TABLE items ADD COLUMN team_id INTEGER {to('teams')}")
    db.execute("CREATE INDEX items_team ON items(team_id)")


def _team_draw(db: Database) -> None:
    """What seeds a team's draws, so that teams made in another order have the same odds; its number where none does."""
    db.execute(f"ALTER TABLE teams ADD COLUMN {many('INTEGER ' + SEED, 'draw')}")


_TABLES_ENDS = {
    "progress": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL NOT NULL " + EW, "spent"),
        "UNIQUE (item_id, team_id)",
    ),
    "delivered": (
        many(NAME, "quarter"),
        many(NUMBER, "number"),
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL NOT NULL " + EW, "planned", "net"),
        "UNIQUE (team_id, number)",
    ),
}


def _ends(db: Database) -> None:
    """What the end of a quarter leaves: effort on what goes on, the capacity that there was, ranges beside actuals."""
    for table, columns in _TABLES_ENDS.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX progress_team ON progress(team_id)")
    for column in (
        many("REAL " + EW, "low"),
        many("REAL " + EW, "high"),
        "counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1))",
    ):
        db.execute(f"ALTER TABLE actuals ADD COLUMN {column}")


def _revenue_known(db: Database) -> None:
    """Of how many of those who wait for what an option gives up the revenue was known."""
    for column in ("known", "waiting"):
        db.execute(f"ALTER TABLE decision_options ADD COLUMN {column} INTEGER CHECK ({column} BETWEEN 0 AND 1000000)")


def _edition(db: Database) -> None:
    """By which edition of the forecast people know the odds: where it is an older one, the change is said once."""
    db.execute("ALTER TABLE workspace ADD COLUMN edition INTEGER NOT NULL DEFAULT 1 CHECK (edition BETWEEN 1 AND 100)")


_UNPLANNED_WORK = (
    f"team_id INTEGER NOT NULL {to('teams')}",
    many("TEXT NOT NULL " + DATE, "day"),
    many("REAL NOT NULL " + EW, "effort"),
    "title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 20000)",
    many(TEXT, "source", "asked_by"),
    f"customer_id INTEGER {to('customers')}",
    "slice TEXT CHECK (length(slice) = 1)",
    many(TEXT, "note"),
)


def _running(db: Database) -> None:
    """The quarter as it runs: what is left of each size, what came unplanned, and as of which day this is known."""
    for column in (
        many("REAL " + EW, "left_low"),
        many("REAL " + EW, "left"),
        many("REAL " + EW, "left_high"),
        many("TEXT " + DATE, "started_on"),
        many("TEXT " + DATE, "done_on"),
        "counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1))",
        many("TEXT " + DATE, "told_on"),
        many("REAL NOT NULL DEFAULT 0 " + EW, "carried"),
    ):
        db.execute(f"ALTER TABLE progress ADD COLUMN {column}")
    db.execute(f"ALTER TABLE quarters ADD COLUMN {many('TEXT ' + DATE, 'progress_on')}")
    db.execute(f"CREATE TABLE unplanned_work ({ID}, {', '.join(_UNPLANNED_WORK)}) STRICT")
    for column in ("team_id", "customer_id"):
        db.execute(f"CREATE INDEX unplanned_work_{column.removesuffix('_id')} ON unplanned_work({column})")


def _pages(db: Database) -> None:
    """What an item is called on pages for customers, and when a page was sent to an account."""
    db.execute(f"ALTER TABLE items ADD COLUMN {many(TEXT, 'customer_title')}")
    columns = (f"customer_id INTEGER NOT NULL {to('customers')}", many("TEXT NOT NULL " + TIME, "at"))
    db.execute(f"CREATE TABLE pages_sent ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX pages_sent_customer ON pages_sent(customer_id)")


_OUTCOMES = (
    many(NAME, "quarter"),
    many(NUMBER, "number"),
    many(TEXT, "title"),
    f"item_id INTEGER {to('items')}",
    "slice TEXT CHECK (length(slice) = 1)",
    "became TEXT NOT NULL DEFAULT 'done' CHECK (became IN ('done', 'unfinished', 'deferred', 'dropped'))",
    "planned INTEGER CHECK (planned IN (0, 1))",
    many("REAL " + EW, "baseline_ew", "ew"),
    many("REAL " + SHARE, "odds"),
    "use TEXT CHECK (use IN ('nobody', 'one or two', 'more'))",
    "users INTEGER CHECK (users BETWEEN 0 AND 1000000000)",
    "validated INTEGER CHECK (validated IN (0, 1))",
    many("REAL " + EW, "took"),
    many(TEXT, "decided_by", "asked_by"),
    many("REAL " + EW, "claimed"),
    many("TEXT " + DATE, "asked_on"),
    "deal TEXT CHECK (deal IN ('won', 'lost', 'withdrawn'))",
    many("REAL " + MONEY, "deal_amount"),
    many("TEXT " + DATE, "deal_closes", "deal_ended"),
    many("REAL " + MONEY, "deal_signed"),
)


def _outcomes(db: Database) -> None:
    """What became of the items of finished quarters."""
    db.execute(f"CREATE TABLE outcomes ({ID}, {', '.join(_OUTCOMES)}) STRICT")
    db.execute("CREATE INDEX outcomes_item ON outcomes(item_id)")


_LOOKING_BACK = {
    "escalations": (
        f"item_id INTEGER NOT NULL {to('items')}",
        many("TEXT NOT NULL " + TIME, "at"),
        many(TEXT, "by_whom", "to_whom", "chose"),
    ),
    "arr_changes": (
        f"customer_id INTEGER NOT NULL {to('customers')}",
        "kind TEXT NOT NULL CHECK (kind IN ('new', 'expansion', 'contraction', 'churn'))",
        many("TEXT NOT NULL " + DATE, "day"),
        many("REAL NOT NULL " + MONEY, "amount"),
        many(TEXT, "note"),
    ),
    "reports_made": (
        many(NAME, "kind"),
        many("TEXT NOT NULL " + TIME, "at"),
        many(TEXT, "audience"),
        many("REAL " + SHARE, "odds", "one_offs"),
    ),
}


def _looking_back(db: Database) -> None:
    """Escalations, changes of accounts' revenue, and when a report was made."""
    for table, columns in _LOOKING_BACK.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX escalations_item ON escalations(item_id)")
    db.execute("CREATE INDEX arr_changes_customer ON arr_changes(customer_id)")


_SAID = (
    many("TEXT NOT NULL " + TIME, "at"),
    "kind TEXT NOT NULL CHECK (kind IN ('ask', 'escalation', 'promise', 'leaves', 'evidence', 'competitor',"
    " 'change of mind', 'louder', 'news', 'asked', 'told'))",
    many(TEXT, "event"),
    many(NAME, "who"),
    many(TEXT, "to_whom", "words"),
    f"item_id INTEGER {to('items')}",
    "answer TEXT CHECK (answer IN ('yes', 'part', 'later', 'no'))",
    many("TEXT " + DATE, "due"),
)


def _practice(db: Database) -> None:
    """What was said in a play of a practice case."""
    db.execute(f"CREATE TABLE said ({ID}, {', '.join(_SAID)}) STRICT")
    db.execute("CREATE INDEX said_item ON said(item_id)")


def _patterns(db: Database) -> None:
    """What a general answer is believed to do and which asks it is to end; whom and what kind a one-off before was."""
    for column in ("hypothesis", "offloads"):
        db.execute(f"ALTER TABLE cards ADD COLUMN {many(TEXT, column)}")
    kinds = "'legacy data exchange', 'process-specific workflow', 'report writer', 'odd environment', 'other'"
    db.execute(f"ALTER TABLE outcomes ADD COLUMN one_off_kind TEXT CHECK (one_off_kind IN ({kinds}))")
    db.execute(f"ALTER TABLE outcomes ADD COLUMN {many(TEXT, 'account')}")


#: In order; the schema's version is how many of them a file has seen.
_MIGRATIONS = (
    ("0001_first", _first),
    ("0002_history", _history),
    ("0003_seals", _seals),
    ("0004_values", _values),
    ("0005_people", _people),
    ("0006_scenarios", _scenarios),
    ("0007_negotiation", _negotiation),
    ("0008_priority", _priority),
    ("0009_accounts", _accounts),
    ("0010_target_for", _target_for),
    ("0011_item_team", _item_team),
    ("0012_team_draw", _team_draw),
    ("0013_ends", _ends),
    ("0014_revenue_known", _revenue_known),
    ("0015_edition", _edition),
    ("0016_running", _running),
    ("0017_pages", _pages),
    ("0018_outcomes", _outcomes),
    ("0019_looking_back", _looking_back),
    ("0020_practice", _practice),
    ("0021_patterns", _patterns),
    ("0022_charter_parts", charter_parts),
    ("0023_health", add_health),
    ("0024_account_words", account_words),
    ("0025_voices", add_voices),
    ("0026_buyer_return", buyer_return),
    ("0027_onboarding", onboarding),
    ("0028_service_levels", service_levels),
    ("0029_sales_stage", sales_stage),
    ("0030_parts", add_parts),
    ("0031_trials", trial_results),
    ("0032_adoption", adoption),
    # Tables stay as they are; after each migration all triggers are made anew, and there are fewer of them.
    ("0033_triggers", lambda db: None),
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

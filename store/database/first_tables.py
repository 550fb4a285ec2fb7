"""The journal and the tables of the first version of the schema."""

from __future__ import annotations

from store.database.column_kinds import DATE, EW, MONEY, NAME, PERCENT, SEED, SHARE, TEXT, TIME, many, to

JOURNAL = (
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

#: table -> its columns, in the order in which they are made.
TABLES = {
    "workspace": (
        many(NAME, "name"),
        many("INTEGER NOT NULL " + SEED, "seed"),
        many("REAL CHECK ({0} > 0 AND {0} <= 1e6)", "points_per_ew", "hours_per_ew"),
        "started INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1))",
    ),
    "quarters": (
        many(NAME, "name"),
        many("TEXT NOT NULL " + DATE, "starts", "ends"),
        "state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'baselined', 'closed'))",
        many("REAL NOT NULL DEFAULT 0.7 " + SHARE, "target"),
        many("TEXT " + TIME, "baselined_at"),
    ),
    "teams": (many(NAME, "name"), "position INTEGER NOT NULL DEFAULT 0"),
    "capacities": (
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL NOT NULL " + EW, "net"),
        "UNIQUE (quarter_id, team_id)",
    ),
    "slices": (
        "letter TEXT NOT NULL UNIQUE CHECK (length(letter) = 1)",
        many(NAME, "name"),
        many(TEXT, "owner"),
        many("REAL NOT NULL " + PERCENT, "aim"),
        many("REAL " + PERCENT, "floor", "ceiling"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "customers": (many(NAME, "name"), many("REAL " + MONEY, "arr"), many("TEXT " + DATE, "renews")),
    "items": (
        "title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 20000)",
        "slice TEXT NOT NULL DEFAULT 'F' CHECK (length(slice) = 1)",
        "state TEXT NOT NULL DEFAULT 'below' CHECK (state IN ('inbox', 'plan', 'below', 'declined', 'done'))",
        many("REAL NOT NULL CHECK ({0} BETWEEN -1e15 AND 1e15)", "rank"),
        many("INTEGER NOT NULL " + SEED, "draw"),
        many(TEXT, "owner", "note"),
        many("REAL CHECK ({0} BETWEEN -1e12 AND 1e12)", "value"),
        many("TEXT " + DATE, "due"),
        "baselined INTEGER NOT NULL DEFAULT 0 CHECK (baselined IN (0, 1))",
        many("TEXT CHECK (length({0}) <= 20000)", "source_key", "source_title", "source_size"),
    ),
    "sizes": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"team_id INTEGER NOT NULL {to('teams')}",
        many("REAL " + EW, "low"),
        many("REAL NOT NULL " + EW, "likely"),
        many("REAL " + EW, "high"),
        "UNIQUE (item_id, team_id)",
    ),
    "waits": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"customer_id INTEGER NOT NULL {to('customers')}",
        "UNIQUE (item_id, customer_id)",
    ),
    "requests": (
        f"item_id INTEGER NOT NULL {to('items')}",
        many("TEXT NOT NULL " + TIME, "received_at"),
        many(TEXT, "asked_by"),
        f"customer_id INTEGER {to('customers')}",
        many(TEXT, "problem", "claimed"),
        many("REAL " + MONEY, "deal_amount"),
        many("REAL " + SHARE, "deal_probability"),
        many("TEXT " + DATE, "deal_closes"),
    ),
    "decisions": (
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        many("TEXT NOT NULL " + TIME, "at"),
        "kind TEXT NOT NULL CHECK (kind IN ('trade', 'accept', 'over-commit', 'fill', 'baseline', 'drop', 'decline',"
        " 'defer', 'capacity', 'estimate', 'target', 'close'))",
        "title TEXT NOT NULL CHECK (length(title) <= 20000)",
        f"item_id INTEGER {to('items')}",
        many(TEXT, "decided_by", "because"),
        many("REAL " + SHARE, "odds_before", "odds_after"),
    ),
    "moves": (
        f"decision_id INTEGER NOT NULL {to('decisions')}",
        f"item_id INTEGER {to('items')}",
        "kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'resized', 'capacity'))",
        "title TEXT NOT NULL CHECK (length(title) <= 20000)",
        many("REAL NOT NULL DEFAULT 0.0 CHECK ({0} BETWEEN -1e9 AND 1e9)", "ew"),
    ),
    "signatures": (
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        f"decision_id INTEGER NOT NULL {to('decisions')}",
        many(NAME, "name", "reason"),
        many("REAL NOT NULL " + SHARE, "odds"),
        many("TEXT NOT NULL " + TIME, "at"),
        many("TEXT " + TIME, "cleared_at"),
    ),
    "shortfalls": (
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        "cause TEXT NOT NULL CHECK (length(cause) <= 20000)",
        many("REAL NOT NULL " + SHARE, "odds"),
        many("TEXT NOT NULL " + TIME, "at"),
        many("TEXT " + TIME, "settled_at"),
    ),
    "slice_rules": (
        "field TEXT NOT NULL CHECK (field IN ('type', 'label', 'component'))",
        many(NAME, "value"),
        "slice TEXT NOT NULL CHECK (length(slice) = 1)",
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "shirts": (
        "letter TEXT NOT NULL UNIQUE CHECK (length(letter) BETWEEN 1 AND 3)",
        many("REAL NOT NULL " + EW, "low", "likely", "high"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
}

#: Each is for finding the children of a row: without it, removing a parent reads the whole table.
INDEXES = (
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

"""The tables of a negotiation, as the seventh version of the schema makes them."""

from __future__ import annotations

from store.database.column_kinds import DATE, EW, MONEY, NAME, PART, POINTS, SHARE, TEXT, TIME, many, to

_COUNT = "CHECK ({0} BETWEEN 0 AND 1000000)"
_RIGHT = "CHECK ({0} IN ('one-off', 'under target', 'over ceiling', 'below return', 'break a principle'))"
_WAY = (
    "CHECK ({0} IN ('swap', 'smaller first version', 'sequence', 'configure', 'package', 'services', 'partner',"
    " 'proof of concept', 'pilot', 'buy', 'decline'))"
)

#: table -> its columns, in the order in which they are made.
TABLES = {
    "principles": (many(NAME, "name"), many(TEXT, "note"), "position INTEGER NOT NULL DEFAULT 0"),
    "cards": (
        f"item_id INTEGER NOT NULL UNIQUE {to('items')}",
        many(
            TEXT,
            *("solution", "alternatives", "segment", "helps", "hurts", "buyer_value", "user_value", "sponsor"),
        ),
        many("REAL " + MONEY, "renewal_arr"),
        many("TEXT " + DATE, "renewal_date"),
        "one_off_kind TEXT CHECK (one_off_kind IN ('legacy data exchange', 'process-specific workflow',"
        " 'report writer', 'odd environment', 'other'))",
        "home TEXT CHECK (home IN ('core', 'configuration', 'services', 'partner'))",
        "verdict TEXT CHECK (verdict IN ('wedge', 'trap', 'process problem', 'strategic exception'))",
        many(TEXT, "precedent", "success"),
        f"principle_id INTEGER {to('principles')}",
        "stance TEXT NOT NULL DEFAULT 'follows' CHECK (stance IN ('follows', 'breaks'))",
    ),
    "evidence": (
        f"item_id INTEGER NOT NULL {to('items')}",
        many("INTEGER NOT NULL " + _COUNT, "customers"),
        many(TEXT, "segment", "source"),
        "from_deal INTEGER NOT NULL DEFAULT 0 CHECK (from_deal IN (0, 1))",
    ),
    "claims": (
        f"item_id INTEGER NOT NULL {to('items')}",
        "kind TEXT NOT NULL CHECK (kind IN ('strategic account', 'easy', 'already specified', 'fits the sprint',"
        " 'everyone wants it'))",
        many(TEXT, "evidence"),
        "UNIQUE (item_id, kind)",
    ),
    "hidden_costs": (
        f"item_id INTEGER NOT NULL {to('items')}",
        "kind TEXT NOT NULL CHECK (kind IN ('support', 'complexity', 'drag', 'sprawl'))",
        many("REAL " + EW, "effort"),
        many("REAL " + SHARE, "share"),
        many("REAL NOT NULL DEFAULT 0 " + EW, "upkeep"),
        "UNIQUE (item_id, kind)",
    ),
    "deal_ends": (
        f"item_id INTEGER NOT NULL UNIQUE {to('items')}",
        "outcome TEXT NOT NULL CHECK (outcome IN ('won', 'lost', 'withdrawn'))",
        many("TEXT NOT NULL " + DATE, "ended"),
        many("REAL " + MONEY, "amount"),
        many(TEXT, "note"),
    ),
    "ways_out": (
        f"item_id INTEGER NOT NULL {to('items')}",
        f"decision_id INTEGER {to('decisions')}",
        many("TEXT NOT NULL " + _WAY, "kind"),
        many("REAL NOT NULL DEFAULT 0 " + EW, "effort", "freed"),
        many("REAL " + MONEY, "amount"),
        many("REAL " + SHARE, "markup"),
        many("TEXT " + DATE, "due"),
        many(TEXT, "who", "test"),
        many("INTEGER " + _COUNT, "customers"),
        f"principle_id INTEGER {to('principles')}",
        many(TEXT, "note"),
    ),
    "commitments": (
        f"item_id INTEGER NOT NULL {to('items')}",
        "kind TEXT NOT NULL CHECK (kind IN ('aim', 'promised', 'contractual', 'regulatory'))",
        many("TEXT " + DATE, "due"),
        many(TEXT, "who", "note"),
    ),
    "charters": (
        "purse_count INTEGER NOT NULL DEFAULT 2 CHECK (purse_count BETWEEN 0 AND 1000)",
        many("REAL NOT NULL DEFAULT 2 " + EW, "purse_effort"),
        "least_return REAL NOT NULL DEFAULT 3 CHECK (least_return BETWEEN 0 AND 1000)",
        many("REAL " + MONEY, "rate", "licence"),
        "renewal_days INTEGER NOT NULL DEFAULT 180 CHECK (renewal_days BETWEEN 0 AND 4000)",
        many(TEXT, "evidence_rules"),
    ),
    "roles": (many(NAME, "name"), many(TEXT, "who"), "position INTEGER NOT NULL DEFAULT 0"),
    "rights": (
        many("TEXT NOT NULL " + _RIGHT, "kind"),
        f"role_id INTEGER NOT NULL {to('roles')}",
        f"principle_id INTEGER {to('principles')}",
    ),
    "decision_details": (
        f"decision_id INTEGER NOT NULL UNIQUE {to('decisions')}",
        many(TEXT, "asked_by", "present", "dissent", "conditions"),
        many("TEXT " + DATE, "review"),
        many("TEXT " + _WAY, "way"),
        many(PART, "load_before", "load_after"),
        many("REAL " + SHARE, "one_offs_before", "one_offs_after"),
        f"about_id INTEGER {to('decisions')}",
    ),
    "decision_options": (
        f"decision_id INTEGER NOT NULL {to('decisions')}",
        "title TEXT NOT NULL CHECK (length(title) <= 20000)",
        "chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1))",
        many("REAL " + SHARE, "odds"),
        many("REAL NOT NULL DEFAULT 0.0 CHECK ({0} BETWEEN -1e9 AND 1e9)", "ew"),
        many("REAL " + POINTS, "value"),
        many("REAL " + MONEY, "arr"),
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "signed_terms": (
        f"decision_id INTEGER NOT NULL {to('decisions')}",
        many("TEXT NOT NULL " + _RIGHT, "right"),
        many(NAME, "name", "reason"),
        many(TEXT, "conditions"),
        many("TEXT " + DATE, "review"),
        many(PART, "figure", "bound"),
        many("TEXT NOT NULL " + TIME, "at"),
        f"signature_id INTEGER {to('signatures')}",
        f"principle_id INTEGER {to('principles')}",
        f"item_id INTEGER {to('items')}",
        f"reviewed_id INTEGER {to('decisions')}",
        f"cleared_id INTEGER {to('decisions')}",
    ),
    "purse_picks": (
        f"quarter_id INTEGER NOT NULL {to('quarters')}",
        f"item_id INTEGER NOT NULL {to('items')}",
        f"decision_id INTEGER {to('decisions')}",
        many(NAME, "who"),
        many("REAL NOT NULL " + EW, "effort"),
        "UNIQUE (quarter_id, item_id)",
    ),
}

#: (table, column) of the links that no unique index covers: for finding the children of a row.
INDEXES = (
    ("cards", "principle_id"),
    ("evidence", "item_id"),
    ("ways_out", "item_id"),
    ("ways_out", "decision_id"),
    ("ways_out", "principle_id"),
    ("commitments", "item_id"),
    ("rights", "role_id"),
    ("rights", "principle_id"),
    ("decision_details", "about_id"),
    ("decision_options", "decision_id"),
    ("signed_terms", "decision_id"),
    ("signed_terms", "signature_id"),
    ("signed_terms", "principle_id"),
    ("signed_terms", "item_id"),
    ("signed_terms", "reviewed_id"),
    ("signed_terms", "cleared_id"),
    ("purse_picks", "item_id"),
    ("purse_picks", "decision_id"),
)

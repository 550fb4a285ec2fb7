"""What later formats keep of accounts, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import DATE, ID, MONEY, NAME, TEXT, many, to

if TYPE_CHECKING:
    from sqlite_utils import Database

_KINDS = "'retention risk', 'expansion', 'reference value', 'market signal', 'precedent risk'"
_ACCOUNT_WORDS = (
    f"customer_id INTEGER NOT NULL {to('customers')}",
    f"kind TEXT NOT NULL CHECK (kind IN ({_KINDS}))",
    "score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 3)",
    many(TEXT.replace(" DEFAULT ''", ""), "evidence"),
)


def account_words(db: Database) -> None:
    """What an account means beyond what it pays."""
    db.execute(f"CREATE TABLE account_words ({ID}, {', '.join(_ACCOUNT_WORDS)}) STRICT")
    db.execute("CREATE INDEX account_words_customer ON account_words(customer_id)")


_STEPS = "'signed', 'kickoff', 'security review', 'implementation', 'training', 'live', 'adopted'"
_ONBOARDING = (
    f"customer_id INTEGER NOT NULL {to('customers')}",
    f"step TEXT NOT NULL CHECK (step IN ({_STEPS}))",
    many("TEXT NOT NULL " + DATE, "day"),
    many(TEXT, "note"),
)


def onboarding(db: Database) -> None:
    """The steps from an account's signature to its use, and within how many days the charter wants that."""
    db.execute(f"CREATE TABLE onboarding_steps ({ID}, {', '.join(_ONBOARDING)}) STRICT")
    db.execute("CREATE INDEX onboarding_steps_customer ON onboarding_steps(customer_id)")
    days = "value_days INTEGER NOT NULL DEFAULT 30 CHECK (value_days BETWEEN 1 AND 4000)"
    db.execute(f"ALTER TABLE charters ADD COLUMN {days}")


_SERVICE_LEVELS = (
    f"customer_id INTEGER NOT NULL {to('customers')}",
    many(NAME, "target"),
    "met INTEGER CHECK (met IN (0, 1))",
    many("REAL " + MONEY, "miss_cost"),
    many(TEXT, "note"),
)


def service_levels(db: Database) -> None:
    """What was promised to accounts, and what a miss costs."""
    db.execute(f"CREATE TABLE service_levels ({ID}, {', '.join(_SERVICE_LEVELS)}) STRICT")
    db.execute("CREATE INDEX service_levels_customer ON service_levels(customer_id)")

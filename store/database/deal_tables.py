"""What later formats keep of deals, on the cards of their requests, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import DATE, MONEY, SHARE, TEXT, many

if TYPE_CHECKING:
    from sqlite_utils import Database

_STAGES = "'discovery', 'demo or proof of concept', 'security review', 'contract', 'implementation', 'renewal'"
_COUNT = "INTEGER CHECK ({0} BETWEEN 0 AND 1000000)"
_USERS = "INTEGER CHECK ({0} BETWEEN 0 AND 1000000000)"


def buyer_return(db: Database) -> None:
    """What the buyer saves for which price, what proves it, and how it is priced."""
    for column in ("savings", "price"):
        db.execute(f"ALTER TABLE cards ADD COLUMN {many('REAL ' + MONEY, column)}")
    for column in ("savings_proof", "pricing"):
        db.execute(f"ALTER TABLE cards ADD COLUMN {many(TEXT, column)}")


def sales_stage(db: Database) -> None:
    """How far a deal has come, the buyer's security review, and the service level asked for."""
    for column in (
        f"stage TEXT CHECK (stage IN ({_STAGES}))",
        *(many(TEXT, name) for name in ("security_ask", "service_level")),
        many("TEXT " + DATE, "security_by"),
        "security_passed INTEGER CHECK (security_passed IN (0, 1))",
    ):
        db.execute(f"ALTER TABLE cards ADD COLUMN {column}")


def trial_results(db: Database) -> None:
    """How the success test of a pilot or a proof of concept ended, here and in a row of a file."""
    yes_no = "INTEGER CHECK ({0} IN (0, 1))"
    for table, column in (
        ("ways_out", many(yes_no, "met")),
        ("ways_out", many(_COUNT, "met_by")),
        ("ways_out", many("TEXT " + DATE, "ended")),
        ("outcomes", many(yes_no, "test_met")),
        *(("outcomes", many(_USERS, name)) for name in ("test_met_by", "test_customers")),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def adoption(db: Database) -> None:
    """Who adopted what shipped, and who was to."""
    for table, column in (
        ("cards", many("REAL " + SHARE, "adoption_aim")),
        *(("outcomes", many(_USERS, name)) for name in ("adopted", "could_adopt")),
        *(("outcomes", many("TEXT " + DATE, name)) for name in ("adoption_on", "shipped_on")),
        ("outcomes", many("REAL " + SHARE, "adoption_aim")),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")

"""What later formats keep of deals, on the cards of their requests, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import MONEY, TEXT, many

if TYPE_CHECKING:
    from sqlite_utils import Database


def buyer_return(db: Database) -> None:
    """What the buyer saves for which price, what proves it, and how it is priced."""
    for column in ("savings", "price"):
        db.execute(f"ALTER TABLE cards ADD COLUMN {many('REAL ' + MONEY, column)}")
    for column in ("savings_proof", "pricing"):
        db.execute(f"ALTER TABLE cards ADD COLUMN {many(TEXT, column)}")

"""What later formats keep of accounts, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import ID, TEXT, many, to

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

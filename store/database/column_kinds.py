"""What the columns of tables are made of, as SQL; ``{0}`` stands for the column's name."""

from __future__ import annotations

ID = "id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL DEFAULT 0 CHECK (rev >= 0)"
TEXT = "TEXT NOT NULL DEFAULT '' CHECK (length({0}) <= 20000)"
DATE = "CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"
TIME = "CHECK ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*')"
EW = "CHECK ({0} BETWEEN 0 AND 10000)"
MONEY = "CHECK ({0} BETWEEN 0 AND 1e15)"
SHARE = "CHECK ({0} BETWEEN 0 AND 1)"
PERCENT = "CHECK ({0} BETWEEN 0 AND 100)"
NAME = "TEXT NOT NULL CHECK (length({0}) BETWEEN 1 AND 200)"
SEED = "CHECK ({0} >= 0 AND {0} < 9007199254740992)"
NUMBER = "INTEGER NOT NULL CHECK ({0} BETWEEN 0 AND 100000)"
PART = "REAL CHECK ({0} BETWEEN 0 AND 1e9)"
ONE_TO_TEN = "REAL CHECK ({0} BETWEEN 1 AND 10)"
POINTS = "CHECK ({0} BETWEEN -1e12 AND 1e12)"
DAYS = "CHECK ({0} BETWEEN 0 AND 4000)"
WEEKS = "REAL NOT NULL DEFAULT 0 CHECK ({0} BETWEEN 0 AND 520)"


def to(table: str) -> str:
    """The end of a column that points to a row of another table."""
    # Not RESTRICT: SQLite checks that at once even where foreign keys are deferred, and undo needs them deferred.
    return f"REFERENCES {table}(id)"


def many(kind: str, *columns: str) -> str:
    """The same kind of column several times; ``{0}`` in the kind stands for the name."""
    return ", ".join(f'"{column}" {kind.replace("{0}", chr(34) + column + chr(34))}' for column in columns)

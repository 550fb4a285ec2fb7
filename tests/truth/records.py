"""What a workspace holds at one moment, read by SQL alone, and what is plain to see in it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

TABLES = (
    "capacities", "commitments", "customers", "decision_details", "decisions", "items", "moves", "principles",
    "quarters", "requests", "signed_terms", "slices", "sizes", "teams", "versions", "version_sizes", "waits",
    "ways_out", "actuals",
)  # fmt: skip


class Records:
    """The rows of a file as it is now: each table by number."""

    def __init__(self, path: Path) -> None:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            self.tables: dict[str, dict[int, dict[str, Any]]] = {
                name: {row["id"]: dict(row) for row in connection.execute(f"select * from {name}")} for name in TABLES
            }
        connection.close()

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        return list(self.tables[table].values())

    @property
    def quarter(self) -> dict[str, Any]:
        """The last one."""
        return max(self["quarters"], key=lambda row: row["starts"])

    @property
    def titles(self) -> dict[str, dict[str, Any]]:
        """The items by title: here no two have the same."""
        return {row["title"]: row for row in self["items"]}

    def size(self, item: dict[str, Any]) -> float:
        """The likely effort of an item."""
        return sum(row["likely"] for row in self["sizes"] if row["item_id"] == item["id"])

    @property
    def planned(self) -> dict[str, float]:
        """What is in plan, by title, with its likely effort."""
        return {row["title"]: self.size(row) for row in self["items"] if row["state"] == "plan"}

    @property
    def net(self) -> float:
        return sum(row["net"] for row in self["capacities"] if row["quarter_id"] == self.quarter["id"])

    def waiting(self, title: str) -> dict[str, float | None]:
        """Who waits for an item, or asked for it, with what each pays."""
        item = self.titles[title]["id"]
        ids = {row["customer_id"] for table in ("waits", "requests") for row in self[table] if row["item_id"] == item}
        customers = self.tables["customers"]
        return {customers[key]["name"]: customers[key]["arr"] for key in ids if key is not None}

    def asked_by(self, title: str) -> str:
        item = self.titles[title]["id"]
        return next((row["asked_by"] for row in self["requests"] if row["item_id"] == item), "")

    def way(self, title: str) -> dict[str, Any] | None:
        """The last way out that an item was given."""
        item = self.titles[title]["id"]
        return max((row for row in self["ways_out"] if row["item_id"] == item), key=lambda row: row["id"], default=None)

    def version(self, title: str) -> str:
        """The first version that an item was last cut to, by the line of the decision that cut it."""
        item = self.titles[title]["id"]
        lines = [row["title"] for row in self["moves"] if row["item_id"] == item and row["kind"] == "resized"]
        return lines[-1].rpartition(" → ")[2] if lines else ""

    def moves(self, decision: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """What a decision moved, by the kind of move."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self["moves"]:
            if row["decision_id"] == decision["id"]:
                found[row["kind"]].append(row)
        return found

    def one_off_share(self) -> float:
        """Of planned effort, 0..1."""
        offs = sum(self.size(row) for row in self["items"] if row["state"] == "plan" and row["slice"] == "O")
        whole = sum(self.planned.values())
        return offs / whole if whole else 0.0

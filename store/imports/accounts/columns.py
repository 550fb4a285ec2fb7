"""Which column of a table of accounts is what: by its name, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.accounts.beyond_revenue import ALIASES
from store.imports.columns import simplified
from store.imports.named_columns import NamedColumns

if TYPE_CHECKING:
    from store.imports.table import Table

_ALIASES: Mapping[str, frozenset[str]] = {
    "name": frozenset({
        "account name", "account", "customer name", "customer", "company name", "company", "client name", "client",
        "organization", "organisation", "organization name", "organisation name", "name", "kund",
    }),
    "arr": frozenset({
        "arr", "arr c", "current arr", "total arr", "annual recurring revenue", "acv", "annual contract value",
        "recurring revenue", "yearly revenue", "revenue a year", "revenue per year", "yearly recurring revenue",
        "jahresumsatz", "revenue",
    }),
    "mrr": frozenset({"mrr", "mrr c", "monthly recurring revenue", "monthly revenue", "revenue a month"}),
    "value": frozenset({
        "contract value", "total contract value", "tcv", "contract amount", "deal amount", "amount", "deal value",
    }),
    "term": frozenset({
        "term", "term months", "term in months", "contract term", "contract term months", "contract term in months",
        "contract length", "subscription term", "term years", "term in years", "contract term years",
    }),
    "renewal": frozenset({
        "renewal date", "renewal", "renews", "renews on", "next renewal", "next renewal date", "renewal date c",
        "contract renewal date", "subscription renewal date", "end date", "contract end date", "contract end",
        "subscription end date", "subscription end", "expiry date", "expiry", "expires", "expires on",
        "expiration date", "end",
    }),
    "segment": frozenset({"segment", "customer segment", "account segment", "market segment", "tier", "account tier"}),
    "owner": frozenset({
        "owner", "account owner", "company owner", "account manager", "csm", "customer success manager",
        "account owner name", "assignee", "responsible",
    }),
    "currency": frozenset({
        "currency", "account currency", "arr currency", "currency code", "currency iso code", "amount currency",
    }),
    **ALIASES,
}  # fmt: skip
#: What a CRM calls the turnover of the company itself: no revenue of ours.
THEIR_OWN = frozenset({"annual revenue", "company revenue", "annual company revenue"})
_YEARS = re.compile(r"\byears?\b|\bjahren?\b|\bjahre?\b|\ba[nñ]os?\b|\bans?\b|\bjaren\b|\banni\b")


class AccountColumns(NamedColumns):
    """As :class:`NamedColumns`; a column of amounts may name its currency behind its name, as in ``ARR (EUR)``."""

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        super().__init__(table, overrides, _ALIASES)
        #: of the columns of amounts, the currency that their header names
        self.currencies = self.take_amounts("arr", "mrr", "value")
        if "name" not in self.at:
            raise self.lacking("the name of an account", "--column name=Organisation")

    @property
    def in_years(self) -> bool:
        """Whether terms are in years, by the column's name."""
        return "term" in self.at and _YEARS.search(self.header[self.at["term"]].casefold()) is not None

    @property
    def not_ours(self) -> list[str]:
        """Columns of what the companies themselves take, which are left alone."""
        return [
            name for at, name in enumerate(self.header) if at not in self.at.values() and simplified(name) in THEIR_OWN
        ]

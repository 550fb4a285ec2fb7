"""Old versions of the product that are still supported: what they take a quarter, and what their fee should be.

The fee is doubled with every version back: one back x2, two back x4.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import NOT_GIVEN, Figure, given, total
from scenarios.figures.names import plain_name
from scenarios.figures.sizes import format_ew
from scenarios.rules.charter import charter_of
from store.common.errors import Refused
from store.common.text import clean, short
from store.records import Command, State, new_id
from store.records.negotiation import OldVersion

_MOST_BACK, _MOST_CUSTOMERS, _MOST_EW = 20, 1_000_000, 10_000


@dataclass(frozen=True)
class OldVersions:
    """All of them, the oldest last: ``upkeep`` in ew a quarter over those of which it is known, ``cost`` of that at the
    charter's rate, and the customers on them."""

    rows: tuple[OldVersion, ...]
    upkeep: Figure
    cost: Figure
    customers: Figure


def versions_of(state: State) -> list[OldVersion]:
    """The old versions that are listed, the oldest last."""
    return sorted(state.each(OldVersion), key=lambda row: (row.back, plain_name(row.name)))


def fee_times(version: OldVersion) -> int:
    """By how much its support fee is multiplied."""
    return int(2**version.back)


def version_words(version: OldVersion) -> str:
    """As ``1 back, 1.5 ew a quarter, 3 customers, support fee x2``."""
    upkeep = "ew not known" if version.upkeep is None else f"{format_ew(version.upkeep)} ew a quarter"
    count = version.customers
    on = "customers not known" if count is None else f"{count:,} customer{'' if count == 1 else 's'}"
    return f"{version.back} back, {upkeep}, {on}, support fee x{fee_times(version):,}"


def old_versions_of(state: State) -> OldVersions:
    """What they take in all."""
    rows = tuple(versions_of(state))
    took = [exact(row.upkeep) for row in rows if row.upkeep is not None]
    inputs = tuple((row.name, given(None if row.upkeep is None else exact(row.upkeep), "ew")) for row in rows)
    upkeep = Figure(
        "upkeep of old versions",
        total(took) if took else None,
        "ew",
        "sum of what each takes a quarter",
        inputs or (("old versions", "none listed"),),
        _partly(len(took), len(rows)),
    )
    rate = charter_of(state).rate
    price = None if rate is None else exact(rate)
    cost = Figure(
        "cost of old versions a quarter",
        None if upkeep.value is None or price is None else upkeep.value * price,
        "money",
        "upkeep of old versions x rate per ew",
        ((upkeep.name, upkeep.text), ("rate per ew", given(price, "money"))),
    )
    counts = [row.customers for row in rows if row.customers is not None]
    customers = Figure(
        "customers on old versions",
        Fraction(sum(counts)) if counts else None,
        "count",
        "sum over old versions",
        tuple((row.name, NOT_GIVEN if row.customers is None else f"{row.customers}") for row in rows)
        or (("old versions", "none listed"),),
        _partly(len(counts), len(rows)),
    )
    return OldVersions(rows, upkeep, cost, customers)


def _partly(known: int, of: int) -> str:
    return "" if known in (0, of) else f"known for {known} of {of}"


def write_version(
    state: State, version_id: int | None, name: str, back: float | None, upkeep: float | None, customers: float | None
) -> Command:
    """List an old version, or what is known of one from now on. Raises :class:`Refused`."""
    name = clean(name)
    if not name or len(name) > 200:
        raise Refused("A version needs a name of at most 200 characters.", "name")
    if any(plain_name(row.name) == plain_name(name) and row.id != version_id for row in state.each(OldVersion)):
        raise Refused(f"The version “{short(name, 60)}” is listed already.", "name")
    if back is None or back != int(back) or not 1 <= back <= _MOST_BACK:
        raise Refused(f"It is a whole number of versions back, from 1 to {_MOST_BACK}.", "back")
    if upkeep is not None and not 0 <= upkeep <= _MOST_EW:
        raise Refused(f"What it takes a quarter is from 0 to {_MOST_EW:,} ew.", "upkeep")
    if customers is not None and (customers != int(customers) or not 0 <= customers <= _MOST_CUSTOMERS):
        raise Refused(f"Customers are a whole number from 0 to {_MOST_CUSTOMERS:,}.", "customers")
    given_now = {
        "name": name, "back": int(back), "upkeep": upkeep, "customers": None if customers is None else int(customers),
    }  # fmt: skip
    old = state.all(OldVersion).get(version_id or 0)
    if old is None:
        if version_id is not None:
            raise Refused("this version is not listed any more")
        made = OldVersion.model_validate({"id": new_id(), **given_now})
        return Command("charter", f"old version “{short(name, 60)}” is still supported", (made,))
    changed = old.model_copy(update=given_now)
    return Command("charter", f"old version “{short(name, 60)}”", () if changed == old else (changed,))


def remove_version(state: State, version_id: int) -> Command:
    """It is supported no more."""
    row = state.all(OldVersion)[version_id]
    return Command("charter", f"old version “{short(row.name, 60)}” is supported no more", (), (row,))

"""Service levels promised to accounts: targets met of targets in all, and what a miss costs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import NOT_GIVEN, Figure, counted, told, total
from scenarios.figures.names import meant, plain_name
from store.common.errors import Refused
from store.common.text import clean, many, short
from store.records import Command, Customer, State, new_id
from store.records.looking_back import ServiceLevel

YES, NO, UNKNOWN, OFF = "yes", "no", "not known", "taken off"
_MET: dict[str, bool | None] = {YES: True, NO: False, UNKNOWN: None}


@dataclass(frozen=True)
class ServiceLevels:
    """Targets with whom each was promised to; ``met`` is how many of them are met, ``missed_cost`` what those cost that
    are missed."""

    rows: tuple[tuple[Customer, ServiceLevel], ...]
    met: Figure
    missed: int
    unknown: int
    missed_cost: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What :attr:`words` tell."""
        kinds = ("targets", (True, False, None)), ("missed", (False,)), ("not known", (None,))
        return self.met, self.missed_cost, *(counted(name, self._named(those)) for name, those in kinds)

    def _named(self, met: tuple[bool | None, ...]) -> list[str]:
        return [f"{account.name}, {row.target}" for account, row in self.rows if row.met in met]

    @property
    def words(self) -> str:
        """As ``4 of 6 targets met, 1 missed, which costs $20,000, 1 not known``."""
        parts = [f"{self.met.text} of {many(len(self.rows), 'target')} met"]
        if self.missed:
            known = self.missed_cost.known
            cost = f", which {'costs' if self.missed == 1 else 'cost'} {self.missed_cost.text}" if known else ""
            parts.append(f"{self.missed} missed{cost or ', and what that costs is not known'}")
        if self.unknown:
            parts.append(f"{self.unknown} not known")
        return ", ".join(parts)


def levels_by_account(state: State) -> dict[int, tuple[ServiceLevel, ...]]:
    """By account, what was promised to it, by name."""
    found: dict[int, list[ServiceLevel]] = {}
    for row in sorted(state.each(ServiceLevel), key=lambda row: (plain_name(row.target), row.id)):
        found.setdefault(row.customer_id, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def service_levels_of(state: State) -> ServiceLevels:
    """Those of all accounts: the missed ones first, then by account."""
    accounts = state.all(Customer)
    rows = [(accounts[key], row) for key, levels in levels_by_account(state).items() for row in levels]
    rows.sort(key=lambda row: (row[1].met is not False, plain_name(row[0].name)))
    return what_they_come_to(rows)


def what_they_come_to(rows: list[tuple[Customer, ServiceLevel]]) -> ServiceLevels:
    """The counts and the cost of some of them."""
    missed = [(account, row) for account, row in rows if row.met is False]
    costs = [exact(row.miss_cost) for _, row in missed if row.miss_cost is not None]
    met = Figure(
        "service levels met",
        Fraction(sum(row.met is True for _, row in rows)) if rows else None,
        "count",
        "targets that are said to be met, of those in all",
        tuple((f"{short(account.name, 60)}, {short(row.target, 60)}", met_word(row)) for account, row in rows)
        or (("targets", "none on record"),),
    )
    partly = "" if len(costs) == len(missed) else f"known for {len(costs)} of {len(missed)}"
    cost = Figure(
        "cost of misses",
        total(costs) if costs or not missed else None,
        "money",
        "sum of what each missed target costs",
        tuple(
            (
                f"{short(account.name, 60)}, {short(row.target, 60)}",
                NOT_GIVEN if row.miss_cost is None else cents(exact(row.miss_cost)),
            )
            for account, row in missed
        )
        or (("missed targets", "none"),),
        partly,
    )
    unknown = sum(row.met is None for _, row in rows)
    return ServiceLevels(tuple(rows), met, len(missed), unknown, cost)


def write_level(
    state: State, account: Customer, target: str, met: str, miss_cost: float | None, note: str = ""
) -> Command:
    """A target that was promised to an account, or what is known of one from now on; what is left empty stays.

    ``met`` is yes, no, not known or taken off. Raises Refused.
    """
    name, target, word = short(account.name, 60), clean(target), plain_name(met)
    if not target or len(target) > 200:
        raise Refused("What was promised? A target has a name of at most 200 characters, as uptime 99.9%.", "target")
    if word:
        found = meant((*_MET, OFF), word)
        if len(found) != 1:
            raise Refused(f"A target is met {YES}, {NO} or {UNKNOWN}; or it is {OFF}.", "met")
        word = found[0]
    mine = levels_by_account(state).get(account.id, ())
    old = next((row for row in mine if plain_name(row.target) == plain_name(target)), None)
    if word == OFF:
        if old is None:
            raise Refused(f"{name} was promised no “{short(target, 60)}”: there is nothing to take off.", "target")
        return Command("account", f"{name}: {short(old.target, 60)} is promised no more", (), (old,))
    row = old or ServiceLevel(id=new_id(), customer_id=account.id, target=target)
    changed = row.model_copy(
        update={
            "target": target,
            "met": _MET[word] if word else row.met,
            "miss_cost": row.miss_cost if miss_cost is None else miss_cost,
            "note": clean(note) or row.note,
        }
    )
    if changed == old:
        return Command("account", "")
    return Command("account", f"{name}: {level_words(changed)}", (changed,))


def met_word(row: ServiceLevel) -> str:
    """Whether it is met."""
    return "met" if row.met else "not known" if row.met is None else "missed"


def cost_of_a_miss(row: ServiceLevel) -> Figure:
    """What a miss of one target costs."""
    value = None if row.miss_cost is None else exact(row.miss_cost)
    return told("a miss costs", value, "money", "as is on record", ("target", row.target), ("is", met_word(row)))


def level_words(row: ServiceLevel) -> str:
    """As ``uptime 99.9% missed, a miss costs $20,000``."""
    said = f"{short(row.target, 60)} {'met' if row.met else 'missed' if row.met is False else 'promised'}"
    cost = "" if row.miss_cost is None else f", a miss costs {cents(exact(row.miss_cost))}"
    return said + cost + (f" ({short(row.note, 120)})" if row.note else "")

"""Taking over what differs: on snapshots as values, and from there, through the one door, into the workspace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scenarios.compare.differences import EDITED, FIELDS, Difference
from scenarios.snapshots.freeze import freeze
from scenarios.snapshots.frozen import Frozen, FrozenCustomer, FrozenItem, FrozenTeam
from scenarios.snapshots.item_matches import match_frozen
from scenarios.snapshots.names import NeededItems
from scenarios.snapshots.restore import Restoring, restore
from scenarios.trade.door import Proposal
from store.common.errors import Refused
from store.records import Item, State


def apply(a: Frozen, differences: Iterable[Difference]) -> Frozen:
    """A snapshot with these differences taken over; its figures are left out, since they are not its own any more.

    With all that :func:`~scenarios.compare.differences.differences_of` found between A and B, it is B but for the
    figures. What is not there is passed over.
    """
    work = _Work(a)
    for each in differences:
        work.take(each)
    return work.done()


def take(state: State, difference: Difference, since: Frozen | None = None) -> Restoring:
    """One difference into the workspace, as a proposal. Raises Refused where it cannot be.

    ``since`` is the side A that it was told from, where that is not the present plan: items are then known again by
    their identity.
    """
    here = freeze(state, figures=False)
    wanted = _known_here(difference, here, since)
    target = apply(here, (wanted,))
    _require_needs(state, target, wanted)
    return restore(state, target, _title(difference), make_missing=True)


class NothingToTakeError(Refused):
    """A difference of which nothing can be taken over; ``str(error)`` says why."""


def take_over(state: State, difference: Difference, other: str) -> tuple[Proposal, tuple[str, ...]]:
    """One difference into the present plan, under words that name the ``other`` plan; and what people should know.

    Raises Refused where it cannot be, :class:`NothingToTakeError` where there is nothing to do.
    """
    if not difference.takes:
        raise NothingToTakeError("it comes from the finished quarters, or from how ranks are numbered")
    found = take(state, difference)
    if found.nothing:
        raise NothingToTakeError("; ".join(found.notes) or "the plan has it already, or not at all")
    words = _taken_words(difference, other)
    command = replace(found.proposal.command, label=words)
    return replace(found.proposal, title=words, command=command), found.notes


def _taken_words(difference: Difference, other: str) -> str:
    title = f"“{difference.title}”"
    match difference.kind:
        case "only a":
            return f"{title} out, as in {other}"
        case "only b":
            return f"{title} in, as in {other}"
    return f"{title} as in {other}: {difference.words}"


def _require_needs(state: State, target: Frozen, taken: Difference) -> None:
    """As elsewhere, nothing comes in without what it needs, nor leaves what needs it behind."""
    if taken.kind == "only a":
        hanging = next((item.title for item in target.items.values() if taken.key_a in item.needs), None)
        if hanging is not None:
            raise Refused(f"“{taken.title}” is needed by “{hanging}”, which has to leave first")
    if taken.kind == "only b":
        known = NeededItems(state)
        for key in taken.wanted.needs:
            item_id = known.item_id(key)
            if key not in target.items and item_id is not None and state.all(Item)[item_id].state != "done":
                title = state.all(Item)[item_id].title
                raise Refused(f"“{taken.title}” needs “{title}” first, which is not in plan")


def _title(difference: Difference) -> str:
    match difference.kind:
        case "only a":
            return f"“{difference.title}” out, as in the other plan"
        case "only b":
            return f"“{difference.title}” in, as in the other plan"
    return f"“{difference.title}” as in the other plan: {difference.words}"


def _known_here(difference: Difference, here: Frozen, since: Frozen | None) -> Difference:
    """The difference with the key that the item has in the present plan."""
    if not difference.item or since is None:
        return difference
    keys = match_frozen(since, here)
    if difference.key_a is not None:
        return replace(difference, key_a=keys.get(difference.key_a))
    return difference


class _Work:
    """The tables of A while they are changed; items stay under A's keys until all is done."""

    def __init__(self, a: Frozen) -> None:
        self.a = a
        self.items: dict[str, FrozenItem] = dict(a.items)
        self.fresh: dict[str, FrozenItem] = {}
        self.renamed: dict[str, str] = {}
        self.teams: dict[str, FrozenTeam] = dict(a.teams)
        self.slices = dict(a.slices)
        self.customers: dict[str, FrozenCustomer] = dict(a.customers)
        self.fields: dict[str, Any] = {}

    def take(self, each: Difference) -> None:
        key = each.key_a or ""
        self._bring(each)
        match each.kind:
            case "only a":
                self.items.pop(key, None)
            case "only b":
                self.fresh[each.key_b or each.title] = each.wanted
            case "resized" | "ranked" | "pinned":
                self._change(key, {name: getattr(each.wanted, name) for name in FIELDS[each.kind]})
            case "edited":
                self._change(key, {name: getattr(each.wanted, name) for name in EDITED})
                self.renamed[key] = each.key_b or key
            case "capacity" | "belief" if key:
                _set(self.teams, key, each.wanted)
            case "aim":
                _set(self.slices, key, each.wanted)
            case "customer":
                self.customers[key] = each.wanted
            case "quarter":
                self.fields["quarter"], stamps = each.wanted
                for own, stamp in stamps.items():
                    self._change(own, {"baselined": stamp})
            case "ranks":
                for own, (rank, tie) in each.wanted.items():
                    self._change(own, {"rank": rank, "tie": tie})
            case "target":
                self.fields["target"], self.fields["target_for"] = each.wanted
            case "valuing" | "charter":
                self.fields[each.kind] = each.wanted
            case "belief":
                self.fields |= each.wanted

    def _bring(self, each: Difference) -> None:
        """What B's item refers to; a team that is new here comes without capacity, which is a matter of its own."""
        for key, team in each.teams.items():
            self.teams.setdefault(key, team.model_copy(update={"net": 0.0}))
        for key, customer in each.customers.items():
            self.customers.setdefault(key, customer)

    def _change(self, key: str, changed: dict[str, Any]) -> None:
        if key in self.items:
            self.items[key] = self.items[key].model_copy(update=changed)

    def done(self) -> Frozen:
        items = dict(self.fresh)
        for key, item in self.items.items():
            name = self.renamed.get(key, key)
            items[name if name not in items else f"{name}~{item.draw}"] = item
        waited = {key for item in items.values() for key in item.waits}
        tables = {
            "items": dict(sorted(items.items())),
            "teams": dict(sorted(self.teams.items())),
            "slices": dict(sorted(self.slices.items())),
            "customers": {key: one for key, one in sorted(self.customers.items()) if key in waited},
        }
        return self.a.model_copy(update={**tables, **self.fields, "figures": None})


def _set(table: dict[str, Any], key: str, wanted: Any) -> None:
    if wanted is None:
        table.pop(key, None)
    else:
        table[key] = wanted

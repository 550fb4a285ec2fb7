"""Making a scenario the plan: all that differs from the main plan as it is now, as one proposal through the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scenarios.compare import Difference, compare, side_now
from scenarios.figures.sizes import format_ew
from scenarios.snapshots import Restoring, freeze, restore
from store.records import Customer, Item, Record, Request, RoundEstimate, Scenario, State, Team, new_id


@dataclass(frozen=True)
class Adopting:
    """What making a scenario the plan would do: the differences from the main plan, and the proposal to it."""

    restoring: Restoring
    differences: tuple[Difference, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two plans are the same."""
        return self.restoring.nothing

    @property
    def lines(self) -> list[str]:
        """What changes, in words, an item a line; then what people should know besides."""
        found = [_words(each) for each in self.differences if each.takes]
        return found + list(self.restoring.notes)


def adopt(main: State, scenario: State, name: str, row: Scenario | None = None) -> Adopting:
    """All differences of a scenario's plan to the main plan, known again by identity; ``row`` is marked as taken.

    Items that were made in the scenario, and are in its plan, come along with how they were asked for. What is only
    below its line stays there. Raises ``Refused`` where the main plan is of another quarter by
    now, or something would leave it that is pinned there.
    """
    title = f"scenario “{name}” made the plan"
    restoring = restore(main, freeze(scenario, figures=False), title, make_missing=True)
    if restoring.nothing:
        return Adopting(restoring, ())
    more = list(_with_new_items(restoring.proposal.command.puts, main, scenario))
    if row is not None:
        more.append(row.model_copy(update={"state": "taken"}))
    command = restoring.proposal.command
    command = replace(command, puts=(*command.puts, *more))
    restoring = replace(restoring, proposal=replace(restoring.proposal, command=command))
    differences = compare((side_now(main, name="main"), side_now(scenario, name=name))).differences
    return Adopting(restoring, differences)


def _with_new_items(puts: Iterable[Record], main: State, scenario: State) -> Iterator[Record]:
    """How the items that are made were asked for, and what was said in their hidden rounds."""
    puts = list(puts)
    made = {(put.draw, put.title): put.id for put in puts if isinstance(put, Item) and put.id < 0}
    ids = {item.id: made[item.draw, item.title] for item in scenario.each(Item) if (item.draw, item.title) in made}
    customers = {one.name: one.id for one in (*main.each(Customer), *(p for p in puts if isinstance(p, Customer)))}
    teams = {one.name: one.id for one in (*main.each(Team), *(put for put in puts if isinstance(put, Team)))}
    for request in scenario.each(Request):
        if request.item_id not in ids:
            continue
        customer_id = None
        if request.customer_id is not None:
            customer = scenario.all(Customer)[request.customer_id]
            if customer.name not in customers:
                customers[customer.name] = new_id()
                yield customer.model_copy(update={"id": customers[customer.name], "rev": 0})
            customer_id = customers[customer.name]
        fields = {"id": new_id(), "rev": 0, "item_id": ids[request.item_id], "customer_id": customer_id}
        yield request.model_copy(update=fields)
    for line in scenario.each(RoundEstimate):
        team = scenario.all(Team)[line.team_id].name
        if line.item_id in ids and team in teams:
            fields = {"id": new_id(), "rev": 0, "item_id": ids[line.item_id], "team_id": teams[team]}
            yield line.model_copy(update=fields)


def _words(each: Difference) -> str:
    match each.kind:
        case "only a":
            what = f"out: “{each.title}”, {format_ew(each.ew)} ew"
        case "only b":
            what = f"in: “{each.title}”, {format_ew(each.ew)} ew"
        case _:
            what = f"{each.title}: {each.words}" if each.title else each.words
    if each.waiting and each.kind == "only a":
        what += f"; waits: {', '.join(each.waiting[:3])}"
    return what + (f" ({each.reason})" if each.reason else "")

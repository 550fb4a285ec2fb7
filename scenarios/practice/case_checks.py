"""What is wrong with a case that reads well: broken references, an impossible plan, an event that cannot happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scenarios.figures.amounts import odds_percent
from scenarios.figures.sizes import format_ew
from scenarios.practice.case import Case, CaseEvent, CaseItem, Three
from scenarios.practice.setting import setting
from scenarios.trade.door import forecast_of
from store.common.text import short
from store.records import State

Path = tuple[str | int, ...]
_ORDER = "is out of order: low (P10), then likely (P50), then high (P90)"


@dataclass(frozen=True)
class CaseFault:
    """What is wrong, where: a path of keys and indexes, and words that go on after it."""

    path: Path
    words: str


def faults_of(case: Case, fresh: State) -> tuple[CaseFault, ...]:
    """All faults of a case; ``fresh`` is the state of a fresh workspace. What no plan can be made of hides the rest."""
    found = tuple(_references(case, {part.letter for part in fresh.tables["slices"].values()}))
    if found:
        return found
    return (*_events(case), *_plan(case, fresh))


# ------------------------------------------------------------------ what is referred to


def _references(case: Case, letters: set[str]) -> Iterator[CaseFault]:
    if case.quarter.ends <= case.quarter.starts:
        yield CaseFault(("quarter", "ends"), "is before the quarter's first day")
    if not case.people[0] <= case.people[1] or case.people[0] < 1:
        yield CaseFault(("people",), "says how many people at least, then at most")
    if case.role(case.player) is None:
        yield CaseFault(("player",), f"is “{case.player}”, which is the key of none of its roles")
    yield from _twice("teams", "name", [team.name for team in case.teams])
    yield from _twice("accounts", "name", [account.name for account in case.accounts])
    yield from _twice("principles", "name", [each.name for each in case.principles])
    yield from _twice("roles", "key", [role.key for role in case.roles])
    yield from _twice("roles", "who", [role.who for role in case.roles])
    yield from _twice("events", "key", [event.key for event in case.events])
    yield from _twice("items", "title", [item.title for item in case.items])
    for at, team in enumerate(case.teams):
        if (team.weeks is None) == (not team.people):
            yield CaseFault(("teams", at), "says either its weeks or its people")
        yield from _twice("people", "name", [one.name for one in team.people], ("teams", at))
    for at, part in enumerate(case.slices):
        if part.letter not in letters:
            yield CaseFault(
                ("slices", at, "letter"), f"is “{part.letter}”: the slices are {', '.join(sorted(letters))}"
            )
    known = {item.title for item in case.items}
    for at, item in enumerate(case.items):
        yield from _item(case, item, ("items", at), letters)
        for number, other in enumerate(item.needs):
            if other not in known or other == item.title:
                yield CaseFault(
                    ("items", at, "needs", number), f"is “{short(other, 80)}”, which is none of its other items"
                )
    known |= {item.title for item in case.brought}
    for at, event in enumerate(case.events):
        yield from _event(case, event, ("events", at), known, letters)
    for at, look in enumerate(case.look_at):
        if look.item and look.item not in known:
            yield CaseFault(("look_at", at, "item"), f"is “{short(look.item, 80)}”, which is none of its items")


def _twice(table: str, key: str, names: Sequence[str], above: Path = ()) -> Iterator[CaseFault]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name.casefold() in seen:
            yield CaseFault((*above, table, at, key), f"is “{short(name, 80)}”, as another one's")
        seen.add(name.casefold())


def _item(case: Case, item: CaseItem, at: Path, letters: set[str]) -> Iterator[CaseFault]:
    accounts = {account.name for account in case.accounts}
    if item.slice not in letters:
        yield CaseFault((*at, "slice"), f"is “{item.slice}”: the slices are {', '.join(sorted(letters))}")
    yield from _sizes(case, item.sizes, (*at, "sizes"))
    if item.first_version is not None:
        yield from _sizes(case, item.first_version.sizes, (*at, "first_version", "sizes"))
    for number, name in enumerate(item.waiting):
        if name not in accounts:
            yield CaseFault((*at, "waiting", number), _no_account(name))
    if item.request is not None and item.request.account and item.request.account not in accounts:
        yield CaseFault((*at, "request", "account"), _no_account(item.request.account))
    card = item.card
    if card is not None and card.principle and card.principle not in {each.name for each in case.principles}:
        words = f"is “{short(card.principle, 80)}”, which is none of its principles"
        yield CaseFault((*at, "card", "principle"), words)


def _no_account(name: str) -> str:
    return f"is “{short(name, 80)}”, which is none of its accounts"


def _sizes(case: Case, sizes: Mapping[str, Three], at: Path) -> Iterator[CaseFault]:
    teams = {team.name for team in case.teams}
    for team, (low, likely, high) in sizes.items():
        if team not in teams:
            yield CaseFault((*at, team), "is none of its teams")
        elif not low <= likely <= high:
            yield CaseFault((*at, team), _ORDER)


def _event(case: Case, event: CaseEvent, at: Path, known: set[str], letters: set[str]) -> Iterator[CaseFault]:
    for key in ("item", "decided"):
        title = getattr(event, key)
        if title and title not in known:
            yield CaseFault((*at, key), f"is “{short(title, 80)}”, which is none of its items")
    if event.after and event.after not in {each.key for each in case.events}:
        yield CaseFault((*at, "after"), f"is “{event.after}”, which is the key of none of its events")
    if event.asks is not None:
        yield from _item(case, event.asks, (*at, "asks"), letters)
        if event.asks.title in {item.title for item in case.items}:
            yield CaseFault((*at, "asks", "title"), "is an item that is there from the beginning: escalate that one")
        if event.asks.needs:
            yield CaseFault((*at, "asks", "needs"), "is for items that are there from the beginning")
    yield from _sizes(case, event.sizes, (*at, "sizes"))
    if event.leaves is not None:
        yield from _leaves(case, event, (*at, "leaves"))
    if event.stops_waiting and event.stops_waiting not in {account.name for account in case.accounts}:
        yield CaseFault((*at, "stops_waiting"), _no_account(event.stops_waiting))


def _leaves(case: Case, event: CaseEvent, at: Path) -> Iterator[CaseFault]:
    said = event.leaves
    if said is None:
        return
    if bool(said.person) == bool(said.team):
        yield CaseFault(at, "names either a person with the last day, or a team with the weeks that it still has")
    elif said.person:
        everybody = {one.name for team in case.teams for one in team.people}
        if said.person not in everybody:
            yield CaseFault((*at, "person"), f"is “{short(said.person, 80)}”, who is in none of its teams")
        if said.last_day is None:
            yield CaseFault((*at, "last_day"), "is missing: the last day there")
        elif not case.quarter.starts <= said.last_day <= case.quarter.ends:
            yield CaseFault((*at, "last_day"), "is not in the quarter: nothing would change")
    else:
        plain = {team.name: team.weeks for team in case.teams}
        if said.team not in plain:
            yield CaseFault((*at, "team"), f"is “{short(said.team, 80)}”, which is none of its teams")
        elif plain[said.team] is None:
            yield CaseFault((*at, "team"), "has people: say which person leaves")
        elif said.weeks is None:
            yield CaseFault((*at, "weeks"), "is missing: the engineer-weeks that the team still has")


# ------------------------------------------------------------------ what can happen

#: By kind, the keys without which nothing of that kind can happen.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "ask": ("asks",),
    "escalation": ("item",),
    "promise": ("item", "promise"),
    "leaves": ("leaves",),
    "evidence": ("item",),
    "change of mind": ("item",),
    "louder": ("item",),
}
#: What is about an item, and says nothing without one.
_ABOUT_ITEM = ("promise", "evidence", "claim", "deal", "sizes", "stops_waiting", "end")


def _events(case: Case) -> Iterator[CaseFault]:
    there = {item.title: item for item in case.items}
    came: dict[str, int] = {}
    gone: dict[str, date] = {}
    open_items = {title for title, item in there.items() if item.state in ("inbox", "plan", "below")}
    for at, event in enumerate(case.events):
        path: Path = ("events", at)
        for key in _NEEDED.get(event.kind, ()):
            if not getattr(event, key):
                yield CaseFault((*path, key), f"is missing: there is no event of kind “{event.kind}” without it")
        for key in _ABOUT_ITEM:
            if getattr(event, key) and not event.item:
                yield CaseFault((*path, key), "cannot happen to no item: say which one, with item")
        if event.asks is not None and event.kind != "ask":
            yield CaseFault((*path, "asks"), "brings an item: its kind is ask")
        if event.minute is not None and event.minute > case.minutes:
            words = f"is after the {case.minutes} minutes of the play: the event would never come by the clock"
            yield CaseFault((*path, "minute"), words)
        if event.after and event.after not in came:
            words = (
                "is the event itself" if event.after == event.key else "comes later in the file, or waits for this one"
            )
            yield CaseFault((*path, "after"), f"{words}: an event names one before it")
        if event.item and event.item not in there:
            yield CaseFault((*path, "item"), "is asked for by a later event only")
        yield from _decided(event, path, there, open_items)
        if event.asked and (event.minute is not None or event.after or event.decided):
            yield CaseFault((*path, "asked"), "comes to whoever asks: no minute, after or decided can bring it")
        if event.asked and not event.item:
            yield CaseFault((*path, "asked"), "comes to whoever asks about an item: say which one, with item")
        if event.kind == "louder" and event.item in there and not _was_asked(case, event.item, at):
            yield CaseFault((*path, "item"), "was never asked for before: nothing can come back louder")
        if event.stops_waiting and event.item in there and event.stops_waiting not in there[event.item].waiting:
            yield CaseFault((*path, "stops_waiting"), f"does not wait for “{short(event.item, 60)}”")
        yield from _goes(event, path, gone)
        came[event.key] = at
        if event.asks is not None:
            if event.asks.title in there:
                yield CaseFault((*path, "asks", "title"), "is asked for by an earlier event: let it come back louder")
            there[event.asks.title] = event.asks
            open_items.add(event.asks.title)


def _decided(event: CaseEvent, path: Path, there: Mapping[str, CaseItem], open_items: set[str]) -> Iterator[CaseFault]:
    if event.answer is not None and not event.decided:
        yield CaseFault((*path, "answer"), "is the answer to nothing: say of which item, with decided")
    if not event.decided:
        return
    if event.decided not in there:
        yield CaseFault((*path, "decided"), "is asked for by a later event only: it cannot be decided before")
    elif event.decided not in open_items:
        words = f"is {there[event.decided].state} from the beginning: nobody decides it in the play"
        yield CaseFault((*path, "decided"), words)


def _was_asked(case: Case, title: str, at: int) -> bool:
    return any(item.title == title and item.request is not None for item in case.items) or any(
        event.about == title for event in case.events[:at]
    )


def _goes(event: CaseEvent, path: Path, gone: dict[str, date]) -> Iterator[CaseFault]:
    said = event.leaves
    if said is None or not said.person or said.last_day is None:
        return
    if said.person in gone:
        yield CaseFault((*path, "leaves", "person"), "has left by an earlier event")
    gone[said.person] = said.last_day


# ------------------------------------------------------------------ the plan


def _plan(case: Case, fresh: State) -> Iterator[CaseFault]:
    by_title = {item.title: item for item in case.items}
    whole = True
    for at, item in enumerate(case.items):
        if item.state == "plan" and not item.sizes:
            whole = False
            yield CaseFault(("items", at, "sizes"), "is missing: what is in plan has a size")
        for number, other in enumerate(item.needs):
            if item.state == "plan" and by_title[other].state not in ("plan", "done"):
                words = f"is “{short(other, 60)}”, which is not in plan: the plan cannot be done"
                yield CaseFault(("items", at, "needs", number), words)
        if item.pin is not None and item.state != "plan":
            yield CaseFault(("items", at, "pin"), "may not leave the plan, and is not in it")
    state = fresh.overlay(setting(case, fresh))
    aims = sum(part.aim for part in state.tables["slices"].values())
    if abs(aims - 100) > 1e-6:
        yield CaseFault(("slices",), f"aim at {aims:g} percent in all: the aims of all slices add up to 100")
    if not whole:
        return
    forecast = forecast_of(state)
    plan = forecast.plan
    if not plan.entries:
        yield CaseFault(("items",), "has nothing in plan: nothing could fall out")
    for at, team in enumerate(case.teams):
        team_id = next(each.id for each in plan.teams if each.name == team.name)
        net, load = plan.net[team_id], plan.load_of(team_id)
        if load > net:
            words = f"has {format_ew(load)} ew in plan and {format_ew(net)} ew to give: the plan is impossible"
            yield CaseFault(("teams", at), words)
    if not forecast.fits:
        odds, target = odds_percent(forecast.odds), odds_percent(plan.target)
        yield CaseFault(("items",), f"does not fit at the beginning: the odds are {odds}, and the target is {target}")

"""What changed between two states of people and capacity, in words for the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scenarios.figures.sizes import format_ew
from scenarios.figures.targets import target_words
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import Plan
from scenarios.plan.progress import day_words
from scenarios.working_time.teams import SAME_EW, stored_net
from store.records import Absence, Closure, Person, Place, State, Team, TeamTime

#: More people than this that join or leave at once are counted, not named.
_NAMED = 3
#: A team's line names so many changes; the rest are counted.
_MOST = 12


@dataclass(frozen=True)
class ChangeLine:
    """One line of what changed: the words, and by how much net capacity rises (ew)."""

    words: str
    change: float


def said_of(before: State, after: State) -> tuple[ChangeLine, ...]:
    """``Pay 34.0 → 29.6: engineer 3 leaves 2 Feb``: one for each team, then one for what concerns several."""
    old, new = stored_net(before), stored_net(after)
    found = []
    for team in teams_of(after):
        changes = list(_of_team(before, after, team))
        net = new[team.id]
        if team.id not in old:
            words, change = f"{team.name} {format_ew(net)}", net
        else:
            change = net - old[team.id]
            figures = format_ew(old[team.id]), format_ew(net)
            # A small change is still one: it is not shown as the same figure twice.
            moved = f" {figures[0]} → {figures[1]}" if figures[0] != figures[1] else ""
            words = f"{team.name}{moved}" if moved or changes or change else ""
            if change and not moved and not changes:
                words = f"{team.name} {figures[0]}, by {change:+.3f}"
        if words:
            found.append(ChangeLine(_line(words, changes), change))
    shared = list(_of_all(before, after))
    if shared:
        found.append(ChangeLine("; ".join(shared[:_MOST]), 0.0))
    was, target = (target_words(each.quarter.target, each.quarter.target_for) for each in (before, after))
    if was != target:
        found.append(ChangeLine(f"target {was} → {target}", 0.0))
    return tuple(found)


def _line(words: str, changes: list[str]) -> str:
    if not changes:
        return words
    more = f"; and {len(changes) - _MOST} more" if len(changes) > _MOST else ""
    return f"{words}: {'; '.join(changes[:_MOST])}{more}"


def day(when: date) -> str:
    """``2 Feb``."""
    return f"{when.day} {when:%b}"


def span(first: date, last: date) -> str:
    """``2 Feb``, ``2 to 6 Feb`` or ``28 Feb to 3 Mar``."""
    if first == last:
        return day(first)
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day} to {day(last)}" if same else f"{day(first)} to {day(last)}"


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


def _of_team(before: State, after: State, team: Team) -> Iterator[str]:
    was = before.all(Team).get(team.id)
    if was is not None and was.name != team.name:
        yield f"it was {was.name}"
    old_people = {key: row for key, row in before.all(Person).items() if row.team_id == team.id}
    people = {key: row for key, row in after.all(Person).items() if row.team_id == team.id}
    old_times, times = before.all(TeamTime), after.all(TeamTime)
    old_time = next((row for row in old_times.values() if row.team_id == team.id), None)
    time = next((row for row in times.values() if row.team_id == team.id), None)
    yield from _of_time(old_time, time, len(people))
    if old_time is None or time is None:
        return
    come = [row for key, row in people.items() if key not in old_people]
    gone = [row for key, row in old_people.items() if key not in people]
    if len(come) > _NAMED:
        yield f"{len(come)} people join"
    else:
        for row in come:
            yield f"{row.name} joins{f' {day(row.starts)}' if row.starts else ''}{_how_much(row)}"
    if len(gone) > _NAMED:
        yield f"{len(gone)} people taken out"
    else:
        for row in gone:
            yield f"{row.name} taken out"
    for key, row in people.items():
        if key in old_people and old_people[key] != row:
            yield from _of_person(after, old_people[key], row)
    if before.all(Absence) is not after.all(Absence):
        yield from _of_absences(before, after, people, {row.id for row in gone})


def _how_much(person: Person) -> str:
    share = "" if person.share == 1 else f" at {_percent(person.share)}"
    return share + (f", last day {day(person.ends)}" if person.ends else "")


def _of_time(old: TeamTime | None, new: TeamTime | None, people: int) -> Iterator[str]:
    if new is None:
        if old is not None:
            yield "a plain number instead of people"
        return
    if old is None:
        yield f"{people} {'person' if people == 1 else 'people'} instead of a plain number"
    for name in ("focus", "interrupts"):
        was = getattr(old, name) if old else TeamTime.defaults()[name]
        now = getattr(new, name) if new else was
        if was != now:
            yield f"{name} {_percent(was)} → {_percent(now)}"


def _of_person(after: State, old: Person, new: Person) -> Iterator[str]:
    name = new.name
    if old.name != name:
        yield f"{old.name} is {name}"
    if old.starts != new.starts:
        yield f"{name} joins {day(new.starts)}" if new.starts else f"{name} is there from the beginning"
    if old.ends != new.ends:
        yield f"{name} leaves {day(new.ends)}" if new.ends else f"{name} stays"
    if old.share != new.share:
        yield f"{name} {_percent(old.share)} → {_percent(new.share)}"
    if (old.ramp_none, old.ramp_half) != (new.ramp_none, new.ramp_half):
        yield f"{name} adds nothing for {new.ramp_none:g} weeks, then half for {new.ramp_half:g}"
    if old.place_id != new.place_id:
        place = after.all(Place).get(new.place_id) if new.place_id is not None else None
        yield f"{name} in {place.name}" if place else f"{name} in no place"


def _of_absences(before: State, after: State, people: dict[int, Person], gone: set[int]) -> Iterator[str]:
    old, new = before.all(Absence), after.all(Absence)
    for key, row in new.items():
        if row.person_id in people and old.get(key) != row:
            note = f" ({row.note})" if row.note else ""
            yield f"{people[row.person_id].name}: {_absence(row)}{note}"
    for key, row in old.items():
        if key not in new and row.person_id in people and row.person_id not in gone:
            yield f"{people[row.person_id].name}: no {_absence(row)}"


def _absence(row: Absence) -> str:
    days = "" if row.days is None else f"{row.days:g} {'day' if row.days == 1 else 'days'} "
    return f"{days}{row.kind} {span(row.starts, row.ends)}"


def _of_all(before: State, after: State) -> Iterator[str]:
    """Places and closures, which may concern several teams."""
    old, new = before.all(Place), after.all(Place)
    for key, row in new.items():
        was = old.get(key)
        if was == row:
            continue
        codes = "-".join(filter(None, (row.country, row.subdivision))) or "no country"
        if was is None:
            yield f"place {row.name} ({codes})"
        elif was.holidays != row.holidays:
            yield f"holidays of {row.name} {'on' if row.holidays else 'off'}"
        else:
            yield f"place {was.name} is {row.name} ({codes})"
    yield from (f"place {row.name} taken out" for key, row in old.items() if key not in new)
    closed, closing = before.all(Closure), after.all(Closure)
    for key, each in closing.items():
        if closed.get(key) != each:
            yield f"closed {span(each.starts, each.ends)} ({each.name})"
    yield from (f"not closed {span(each.starts, each.ends)}" for key, each in closed.items() if key not in closing)


def past_notes(before: Plan, after: Plan) -> list[str]:
    """A sentence for each team whose net capacity is another while what is left of it is the same: the change lies in
    days of a quarter that runs which are over."""
    if after.moment is None or before.moment is None:
        return []
    return [
        f"{team.name}: all of that lies before {day_words(after.moment.day)}, as of which progress is known: what is "
        "left of its capacity stays as it is"
        for team in after.teams
        if team.id in before.net
        and abs(after.net[team.id] - before.net[team.id]) >= SAME_EW
        and abs(after.left_of(team.id) - before.left_of(team.id)) < SAME_EW
    ]

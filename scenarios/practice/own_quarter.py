"""A case made of a workspace's own quarter, with names, amounts and days made up; what a case cannot hold is told.

What happens in it is left to write. It can be played: of a plan that does not fit, what is ranked last stands below the
line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from scenarios.capacity.net import net_by_team
from scenarios.figures.teams import teams_of
from scenarios.practice.case import (
    Case,
    CaseAccount,
    CaseAway,
    CaseCharter,
    CaseEvent,
    CaseItem,
    CaseLookAt,
    CaseOutcome,
    CasePerson,
    CasePrinciple,
    CaseQuarter,
    CaseRole,
    CaseSlice,
    CaseTeam,
)
from scenarios.practice.case_checks import faults_of
from scenarios.practice.disguise import Disguise
from scenarios.practice.own_items import TO_WRITE, OwnItems
from scenarios.practice.setting import setting
from scenarios.working_time.teams import in_order, stored_net
from store.common.errors import Refused
from store.common.text import many
from store.records import (
    Absence,
    Closure,
    Customer,
    Item,
    Person,
    Place,
    Progress,
    Record,
    Signature,
    Slice,
    State,
    Team,
    TeamTime,
)
from store.records.negotiation import Charter, OldVersion, Persona, Principle, Right, Role, Stakeholder

#: Two net capacities (ew) are told alike so far apart.
_SAME = 0.05
#: Aims (percent) add up to 100 but for this.
_CENT = 1e-6
#: Least and most that a case takes for a target, and days that count as renewals.
_TARGETS, _DAYS = (0.01, 0.99), 3_660
#: What a case has no place for: the kind of record, one of it, and more of them.
_NO_PLACE: tuple[tuple[type[Record], str, str], ...] = (
    (Persona, "persona", ""),
    (Stakeholder, "stakeholder", ""),
    (OldVersion, "old version", ""),
    (Place, "place", ""),
    (Closure, "closure", ""),
    (Signature, "signature", ""),
    (Progress, "line of progress", "lines of progress"),
)
_MINUTES, _PEOPLE = 45, (1, 6)


@dataclass(frozen=True)
class OwnQuarter:
    """The case, and a sentence for each kind of thing that it does not hold."""

    case: Case
    left: tuple[str, ...]


def own_quarter(name: str, state: State, fresh: State, chance: Random) -> OwnQuarter:
    """A case of that name from a workspace's quarter; ``fresh`` is the state of a fresh workspace.

    Raises Refused where there is no plan to begin from.
    """
    return _Maker(name, state, fresh, chance).made()


class _Maker:
    def __init__(self, name: str, state: State, fresh: State, chance: Random) -> None:
        self.name, self.state, self.fresh = name, state, fresh
        self.disguise, self.left = Disguise(state, chance), Counter[tuple[str, str]]()
        self.letters = [part.letter for part in fresh.each(Slice)]

    def made(self) -> OwnQuarter:
        state, disguise = self.state, self.disguise
        teams, accounts = teams_of(state), list(state.each(Customer))
        team_names = _called(teams, disguise.names("team", [row.name for row in teams]))
        account_names = _called(accounts, disguise.names("account", [row.name for row in accounts]))
        own = OwnItems(state, disguise, team_names, account_names, self.letters, self.left)
        items = tuple(own.all())
        if not teams or not any(item.state == "plan" for item in items):
            raise Refused(
                "this workspace has no plan yet, and a case begins with one: fill it first, or leave --from-workspace "
                "out for a case to write over"
            )
        roles = tuple(self._roles())
        company = disguise.new("account")
        case = Case(
            name=self.name,
            title=f"A quarter of {company}",
            minutes=_MINUTES,
            people=_PEOPLE,
            difficulty="medium",
            about=f"{TO_WRITE} What everybody is told first: what the company does, what stands, who plays whom.",
            player=max(roles, key=lambda role: len(role.rights)).key,
            note=f"{TO_WRITE} What it trains, and what to watch for. Only whoever leads reads this, and the debrief.",
            currency=state.workspace.currency,
            company=company,
            quarter=self._quarter(),
            teams=tuple(self._team(row, team_names[row.id]) for row in teams),
            accounts=tuple(self._account(row, account_names[row.id]) for row in accounts),
            slices=tuple(self._slices()),
            charter=self._charter(),
            principles=tuple(CasePrinciple(name=own.principles[row.id]) for row in state.each(Principle)),
            roles=roles,
            items=items,
            events=(
                CaseEvent(
                    key="begins",
                    kind="news",
                    minute=1,
                    who=roles[-1].who,
                    says=f"{TO_WRITE} What everybody hears first.",
                ),
            ),
            look_at=(CaseLookAt(question=f"{TO_WRITE} What do you want to talk about afterwards?"),),
            ends=(
                CaseOutcome(name="A yes, and what gives way for it", why=TO_WRITE),
                CaseOutcome(name="A no, and who says it to whom", why=TO_WRITE),
            ),
        )
        self._count()
        return OwnQuarter(self._playable(case), tuple(_told(self.left)))

    # ------------------------------------------------------------------ the company

    def _quarter(self) -> CaseQuarter:
        row, least, most = self.state.quarter, *_TARGETS
        starts, ends = self.disguise.day(row.starts), self.disguise.day(row.ends)
        if starts is None or ends is None:
            raise Refused(f"the quarter ends in {row.ends.year}, and no calendar goes on after it")
        return CaseQuarter(
            name=f"The {self.disguise.new('quarter')} quarter",
            starts=starts,
            ends=ends,
            target=min(max(round(row.target, 2), least), most),
            target_for=row.target_for,
        )

    def _team(self, team: Team, name: str) -> CaseTeam:
        time = next((row for row in self.state.each(TeamTime) if row.team_id == team.id), None)
        people = sorted((row for row in self.state.each(Person) if row.team_id == team.id), key=in_order)
        if time is None or not people:
            return self._weeks(team, name)
        names = self.disguise.names("person", [row.name for row in people])
        return CaseTeam(
            name=name,
            focus=time.focus,
            interrupts=time.interrupts,
            people=tuple(self._person(row, one) for row, one in zip(people, names, strict=True)),
        )

    def _weeks(self, team: Team, name: str) -> CaseTeam:
        return CaseTeam(name=name, weeks=round(stored_net(self.state)[team.id], 2))

    def _person(self, row: Person, name: str) -> CasePerson:
        day = self.disguise.day
        away = []
        for one in self.state.each(Absence):
            starts, ends = day(one.starts), day(one.ends)
            if one.person_id == row.id and starts is not None and ends is not None:
                away.append(CaseAway(kind=one.kind, starts=starts, ends=ends, days=one.days))
        return CasePerson(name=name, share=row.share, starts=day(row.starts), ends=day(row.ends), away=tuple(away))

    def _account(self, row: Customer, name: str) -> CaseAccount:
        return CaseAccount(
            name=name,
            arr=self.disguise.money(row.arr),
            renews=self.disguise.day(row.renews),
            term=row.term,
            segment=self.disguise.name("segment", row.segment),
            owner=self.disguise.name("person", row.owner),
        )

    def _slices(self) -> Iterator[CaseSlice]:
        usual = {part.letter: part for part in self.fresh.each(Slice)}
        rows = [row for row in self.state.each(Slice) if row.letter in usual]
        others = [row for row in self.state.each(Slice) if row.letter not in usual]
        self.left["kind of work of its own, told as F", "kinds of work of its own, told as F"] += len(others)
        whole = abs(sum(row.aim for row in rows) - 100) < _CENT and len(rows) == len(usual)
        for row in rows:
            # Nobody can say in a file that there is none: 0 and 100 hold nobody back.
            floor = 0.0 if row.floor is None and usual[row.letter].floor is not None else row.floor
            ceiling = 100.0 if row.ceiling is None and usual[row.letter].ceiling is not None else row.ceiling
            given: dict[str, Any] = {"aim": row.aim if whole else None, "floor": floor, "ceiling": ceiling}
            given["owner"] = self.disguise.name("person", row.owner) or None
            yield CaseSlice(letter=row.letter, **{key: value for key, value in given.items() if value is not None})

    def _charter(self) -> CaseCharter:
        row = next(self.state.each(Charter), None)
        if row is None:
            return CaseCharter()
        self.left["rule of evidence in the charter", ""] += bool(row.evidence_rules)
        return CaseCharter(
            purse_count=row.purse_count,
            purse_effort=row.purse_effort,
            least_return=row.least_return,
            rate=self.disguise.money(row.rate),
            licence=self.disguise.money(row.licence),
            renewal_days=min(row.renewal_days, _DAYS),
        )

    def _roles(self) -> Iterator[CaseRole]:
        """Who has which rights: one role each, since in a case nobody has two."""
        found: dict[str, list[Role]] = {}
        for row in self.state.each(Role):
            found.setdefault(self.disguise.name("person", row.who) or self.disguise.new("person"), []).append(row)
        if not found:
            yield CaseRole(key="lead", name="Product lead", who=self.disguise.new("person"), incentives=TO_WRITE)
            return
        rights = list(self.state.each(Right))
        for number, (who, rows) in enumerate(found.items(), 1):
            ids = {row.id for row in rows}
            yield CaseRole(
                key=f"role-{number}",
                name=self.disguise.name("post", rows[0].name),
                who=who,
                rights=tuple(dict.fromkeys(row.kind for row in rights if row.role_id in ids)),
                incentives=TO_WRITE,
                knows=TO_WRITE,
                may_give=TO_WRITE,
            )

    # ------------------------------------------------------------------ what can be played

    def _playable(self, case: Case) -> Case:
        """The case with the capacity that there is, and as much of its plan as fits."""
        nets = net_by_team(self.fresh.overlay(setting(_cut(case, 0), self.fresh)))
        teams = []
        for team, row in zip(case.teams, teams_of(self.state), strict=True):
            plain = self._weeks(row, team.name)
            # Public holidays, closures and weeks of learning are in no case.
            counts = not team.people or abs(nets[team.name] - (plain.weeks or 0.0)) <= _SAME
            self.left["team as its weeks: its people count otherwise here", "teams as their weeks"] += not counts
            teams.append(team if counts else plain)
        case = case.model_copy(update={"teams": tuple(teams)})
        planned = sum(item.state == "plan" for item in case.items)
        least, most = 0, planned
        if faults_of(_cut(case, planned), self.fresh):
            while most - least > 1:
                middle = (least + most) // 2
                least, most = (least, middle) if faults_of(_cut(case, middle), self.fresh) else (middle, most)
            most = least
        if not most:
            raise Refused("nothing of this plan fits its target: set capacity and sizes first")
        self.left["item of the plan is below the line: it does not fit", "items of the plan are below the line"] += (
            planned - most
        )
        return _cut(case, most)

    def _count(self) -> None:
        """What there is no place for."""
        state, items = self.state, list(self.state.each(Item))
        for kind, word, more in _NO_PLACE:
            self.left[word, more] += sum(1 for _ in state.each(kind))
        self.left["note", ""] += sum(1 for row in items if row.note)
        self.left["key of an item elsewhere", "keys of items elsewhere"] += sum(1 for row in items if row.source_key)
        self.left["note of a principle", "notes of principles"] += sum(1 for row in state.each(Principle) if row.note)


def _cut(case: Case, most: int) -> Case:
    """The case with the first so many of its plan, what is pinned first of all; and what needs what is there."""
    planned = [item for item in case.items if item.state == "plan"]
    kept = {item.title for item in sorted(planned, key=lambda item: item.pin is None)[:most]}
    there = kept | {item.title for item in case.items if item.state == "done"}
    found: list[CaseItem] = []
    for item in case.items:
        if item.state != "plan":
            found.append(item)
        elif item.title not in kept:
            found.append(item.model_copy(update={"state": "below", "pin": None}))
        else:
            found.append(item.model_copy(update={"needs": tuple(name for name in item.needs if name in there)}))
    return case.model_copy(update={"items": tuple(found)})


def _called(rows: Sequence[Record], names: Sequence[str]) -> dict[int, str]:
    return dict(zip((row.id for row in rows), names, strict=True))


def _told(left: Counter[tuple[str, str]]) -> Iterator[str]:
    return (many(count, one, more) for (one, more), count in left.items() if count)

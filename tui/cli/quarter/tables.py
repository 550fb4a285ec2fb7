"""``makeroom slices``, ``shirts``, ``rates`` and ``quarter``: the small tables and the quarter, shown and changed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scenarios.figures.amounts import target_percent
from scenarios.figures.sizes import format_ew, format_range, shirts_of
from scenarios.figures.teams import teams_of
from scenarios.items.worth_and_ties import value_by
from scenarios.plan.item_values import NAMES, model_of
from scenarios.quarter.tables import (
    Rule,
    ShirtSize,
    range_of_shirt,
    rule_of,
    rules_in_order,
    shirt_of,
    write_rules,
    write_shirts,
)
from scenarios.working_time.teams import stored_net
from scenarios.working_time.weeks import weeks_of, working_days
from store.common.errors import Refused, refused_about
from store.records import Command, Slice, State, ValueModel
from tui.cli.names import pairs
from tui.cli.plain_change import change, run, typed
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.outputs import QuarterOut, QuarterTeamOut, RatesOut, RuleOut, ShirtOut, ShirtsOut, SlicesOut
from tui.cli.rules.charter import aim_words, slices_of
from tui.cli.workspace import look
from tui.forms.tables import QUARTER, differing

# ------------------------------------------------------------------ slices


def slices(arguments: argparse.Namespace) -> int:
    """The slices and the rules by which an import finds them; rules that are named are made, changed, taken away."""
    if arguments.rules:
        return change(arguments, lambda now: (_ruled(now.state, arguments.rules, first=arguments.first), ()))
    if arguments.first:
        raise Refused("--first goes with a rule, as 'type bug=Q'")
    state = look(arguments)
    rules = [Rule(row.field, row.value, row.slice) for row in rules_in_order(state)]
    if arguments.json:
        print_json(SlicesOut(slices=slices_of(state), rules=[RuleOut(**rule._asdict()) for rule in rules]))
        return DONE
    for part in slices_of(state):
        say(f"  {part.letter} {short(part.name)}: {aim_words(part)}; belongs to {short(part.owner) or 'nobody'}")
    say("rules, the first that matches wins" if rules else "rules: none yet")
    for rule in rules:
        say(f"  {short(rule.words, 300)}")
    return DONE


def _ruled(state: State, texts: Sequence[str], *, first: bool) -> Command:
    """The rules with these: one for the same type, label or component stays in its place, a new one comes last."""
    letters = {part.letter for part in state.each(Slice)}
    rules = [Rule(row.field, row.value, row.slice) for row in rules_in_order(state)]
    new: list[Rule] = []
    for text in texts:
        left, sign, letter = text.rpartition("=")
        if sign and not letter.strip():
            rules.remove(_rule_named(rules, left))
            continue
        with refused_about(before=f"“{short(text)}”: "):
            rule = rule_of(text, letters)
        at = next((at for at, each in enumerate(rules) if _key(each) == _key(rule)), None)
        if at is not None and not first:
            rules[at] = rule
            continue
        if at is not None:
            del rules[at]
        new.append(rule)
    return write_rules(state, [*new, *rules] if first else [*rules, *new])


def _rule_named(rules: Sequence[Rule], text: str) -> Rule:
    wanted = " ".join(text.split()).casefold()
    for rule in rules:
        if f"{rule.field} {' '.join(rule.value.split())}".casefold() == wanted:
            return rule
    raise Refused(f"there is no rule for “{short(text.strip())}”: makeroom slices lists them")


def _key(rule: Rule) -> tuple[str, str]:
    return rule.field, rule.value.casefold()


# ------------------------------------------------------------------ T-shirts and units


def shirts(arguments: argparse.Namespace) -> int:
    """The T-shirt sizes; those that are named are made, changed, or taken away."""
    if arguments.shirts:
        given = pairs(arguments.shirts, "M=1.5-3-5")
        return change(arguments, lambda now: (_sized(now.state, given), ()))
    rows = shirts_of(look(arguments))
    if arguments.json:
        found = [ShirtOut(letter=row.letter, low=row.low, likely=row.likely, high=row.high) for row in rows]
        print_json(ShirtsOut(shirts=found))
        return DONE
    for row in rows:
        say(f"  {short(row.letter)} {format_range(range_of_shirt(row))} ew")
    if not rows:
        say("no T-shirt size yet")
    return DONE


def _sized(state: State, given: Sequence[tuple[str, str]]) -> Command:
    found = [ShirtSize(row.letter, range_of_shirt(row)) for row in shirts_of(state)]
    for letter, size in given:
        at = next((at for at, each in enumerate(found) if each.letter.casefold() == letter.casefold()), None)
        if not size:
            if at is None:
                raise Refused(f"there is no T-shirt “{short(letter)}”: makeroom shirts lists them")
            del found[at]
            continue
        with refused_about(before=f"{short(letter)}: "):
            shirt = shirt_of(f"{letter} {size}")
        if at is None:
            found.append(shirt)
        else:
            found[at] = ShirtSize(found[at].letter, shirt.size)
    return write_shirts(state, found)


def rates(arguments: argparse.Namespace) -> int:
    """What an engineer-week is in points and in hours, for the next import, and how items are valued."""
    if arguments.pairs and arguments.value:
        raise Refused("units and --value are two changes: one command for each")
    if arguments.value:
        return change(arguments, lambda now: (value_by(now.state, _model(arguments.value)), ()))
    if arguments.pairs:
        return run(arguments)
    state = look(arguments)
    info = state.workspace
    model = model_of(state)
    if arguments.json:
        print_json(RatesOut(points=info.points_per_ew, hours=info.hours_per_ew, value=model))
        return DONE
    for what, rate in (("points", info.points_per_ew), ("hours", info.hours_per_ew)):
        say(f"{what} to an engineer-week: {'not known' if rate is None else f'{rate:g}'}")
    say(f"what an item's value is: {NAMES[model]}")
    return DONE


def _model(text: str) -> ValueModel:
    for model in NAMES:
        if model == text.casefold():
            return model
    raise Refused(f"“{short(text)}” is not a way to value items: they are {', '.join(NAMES)}")


# ------------------------------------------------------------------ the quarter


def quarter(arguments: argparse.Namespace) -> int:
    """The quarter with its teams, or another name and other days."""
    return run(arguments) if typed(QUARTER, arguments) else _show_quarter(arguments)


def _show_quarter(arguments: argparse.Namespace) -> int:
    state = look(arguments)
    row, net = state.quarter, stored_net(state)
    found = QuarterOut(
        name=row.name,
        state=row.state,
        starts=row.starts,
        ends=row.ends,
        weeks=len(weeks_of(row.starts, row.ends)),
        working_days=len(working_days(row.starts, row.ends)),
        target=row.target,
        teams=[QuarterTeamOut(name=team.name, net=net[team.id]) for team in teams_of(state)],
        notes=differing(state),
    )
    if arguments.json:
        print_json(found)
        return DONE
    days = f"{found.weeks} weeks with {found.working_days} working days"
    say(
        f"{short(found.name, 200)}, {found.state}: {found.starts} to {found.ends}, {days}; "
        f"target {target_percent(row.target)}"
    )
    for team in found.teams:
        say(f"  {short(team.name)}: net {format_ew(team.net)} ew")
    if not found.teams:
        say("no team yet: makeroom capacity Pay=34 --new-team makes one")
    for note in found.notes:
        say(f"note: {short(note, 300)}")
    return DONE

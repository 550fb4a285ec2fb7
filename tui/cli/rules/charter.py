"""``makeroom charter``: who may decide what, by which principles and figures; shown, and changed as on its screen."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from scenarios.figures.targets import target_words
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import plan_of
from scenarios.rules.charter import (
    FIGURES,
    charter_of,
    gaps,
    holders,
    right_words,
)
from scenarios.rules.charter_words import figure_words, held_words, principles_of, rights_in_order, roles_of
from scenarios.rules.old_versions import version_words, versions_of
from scenarios.rules.personas import personas_of
from store.common.text import capital
from store.records import Slice, State
from store.records.negotiation import Principle, Right
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.outputs import (
    AimOut,
    CharterFiguresOut,
    CharterOut,
    PersonaOut,
    PrincipleOut,
    RightOut,
    RoleOut,
    SupportedVersionOut,
)
from tui.cli.workspace import look


def show(arguments: argparse.Namespace) -> int:
    """All of it, with what is missing; changes nothing."""
    state = look(arguments)
    if arguments.json:
        print_json(described(state))
        return DONE
    for line in _lines(state):
        say(line)
    return DONE


def option_of(figure: str) -> str:
    """A figure's name as it is typed."""
    return figure.replace("_", "-")


# ------------------------------------------------------------------ as output


def described(state: State) -> CharterOut:
    """All of the charter."""
    rights = list(state.each(Right))
    principles = {row.id: row.name for row in state.each(Principle)}
    return CharterOut(
        roles=[
            RoleOut(
                name=row.name,
                holder=row.who,
                may=[right_words(state, each.kind, each.principle_id) for each in rights if each.role_id == row.id],
            )
            for row in roles_of(state)
        ],
        rights=[
            RightOut(
                right=kind,
                principle=principles.get(principle_id) if principle_id is not None else None,
                may=right_words(state, kind, principle_id),
                holders=[row.who.strip() for row in holders(state, kind, principle_id)],
                warning=held_words(state, kind, principle_id)[1],
            )
            for kind, principle_id in rights_in_order(state)
        ],
        principles=[PrincipleOut(name=row.name, note=row.note) for row in principles_of(state)],
        personas=[PersonaOut(name=row.name, compromise=row.compromise) for row in personas_of(state)],
        figures=CharterFiguresOut(**charter_of(state).model_dump(include=set(FIGURES))),
        old_versions=[
            SupportedVersionOut(name=row.name, back=row.back, upkeep=row.upkeep, customers=row.customers)
            for row in versions_of(state)
        ],
        target=state.quarter.target,
        target_for=state.quarter.target_for,
        slices=slices_of(state),
        warnings=list(gaps(state)),
    )


def slices_of(state: State) -> list[AimOut]:
    """The slices with what is planned of them and what they aim at."""
    rows = {part.letter: part for part in state.all(Slice).values()}
    shares = mix_of(plan_of(state).entries, rows.values()).slices
    return [
        AimOut(
            letter=part.letter,
            name=part.name,
            owner=part.owner,
            ew=share.ew,
            share=share.share,
            aim=part.aim,
            floor=part.floor,
            ceiling=part.ceiling,
        )
        for share in shares
        if (part := rows.get(share.letter)) is not None
    ]


def aim_words(part: AimOut) -> str:
    """``aim 5%, ceiling 10%``."""
    bounds = (("aim", part.aim), ("floor", part.floor), ("ceiling", part.ceiling))
    return ", ".join(f"{word} {figure:g}%" for word, figure in bounds if figure is not None)


def _lines(state: State) -> Iterator[str]:
    found = described(state)
    yield "roles" if found.roles else "roles: nobody yet"
    for each in found.roles:
        may = f"may {', '.join(each.may)}" if each.may else "holds no right"
        yield f"  {short(each.name)}: {short(each.holder) or 'nobody yet'}; {short(may, 300)}"
    yield "decision rights"
    for kind, principle_id in rights_in_order(state):
        words = right_words(state, kind, principle_id)
        yield f"  {kind} ({short(words, 240)}): {short(held_words(state, kind, principle_id)[0], 300)}"
    yield "principles" if found.principles else "principles: none yet"
    for row in found.principles:
        yield f"  {short(row.name, 200)}{': ' + short(row.note, 500) if row.note else ''}"
    yield "personas, who matters most first" if found.personas else "personas: none yet"
    for at, persona in enumerate(found.personas, 1):
        may = f"; may compromise: {short(persona.compromise, 500)}" if persona.compromise else ""
        yield f"  {at}. {short(persona.name, 200)}{may}"
    yield "figures"
    charter = charter_of(state)
    for name, words in FIGURES.items():
        yield f"  {option_of(name)}: {short(figure_words(charter, name), 1_000)} ({words})"
    yield "old versions still supported" if found.old_versions else "old versions still supported: none listed"
    for version in versions_of(state):
        yield f"  {short(version.name)}: {version_words(version)}"
    yield "target and aims"
    yield f"  odds target: {target_words(found.target, found.target_for)}"
    for part in found.slices:
        yield f"  {part.letter} {short(part.name)}: {aim_words(part)}; belongs to {short(part.owner) or 'nobody'}"
    for warning in found.warnings:
        yield f"warning: {short(capital(warning), 300)}"

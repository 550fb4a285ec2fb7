"""The charter as rows: who has which role, who holds which right, principles, figures, the target and the aims."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.figures.targets import target_words
from scenarios.rules.charter import FIGURES, KINDS, charter_of, right_words
from scenarios.rules.charter_words import (
    MEANS,
    WHEN,
    WHO_SIGNS,
    figure_words,
    held_words,
    principles_of,
    rights_in_order,
    roles_of,
)
from scenarios.rules.old_versions import version_words, versions_of
from scenarios.rules.personas import personas_of
from store.common.text import capital
from store.records import Slice, State
from store.records.negotiation import Charter, Right, RightKind
from tui.widgets.keys import key_named
from tui.widgets.section_table import Cell, SectionRow


def charter_rows(state: State) -> list[SectionRow]:
    """All of it, in its order."""
    return [
        SectionRow("heading", heading="ROLES"),
        *(_role_rows(state) or [_empty("role", f"nobody yet: {key_named('charter.add')} adds a role")]),
        SectionRow("heading", heading="DECISION RIGHTS"),
        *_right_rows(state),
        SectionRow("heading", heading="PRINCIPLES"),
        *(_principle_rows(state) or [_empty("principle", f"none yet: {key_named('charter.add')} adds one")]),
        SectionRow("heading", heading="PERSONAS, WHO MATTERS MOST FIRST"),
        *(_persona_rows(state) or [_empty("persona", f"none yet: {key_named('charter.add')} adds one")]),
        SectionRow("heading", heading="FIGURES"),
        *_figure_rows(charter_of(state)),
        SectionRow("heading", heading="OLD VERSIONS STILL SUPPORTED"),
        *(_version_rows(state) or [_empty("version", f"none listed: {key_named('charter.add')} lists one")]),
        SectionRow("heading", heading="TARGET AND AIMS"),
        *_aim_rows(state),
    ]


def right_id(kind: RightKind, principle_id: int | None) -> int:
    """The number of a right's row: its place among the kinds, or minus the principle's id."""
    return KINDS.index(kind) if principle_id is None else -principle_id


def _empty(kind: str, words: str) -> SectionRow:
    return SectionRow(f"no {kind}", cells=(Cell(words, tone="muted"),), title=words)


def _role_rows(state: State) -> list[SectionRow]:
    rights = list(state.each(Right))
    found = []
    for role in roles_of(state):
        held = [right_words(state, row.kind, row.principle_id) for row in rights if row.role_id == role.id]
        may = ", ".join(held) or "holds no right"
        who = role.who.strip()
        found.append(
            SectionRow(
                "role",
                role.id,
                (
                    Cell(role.name, 24),
                    Cell(who or "nobody yet", 20, "text" if who else "worse"),
                    Cell(may, tone="muted", least=60),
                ),
                title=f"{role.name}: {who or 'nobody yet'}",
                said=(
                    f"May {', '.join(held)}." if held else f"Holds no right: {key_named('charter.grant')} grants one.",
                ),
                warns=bool(held) and not who,
            )
        )
    return found


def _right_rows(state: State) -> list[SectionRow]:
    found = []
    for kind, principle_id in rights_in_order(state):
        words = right_words(state, kind, principle_id)
        who, warns = held_words(state, kind, principle_id)
        who = f"nobody: {key_named('charter.grant')} grants it to a role" if warns and who == "nobody" else who
        found.append(
            SectionRow(
                "right",
                right_id(kind, principle_id),
                (Cell(words), Cell(who, tone="worse" if warns else "text")),
                title=f"Who may {words}: {who}",
                said=(WHEN[kind], WHO_SIGNS),
                warns=warns,
            )
        )
    return found


def _principle_rows(state: State) -> list[SectionRow]:
    return [
        SectionRow(
            "principle",
            row.id,
            (Cell(row.name), Cell(row.note, tone="muted", least=60)),
            title=row.name,
            said=(row.note or f"No note yet: {key_named('charter.change')} writes one.",),
        )
        for row in principles_of(state)
    ]


def _version_rows(state: State) -> list[SectionRow]:
    fee = "The fee for support is doubled with every version back; what it takes is told with the month."
    return [
        SectionRow(
            "version",
            row.id,
            (Cell(row.name, 24), Cell(version_words(row), tone="muted", least=60)),
            title=f"{row.name}: {version_words(row)}",
            said=(fee,),
        )
        for row in versions_of(state)
    ]


def _persona_rows(state: State) -> list[SectionRow]:
    return [
        SectionRow(
            "persona",
            row.id,
            (Cell(f"{at}. {row.name}"), Cell(row.compromise, tone="muted", least=60)),
            title=row.name,
            said=(
                f"May compromise: {row.compromise}."
                if row.compromise
                else f"Nobody has said where the product may compromise for it: {key_named('charter.change')} does.",
            ),
        )
        for at, row in enumerate(personas_of(state), 1)
    ]


def _figure_rows(charter: Charter) -> list[SectionRow]:
    found = []
    for at, (name, words) in enumerate(FIGURES.items()):
        missing = name == "rate" and charter.rate is None
        shown = figure_words(charter, name)
        label = capital(words)
        found.append(
            SectionRow(
                "figure",
                at,
                (Cell(label), Cell(" / ".join(shown.splitlines()), tone="worse" if missing else "text")),
                title=label if name == "evidence_rules" else f"{label}: {shown}",
                said=(*([" / ".join(shown.splitlines())] if name == "evidence_rules" else []), MEANS[name]),
                warns=missing,
            )
        )
    return found


def figure_name(row: SectionRow) -> str:
    """Which figure of the charter a row is about."""
    return tuple(FIGURES)[row.id]


def _aim_rows(state: State) -> Sequence[SectionRow]:
    target = target_words(state.quarter.target, state.quarter.target_for)
    whole = "the odds that all of it gets done are at least the target"
    each = "each team's odds to get its part done are at least the target, whatever those of all together are"
    aims, change = key_named("charter.aims"), key_named("charter.change")
    shares = "Aims are shares of planned effort, 100% in all"
    said = f"A plan fits when {each if state.quarter.target_for == 'team' else whole}. {aims}, or {change}, changes it."
    found = [SectionRow("target", 0, (Cell("Odds target"), Cell(target)), title=f"Odds target: {target}", said=(said,))]
    for part in sorted(state.all(Slice).values(), key=lambda each: (each.position, each.id)):
        bounds = [
            f"{word} {figure:g}%"
            for word, figure in (("floor", part.floor), ("ceiling", part.ceiling))
            if figure is not None
        ]
        aim = ", ".join([f"{part.aim:g}%", *bounds])
        owner = part.owner or "nobody"
        found.append(
            SectionRow(
                "aim",
                part.id,
                (Cell(f"{part.letter} {part.name}"), Cell(f"{aim}   {owner}")),
                title=f"{part.letter} {part.name}: aim {aim}",
                said=(f"Belongs to {owner}: {change} changes that, and its floor and ceiling. {shares}: {aims}.",),
            )
        )
    return found


#: The section that a row of each kind is in, from above.
SECTIONS = {
    "role": 0, "no role": 0, "right": 1, "principle": 2, "no principle": 2, "persona": 3, "no persona": 3, "figure": 4,
    "version": 5, "no version": 5, "target": 6, "aim": 6,
}  # fmt: skip


def _right_of(state: State, row: SectionRow) -> tuple[RightKind, int | None]:
    return next(pair for pair in rights_in_order(state) if right_id(*pair) == row.id)


def explanation(state: State, row: SectionRow) -> tuple[str, list[str]]:
    """What ``?`` says of a row: a heading, and lines."""
    match row.kind:
        case "right":
            kind, _ = _right_of(state, row)
            return row.title, [WHEN[kind], "", WHO_SIGNS]
        case "figure":
            return row.title, [MEANS[figure_name(row)]]
        case _:
            return row.title, list(row.said)

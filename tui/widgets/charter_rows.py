"""The charter as rows: who has which role, who holds which right, principles, figures, the target and the aims."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenarios.amounts import cents, percent
from scenarios.charter import FIGURES, KINDS, charter_of, holders, right_words
from scenarios.sizes import format_ew
from store.negotiation import Charter, Principle, Right, RightKind, Role
from store.records import Slice, State
from store.text import capital
from tui.widgets.section_table import Cell, SectionRow

#: When a right is asked for; each sentence goes after what the right allows.
WHEN: dict[RightKind, str] = {
    "one-off": "The Sales purse buys a few small one-offs a quarter. Its holder alone spends it; when it is empty, an "
    "earlier pick has to leave in the same trade.",
    "under target": "Asked for when a trade leaves the odds below the target. Exactly at the target it is not.",
    "over ceiling": "Asked for when one-offs would take more of the planned effort than their ceiling, and more than "
    "before. Exactly at the ceiling it is not.",
    "below return": "Asked for when a one-off comes in that returns less than the least return, or whose return is not "
    "known. Without a rate per engineer-week no return can be told, and nobody is asked.",
    "break a principle": "Asked for when a request's card, or the room, says that it breaks a principle.",
}
WHO_SIGNS = "Where a right has a holder, nobody else signs; where it has none, whoever is named, with a warning."
#: What each figure does.
MEANS: dict[str, str] = {
    "purse_count": "How many one-offs the Sales purse buys in a quarter. What it bought counts while it is in plan or "
    "done; what left the plan is back in the purse.",
    "purse_effort": "How much the Sales purse buys in a quarter in all, by the likely sizes at the time.",
    "least_return": "A one-off should return at least so many times its full cost. Return = deal amount (else the "
    "renewal) x probability / full cost. Exactly so many times is enough.",
    "rate": "What an engineer-week costs. Full cost = (build + hidden costs + upkeep over the next four quarters) x "
    "this rate. Without it there is no full cost and no return.",
    "licence": "Full cost / this price, rounded up: so many standard licences have to be sold to pay for a one-off.",
    "renewal_days": "Who waits: renewals count from the quarter's first day until so many days after it.",
    "evidence_rules": "What the room agreed to take for evidence of demand, in its own words. Evidence that comes "
    "from the deal being sold never counts as demand.",
}
UNITS: dict[str, Callable[[float], str]] = {
    "purse_effort": lambda value: f"{format_ew(value)} ew",
    "least_return": lambda value: f"{value:g} times",
    "rate": lambda value: f"{cents(value)} per ew",
    "licence": cents,
    "renewal_days": lambda value: f"{value:g} days",
}


def charter_rows(state: State) -> list[SectionRow]:
    """All of it, in its order."""
    return [
        SectionRow("heading", heading="ROLES"),
        *(_role_rows(state) or [_empty("role", "nobody yet: a adds a role")]),
        SectionRow("heading", heading="DECISION RIGHTS"),
        *_right_rows(state),
        SectionRow("heading", heading="PRINCIPLES"),
        *(_principle_rows(state) or [_empty("principle", "none yet: a adds one")]),
        SectionRow("heading", heading="FIGURES"),
        *_figure_rows(charter_of(state)),
        SectionRow("heading", heading="TARGET AND AIMS"),
        *_aim_rows(state),
    ]


def roles_of(state: State) -> list[Role]:
    """The roles in their order."""
    return sorted(state.all(Role).values(), key=lambda row: (row.position, row.id))


def principles_of(state: State) -> list[Principle]:
    """The principles in their order."""
    return sorted(state.all(Principle).values(), key=lambda row: (row.position, row.id))


def rights_in_order(state: State) -> list[tuple[RightKind, int | None]]:
    """Every right that a role can hold: (kind, principle or None), breaking any principle before each of them."""
    found: list[tuple[RightKind, int | None]] = [(kind, None) for kind in KINDS]
    return found + [("break a principle", row.id) for row in principles_of(state)]


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
                said=(f"May {', '.join(held)}." if held else "Holds no right: g grants one.",),
                warns=bool(held) and not who,
            )
        )
    return found


def _right_rows(state: State) -> list[SectionRow]:
    found = []
    for kind, principle_id in rights_in_order(state):
        words = right_words(state, kind, principle_id)
        who, warns = _held_words(state, kind, principle_id)
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


def _held_words(state: State, kind: RightKind, principle_id: int | None) -> tuple[str, bool]:
    """Who holds a right, in words, and whether that is a warning."""
    people = " or ".join(f"{role.who.strip()} ({role.name})" for role in holders(state, kind, principle_id))
    if people:
        return people, False
    if kind == "break a principle" and principle_id is None:
        return "nobody", False
    roles = state.all(Role)
    empty = [
        roles[row.role_id].name
        for row in state.each(Right)
        if row.kind == kind and row.principle_id in (None, principle_id)
    ]
    return (f"nobody: {' or '.join(empty)} has no person" if empty else "nobody: g grants it to a role"), True


def _principle_rows(state: State) -> list[SectionRow]:
    return [
        SectionRow(
            "principle",
            row.id,
            (Cell(row.name), Cell(row.note, tone="muted", least=60)),
            title=row.name,
            said=(row.note or "No note yet: enter writes one.",),
        )
        for row in principles_of(state)
    ]


def figure_words(charter: Charter, name: str) -> str:
    """A figure of the charter with its unit; ``not given`` where there is none."""
    value = getattr(charter, name)
    if value is None or value == "":
        return "not given"
    return UNITS[name](value) if name in UNITS else str(value)


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
    target = percent(state.quarter.target)
    said = "A plan fits when the odds that all of it gets done are at least the target. c, or enter, changes it."
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
                said=(f"Belongs to {owner}: enter changes that. Aims are shares of planned effort, 100% in all: c.",),
            )
        )
    return found

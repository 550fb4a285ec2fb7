"""The form of a way out: its own few fields, what stands in them, and the sentence for what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.figures.amounts import exact
from scenarios.figures.figure import given
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import Entry
from scenarios.requests.way_fields import SIZE_HINT, hint_of, principles_of, texts_of
from scenarios.requests.ways_out import FIELDS, NEEDED, Way
from scenarios.rules.charter import charter_of
from store.records import State, Team
from store.records.negotiation import WayKind
from tui.dialogs.form import Field
from tui.drawing.words import ew_by_team
from tui.widgets.keys import key_named


def about(state: State, entry: Entry, kind: WayKind) -> str:
    """What stands above the fields: the claim, what the sizes are, and of services the formula."""
    claim = ew_by_team({size.team_id: size.likely for size in entry.sizes}, teams_of(state))
    lines = [f"It asks for {claim}." if entry.sized else "It has no size yet."]
    if entry.item.state == "plan":
        lines = [f"It is planned with {claim}."]
    if "sizes" in FIELDS[kind]:
        optional = "" if "sizes" in NEEDED[kind] else "; empty where it takes nothing of the teams"
        lines.append(f"Engineer-weeks by team: {FIELDS[kind]['sizes']}{optional}.")
    if kind == "services":
        rate = charter_of(state).rate
        if rate is None:
            lines.append(f"No quote yet: the charter has no rate per engineer-week ({key_named('board.charter')}).")
        else:
            build, price = format_ew(entry.ew), given(exact(rate), "money")
            lines.append(f"Quote: build {build} ew x rate {price} x (1 + on top of cost).")
    if kind == "decline" and not principles_of(state):
        writes, declines = key_named("board.charter"), key_named("trade.decline")
        lines.append(
            f"The charter has no principle yet: {writes} writes one; "
            f"{declines} in the trade sheet declines with a reason."
        )
    return " ".join(lines)


def way_fields(state: State, entry: Entry, kind: WayKind, filled: Way | None) -> list[Field]:
    """The fields of a way; ``filled`` is what stands in them already."""
    teams, texts = teams_of(state), texts_of(state, kind, filled)
    found: list[Field] = []
    for name, label in FIELDS[kind].items():
        if name == "sizes":
            found += _size_fields(teams, label, texts, needed="sizes" in NEEDED[kind])
        else:
            found.append(Field(name, label, texts[name], hint_of(state, entry, kind, name)))
    return found


def _size_fields(teams: Sequence[Team], label: str, texts: Mapping[str, str], *, needed: bool) -> list[Field]:
    empty = "for no part" if needed or len(teams) > 1 else "where it takes nothing"
    hint = f"{SIZE_HINT}; empty {empty}"
    return [
        Field(
            f"size-{team.id}",
            f"{team.name} ew" if len(teams) > 1 else f"{label}, ew",
            texts[f"size-{team.id}"],
            hint,
        )
        for team in teams
    ]

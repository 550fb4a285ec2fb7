"""A way out as it is typed on the command line: its kind, and its fields by name."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.figures.names import TEAM, named
from scenarios.figures.teams import teams_of
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import Entry
from scenarios.requests.way_fields import checked_way, filled_in, principles_of, texts_of
from scenarios.requests.ways_out import FIELDS, WAYS, Way, leaving_by
from scenarios.trade import changes
from store.common.errors import Refused
from store.records import State
from store.records.negotiation import WayKind
from tui.cli.printing import short
from tui.cli.workspace import find_item, find_leaving

#: Fields by the name that they have here, where it is not that of the record.
_CALLED = {"sizes": "size", "amount": "price", "principle_id": "principle"}
_SIZE = "size"


def called(name: str) -> str:
    """The name that a field of a way has on the command line."""
    return _CALLED.get(name, name)


def kind_of(text: str) -> WayKind:
    """The way out of that name, or the only one whose name begins so. Raises Refused."""
    found = _kinds(text)
    if len(found) != 1:
        what = f"could be {' or '.join(found)}" if found else f"is not a way out: they are {', '.join(WAYS)}"
        raise Refused(f"“{short(text, 60)}” {what}")
    return found[0]


def _kinds(text: str) -> list[WayKind]:
    """The way out of that name, else those whose name begins so."""
    wanted = text.strip().casefold()
    begins = [kind for kind in WAYS if wanted and kind.startswith(wanted)]
    return [kind for kind in begins if kind == wanted] or begins


def typed_way(state: State, entry: Entry, kind: WayKind, fields: Sequence[str]) -> Way:
    """The way with these fields (``NAME=VALUE``); what is not named is as the app's form has it to begin with.

    Raises Refused, which names the field, for what is missing or cannot be.
    """
    named: dict[str, str] = {}
    for text in fields:
        name, value = _field(state, entry, kind, text)
        if name in named:
            raise Refused(f"--field {_option(state, name)} is there twice")
        named[name] = value
    sized = any(name.startswith("size-") for name in named)
    # Sizes that are named are all that it takes: not those of a known first version, too.
    filled = None if sized else filled_in(state, entry, kind)
    texts = {**texts_of(state, kind, filled), **named}
    if kind == "decline" and not principles_of(state):
        raise Refused("--field principle: the charter has no principle to cite; makeroom decline takes a reason alone")
    try:
        return checked_way(texts, state, entry, kind, filled)
    except Refused as error:
        error.args = (f"--field {_option(state, error.field)}: {error}",)
        raise


def _option(state: State, field: str) -> str:
    """A field as it is typed; sizes by their team, where there are several."""
    teams = teams_of(state)
    team = next((each for each in teams if field == f"size-{each.id}"), None)
    if team is None or len(teams) == 1:
        return _SIZE if team is not None else called(field)
    return f"{_SIZE}:{short(team.name, 60)}"


def _field(state: State, entry: Entry, kind: WayKind, text: str) -> tuple[str, str]:
    """The form's field that ``NAME=VALUE`` means, and the value. Raises Refused."""
    if text.casefold().startswith(f"{_SIZE}:") and "sizes" in FIELDS[kind]:
        # A team's name may have the sign in it; a size has none.
        name, sign, value = text[len(_SIZE) + 1 :].rpartition("=")
        if sign:
            return f"size-{named(teams_of(state), name, TEAM).id}", value
    name, sign, value = text.partition("=")
    wanted = name.strip().casefold()
    if not sign or not wanted:
        raise Refused(f"“{short(text, 60)}” is not a field: write --field NAME=VALUE, as --field customers=4")
    found = next((each for each, label in FIELDS[kind].items() if wanted in (called(each), each, label)), None)
    if found is None:
        names = ", ".join(map(called, FIELDS[kind]))
        has = f"it has {names}" if names else "it has none"
        raise Refused(f"--field {short(name, 60)}: {kind} has no such field, {has}")
    return (_size_field(state, entry) if found == "sizes" else found), value


def _size_field(state: State, entry: Entry) -> str:
    """The only team that takes part. Raises Refused where there are several."""
    parts = [size.team_id for size in entry.sizes]
    if len(parts) > 1:
        names = " and ".join(f"{_SIZE}:{short(team.name, 60)}" for team in teams_of(state) if team.id in parts)
        raise Refused(f"--field {_SIZE}: it is of several teams: name them, as {names}")
    return f"size-{parts[0] if parts else changes.team_of(state)}"


def typed_out(
    state: State, out: Sequence[str], fields: Sequence[tuple[int, str]]
) -> tuple[list[Leaving], dict[int, Way]]:
    """What ``--out`` names, and by item id the ways out among it; a field says by its number which of them it is of.

    Raises Refused.
    """
    found = [typed_leaving(state, text, [each for of, each in fields if of == at]) for at, text in enumerate(out)]
    return [leaving for leaving, _ in found], {leaving.item_id: way for leaving, way in found if way is not None}


def typed_leaving(state: State, text: str, fields: Sequence[str]) -> tuple[Leaving, Way | None]:
    """What ``ITEM``, ``ITEM=FIRST VERSION`` or ``ITEM=KIND`` with its fields means among the planned items.

    Raises Refused.
    """
    name, sign, kind_text = text.rpartition("=")
    if not fields:
        try:
            return find_leaving(state, text), None
        except Refused:
            if not sign or not _kinds(kind_text):
                raise
    if not sign:
        raise Refused(f"fields say something of a way out: write --out 'ITEM=KIND' before them, not “{short(text)}”")
    kind = kind_of(kind_text)
    if kind == "swap":
        raise Refused("a swap is not a way out of a planned item: it leaves, or stays smaller")
    entry = find_item(state, name, "plan")
    way = typed_way(state, entry, kind, fields)
    return leaving_by(state, entry, way), way

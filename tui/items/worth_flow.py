"""What an item is worth, what holds it in plan, what it needs, and its smaller first version."""

from __future__ import annotations

from typing import Any, cast, get_args

from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_range
from scenarios.figures.teams import teams_of
from scenarios.items.worth_and_ties import Ties, find_items, part_given, tie, ties_of, value_by
from scenarios.plan.item_values import NAMES, PARTS, model_of, worth_of
from scenarios.plan.plan import Entry, entry_of
from scenarios.plan.sizes_by_team import sizes_in
from store.common.errors import Refused
from store.records import Item, PinKind, State, ValueModel, ValueParts
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.forms.plain_change import shown
from tui.widgets.keys import key_named

_HINTS = {
    "reach": "how many it reaches in a quarter",
    "impact": "3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal",
    "confidence": "in percent: 100 high, 80 medium, 50 low",
    "impact_10": "1 to 10",
    "confidence_10": "1 to 10",
    "ease": "1 to 10, 10 the easiest",
    "business": "user and business value, relative to the other items",
    "urgency": "how the value decays with time, relative to the other items",
    "enablement": "risk that it lowers or opportunity that it opens, relative to the other items",
    "cost_of_delay": "what a week later costs, in any one unit",
}


async def edit_worth(board: Host) -> None:
    """One form for all that swaps ask of an item."""
    entry = board.subject
    if entry is None:
        return
    state = board.session.state
    item = state.all(Item)[entry.item.id]
    ties = ties_of(state, item)
    fields = _fields(state, entry, ties)

    def read(values: Values) -> Ties:
        ties = _read(values, board.session.state, entry)
        tie(board.session.state, entry_of(board.session.state, item.id), ties)
        return ties

    def check(values: Values) -> None:
        read(values)

    def follow(values: Values) -> str:
        given = read(values)
        valued = Entry(item.model_copy(update={"value": given.value}), entry.sizes)
        worth = worth_of(model_of(state), valued, ValueParts(id=0, item_id=item.id, **dict[str, Any](given.parts)))
        return worth.words if worth else "no value: in a swap it is taken as its neighbours in the ranking"

    values = await board.ask(
        Form(f"What “{item.title[:60]}” is worth, and what holds it", fields, check=check, follow=follow)
    )
    if values is None:
        return
    state = board.session.state
    board.commit(tie(state, entry_of(state, item.id), read(values)), keep=item.id)


def _fields(state: State, entry: Entry, ties: Ties) -> list[Field]:
    model = model_of(state)
    fields = []
    if model == "score":
        fields.append(
            Field(
                "value",
                "value",
                shown(ties.value),
                f"a number on your own scale; {key_named('board.tables')} chooses RICE, ICE, WSJF",
            )
        )
    for name, words in PARTS[model]:
        value = ties.parts.get(name)
        # In percent, and no trace of the binary fraction.
        figure = round(100 * value, 9) if name == "confidence" and value is not None else value
        fields.append(Field(name, words, shown(figure), _HINTS[name]))
    titles = "; ".join(state.all(Item)[key].source_key or state.all(Item)[key].title for key in ties.needs)
    fields += [
        Field("pin", "stays in plan", ties.pin or "", "empty, or: pinned, started, contractual, regulatory"),
        Field("note", "because", ties.note, "which contract, which regulation, who said so"),
        Field("needs", "needs", titles, "titles or keys of items that it is of no use without, separated by ;"),
    ]
    hint = "of a smaller first version: low-likely-high, one number, or a T-shirt; empty where none is known"
    present = {size.team_id for size in entry.sizes}
    for team in teams_of(state):
        if team.id in present or team.id in ties.first_version:
            size = ties.first_version.get(team.id)
            fields.append(
                Field(f"version-{team.id}", f"first, {team.name} ew", format_range(size) if size else "", hint)
            )
    fields += [
        Field("version", "first version is called", ties.version_name, "as on the trade sheet: first version"),
        Field("version-value", "value of the first", shown(ties.version_value), "empty: in proportion to its effort"),
    ]
    return fields


def _read(values: Values, state: State, entry: Entry) -> Ties:
    """What the form says. Raises Refused for the first field that cannot be read."""
    parts: dict[str, float | None] = {}
    for name, _ in PARTS[model_of(state)]:
        given = number_in(values, name)
        parts[name] = None if given is None else part_given(name, given)
    pin = values["pin"].strip().casefold()
    if pin and pin not in get_args(PinKind):
        raise Refused("Leave it empty, or write pinned, started, contractual or regulatory.", "pin")
    return Ties(
        number_in(values, "value") if "value" in values else entry.item.value,
        parts,
        cast(PinKind, pin) if pin else None,
        values["note"].strip() if pin else "",
        find_items(state, values["needs"], entry.item.id),
        sizes_in(values, state, ties_of(state, entry.item).first_version, "version"),
        values["version"].strip()[:200],
        number_in(values, "version-value"),
    )


async def choose_model(board: Host) -> None:
    """How this workspace values its items; parts that were given for another model are kept."""
    state = board.session.state
    present = model_of(state)
    models: tuple[ValueModel, ...] = get_args(ValueModel)
    about = f"{key_named('board.worth')} gives an item its parts. RICE, WSJF and CD3 order by value per week; "
    about += "what leaves is counted whole."
    choices = [
        Choice(
            str(at),
            NAMES[model] + ("  (now)" if model == present else ""),
            " x ".join(words for _, words in PARTS[model]) or "one number an item",
        )
        for at, model in enumerate(models, 1)
    ]
    answer = await board.ask(Menu("What an item's value is", choices, about))
    if answer is not None:
        board.commit(value_by(state, models[int(answer) - 1]))

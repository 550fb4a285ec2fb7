"""Making a commitment, and taking one back by a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.figures.readers import day_in
from scenarios.items.worth_and_ties import items_named
from scenarios.rules.commitments import HOLDING, KINDS, commit_to, meaning_for, take_back
from scenarios.trade.changes import Said
from store.records import Command, Item, State
from store.records.errors import Refused, refused_about
from store.records.negotiation import Commitment, CommitmentKind
from tui.dialogs.form import Field, Form, Values
from tui.rules.record_screen import Asks

if TYPE_CHECKING:
    from tui.flows.host import Host
    from tui.rules.commitments_screen import CommitmentsScreen


async def show_commitments(board: Host) -> None:
    """The commitments, until they are left for the board or for one of their items."""
    from tui.rules.commitments_screen import CommitmentsScreen

    item = await board.ask(CommitmentsScreen(board, ASKS))
    if item is not None and not board.go_to(int(item)):
        board.tell("It is not on the board: is:declined or is:done in the search (/) may find it.")


async def ask_add(screen: CommitmentsScreen) -> None:
    """An item is promised: by default the one on the board's cursor."""
    board = screen.board
    subject = board.subject.item if board.subject is not None else None

    def item_of(values: Values) -> Item:
        text = values["item"].strip()
        if subject is not None and text == subject.title and subject.id in screen.state.all(Item):
            return screen.state.all(Item)[subject.id]
        return named_item(screen.state, text)

    def command(values: Values) -> Command:
        kind, due = _kind(values), day_in(values, "due")
        return commit_to(screen.state, item_of(values).id, kind, values["who"], due, values["note"])

    def check(values: Values) -> None:
        item_of(values)
        with refused_about("who"):
            command(values)

    def follow(values: Values) -> str:
        return meaning_for(_kind(values), item_of(values))

    def make() -> Form:
        fields = (
            Field("item", "item", subject.title if subject is not None else "", "a title, its beginning, or a key"),
            Field("kind", "kind", "promised", "aim, promised, contractual or regulatory"),
            Field("who", "to whom", hint="a customer, a partner, a regulator"),
            Field("due", "by when", hint="a day, as 2027-03-31; empty where none was named"),
            Field("note", "note", hint="who said so, where it is written; may stay empty"),
        )
        return Form("A commitment", fields, check=check, follow=follow, enter="commit to it")

    applied = await screen.change(make, command)
    if applied is not None:
        made = next(change.id for change in applied.changes if change.table == Commitment.table)
        screen.show(f"commitment {made}")


def named_item(state: State, text: str) -> Item:
    """The one item of a title, its beginning, or a key. Raises Refused."""
    if not text:
        raise Refused("Which item is promised? Write its title, the beginning of it, or its key.", "item")
    found = items_named(state, text)
    if not found:
        raise Refused(f"There is no item “{text[:60]}”: write its title, the beginning of it, or its key.", "item")
    if len(found) > 1:
        raise Refused(f"“{text[:60]}” may be {len(found)} items: write more of the title, or the key.", "item")
    return found[0]


def _kind(values: Values) -> CommitmentKind:
    text = values["kind"].strip().casefold()
    kind = next((each for each in KINDS if text and each.startswith(text)), None)
    if kind is None:
        raise Refused("A commitment is an aim, promised, contractual or regulatory.", "kind")
    return kind


async def ask_take_back(screen: CommitmentsScreen) -> None:
    """A commitment ends without being kept: who says so, and why."""
    row = screen.row
    if row is None or row.kind != "commitment":
        screen.board.tell("There is nothing to take back here.")
        return

    def command(values: Values) -> Command:
        said = Said(values["by"].strip(), values["because"].strip())
        return take_back(screen.state, row.id, said, screen.board.session.now.forecast)

    def check(values: Values) -> None:
        for name, words in (("by", "Who takes it back? That is a name."), ("because", "Why? It goes on record.")):
            if not values[name].strip():
                raise Refused(words, name)
        with refused_about("by"):
            command(values)

    def make() -> Form | None:
        made = screen.state.all(Commitment).get(row.id)
        if made is None:
            return None
        fields = (Field("by", "taken back by", hint="a name"), Field("because", "because", hint="it goes on record"))
        about = "It ends without being kept. This is a decision; u brings the promise back."
        if made.kind in HOLDING:
            about += f" What only this {made.kind} commitment holds in plan is held no longer."
        return Form(f"Take back: {row.title[:120]}", fields, about, check=check, enter="take it back")

    await screen.change(make, command)


ASKS: dict[str, Asks] = {"add": ask_add, "take back": ask_take_back}

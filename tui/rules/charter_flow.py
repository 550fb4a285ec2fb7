"""Changing the charter: what each key of its screen asks, and the way to the target and the aims and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.rules.charter import (
    FIGURES,
    CharterError,
    charter_of,
    default_of,
    held_by,
    opened_by,
    remove_principle,
    remove_role,
    right_words,
    turn,
    write_figure,
    write_figures,
    write_owner,
    write_principle,
    write_role,
)
from scenarios.rules.charter_words import MEANS, WHO_SIGNS, rights_in_order, roles_of
from store.records import Command, Slice
from store.records.negotiation import Principle, Role
from store.records.text import capital, sentence
from tui.dialogs.form import Field, Form, FormError, Values
from tui.dialogs.lines import LinesDialog
from tui.dialogs.menu import Choice, Menu
from tui.requests.add_flow import number
from tui.rules.charter_rows import SECTIONS, _right_of, figure_name
from tui.rules.record_screen import Asks

if TYPE_CHECKING:
    from tui.board.board import Board
    from tui.rules.charter_screen import CharterScreen
#: Keys of a menu's choices, as many as have one.
_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


async def show_charter(board: Board) -> None:
    """The charter, until it is left for the board."""
    from tui.rules.charter_screen import AIMS, CharterScreen

    while await board.ask(CharterScreen(board)) == AIMS:
        from tui.capacity.capacity_flow import change_capacity

        await change_capacity(board, targets=True)
        if board.refused or board.sheet.trade is not None:
            return
        if board.talk is not None:
            # What was answered is done: a refusal later on begins here, not before.
            board.talk.done.clear()


# ------------------------------------------------------------------ roles and principles


async def ask_add(screen: CharterScreen) -> None:
    """A new principle where the cursor is among the principles, else a new role."""
    kind = screen.row.kind if screen.row is not None else ""
    if SECTIONS.get(kind) == SECTIONS["principle"]:
        await _ask_principle(screen, None)
    else:
        await _ask_role(screen, None)


async def ask_change(screen: CharterScreen) -> None:
    """Other words for the role or principle on the cursor, or another figure."""
    row = screen.row
    if row is None:
        return
    match row.kind:
        case "role":
            await _ask_role(screen, row.id)
        case "principle":
            await _ask_principle(screen, row.id)
        case "figure" if figure_name(row) == "evidence_rules":
            await _ask_rules(screen)
        case "figure":
            await _ask_figure(screen, figure_name(row))
        case "aim":
            await _ask_owner(screen, row.id)


async def _ask_role(screen: CharterScreen, role_id: int | None) -> None:
    def command(values: Values) -> Command:
        return write_role(screen.state, values["name"], values["who"], role_id)

    def make() -> Form | None:
        role = screen.state.all(Role).get(role_id or 0)
        if role_id is not None and role is None:
            return None
        fields = (
            Field("name", "role", role.name if role else "", "as Head of Sales; at most 200 characters"),
            Field("who", "who has it now", role.who if role else "", "a name; may stay empty until somebody has it"),
        )
        about = "makeroom has no log-in: it records who is said to decide."
        check = _checking(command, "name")
        return Form("A role" if role is None else f"The role “{role.name}”", fields, about, check=check)

    applied = await screen.change(make, command)
    if applied is not None and role_id is None:
        screen.show(f"role {max(applied.ids.values())}")


async def _ask_principle(screen: CharterScreen, principle_id: int | None) -> None:
    def command(values: Values) -> Command:
        return write_principle(screen.state, values["name"], values["note"], principle_id)

    def make() -> Form | None:
        row = screen.state.all(Principle).get(principle_id or 0)
        if principle_id is not None and row is None:
            return None
        fields = (
            Field("name", "principle", row.name if row else "", "as No forks: what a decline cites"),
            Field("note", "what it means", row.note if row else "", "why the room agreed on it; may stay empty"),
        )
        heading = "A principle" if row is None else f"The principle “{row.name[:60]}”"
        about = "A rule that the room agreed on. Breaking one takes a signature."
        return Form(heading, fields, about, check=_checking(command, "name"))

    applied = await screen.change(make, command)
    if applied is not None and principle_id is None:
        screen.show(f"principle {max(applied.ids.values())}")


async def ask_remove(screen: CharterScreen) -> None:
    """Take a role or a principle away; first it is said what is left without a holder."""
    row = screen.row
    if row is None or row.kind not in ("role", "principle"):
        screen.board.tell("Roles and principles are taken away: go to one, then x again.")
        return
    state = screen.state
    try:
        command = remove_role(state, row.id) if row.kind == "role" else remove_principle(state, row.id)
    except CharterError as error:
        screen.board.tell(sentence(error), severity="warning")
        return
    opened = opened_by(state, command)
    about = "\n".join(("Its rights go with it.", *opened)) if row.kind == "role" else "Rights to break it go with it."
    what = "role" if row.kind == "role" else "principle"
    heading = f"Take the {what} “{row.title.partition(':')[0][:80] if what == 'role' else row.title[:80]}” away?"
    if await screen.ask(Menu(heading, [Choice("x", "take it away", "u brings it back")], about)) is None:
        return
    if screen.state is state:
        screen.write(command)
    else:
        # Who came first may have granted something: nobody takes away what nobody looked at.
        screen.board.tell("The charter changed meanwhile: look again, then x.", severity="warning")
        screen.show()


# ------------------------------------------------------------------ rights


async def ask_grant(screen: CharterScreen) -> None:
    """Grant or withdraw: a right of the role on the cursor, or the right on the cursor to a role."""
    row, state = screen.row, screen.state
    if row is None or row.kind not in ("role", "right"):
        screen.board.tell("Rights are granted from a role or from a right: go to one, then g again.")
        return
    roles = {role.id: role for role in roles_of(state)}
    if not roles:
        screen.board.tell("There is no role yet to grant it to: a adds one.", severity="warning")
        return
    if row.kind == "role":
        pairs = [(row.id, kind, principle_id) for kind, principle_id in rights_in_order(state)]
        labels = [right_words(state, kind, principle_id) for _, kind, principle_id in pairs]
        heading = f"{roles[row.id].name} may:"
    else:
        kind, principle_id = _right_of(state, row)
        pairs = [(role_id, kind, principle_id) for role_id in roles]
        labels = [f"{roles[each].name} ({roles[each].who.strip() or 'nobody yet'})" for each in roles]
        heading = f"Who may {right_words(state, kind, principle_id)}:"
    choices = []
    for at, ((role_id, kind, principle_id), label) in enumerate(zip(pairs, labels, strict=True)):
        holds = held_by(state, kind, role_id, principle_id) is not None
        key = _KEYS[at] if at < len(_KEYS) else str(at)
        choices.append(Choice(key, f"{'[x]' if holds else '[ ]'} {label[:60]}", "withdraw" if holds else "grant"))
    answer = await screen.ask(Menu(heading[:100], choices, WHO_SIGNS))
    if answer is None:
        return
    role_id, kind, principle_id = pairs[next(at for at, choice in enumerate(choices) if choice.key == answer)]
    present = screen.state
    if role_id not in present.all(Role) or (principle_id is not None and principle_id not in present.all(Principle)):
        screen.board.tell("It is not there any more: somebody else took it away.", severity="warning")
        return
    command = turn(present, kind, role_id, principle_id)
    opened = opened_by(present, command)
    if screen.write(command) and opened:
        screen.board.tell(" ".join(opened), severity="warning")


# ------------------------------------------------------------------ figures


async def _ask_owner(screen: CharterScreen, slice_id: int) -> None:
    def command(values: Values) -> Command:
        return write_owner(screen.state, slice_id, values["owner"])

    def make() -> Form | None:
        part = screen.state.all(Slice).get(slice_id)
        if part is None:
            return None
        fields = (Field("owner", "belongs to", part.owner, "who speaks for it; a trade that shrinks it says so"),)
        about = "Where a slice shrinks and nobody of these is in the room, the trade sheet says so."
        return Form(f"{part.letter} {part.name}", fields, about, check=_checking(command, "owner"))

    await screen.change(make, command)


async def _ask_figure(screen: CharterScreen, name: str) -> None:
    def command(values: Values) -> Command:
        return write_figure(screen.state, name, number(values, name))

    def make() -> Form:
        value = getattr(charter_of(screen.state), name)
        label = FIGURES[name]
        default = default_of(name)
        hint = "a number; empty: none" if default is None else f"a number; empty: {default:g}"
        fields = (Field(name, _SHORT[name], "" if value is None else f"{value:.15g}", hint),)
        return Form(capital(label), fields, MEANS[name], check=_checking(command, name))

    await screen.change(make, command)


_SHORT = {
    "purse_count": "one-offs",
    "purse_effort": "engineer-weeks",
    "least_return": "times the full cost",
    "rate": "money per ew",
    "licence": "price",
    "renewal_days": "days",
}


async def _ask_rules(screen: CharterScreen) -> None:
    def command(text: str) -> Command:
        try:
            return write_figures(screen.state, {"evidence_rules": text.strip()})
        except CharterError as error:
            raise CharterError(sentence(error)) from error

    def make() -> LinesDialog:
        return LinesDialog("Evidence rules", MEANS["evidence_rules"], charter_of(screen.state).evidence_rules, command)

    await screen.change(make, command)


# ------------------------------------------------------------------ reading and explaining


def _checking(command: Callable[[Values], Command], field: str) -> Callable[[Values], None]:
    """A form's check: what the charter refuses is said beside the field."""

    def check(values: Values) -> None:
        try:
            command(values)
        except CharterError as error:
            raise FormError(field, sentence(error)) from error

    return check


ASKS: dict[str, Asks] = {"add": ask_add, "change": ask_change, "remove": ask_remove, "grant": ask_grant}

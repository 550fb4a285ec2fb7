"""Changing the charter: what each key of its screen asks, and the way to the target and the aims and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.rules.charter import held_by, opened_by, remove_principle, remove_role, right_words
from scenarios.rules.charter_words import WHO_SIGNS, rights_in_order, roles_of
from scenarios.rules.old_versions import remove_version
from scenarios.rules.personas import remove_persona
from store.common.errors import Refused
from store.common.text import sentence
from store.records import Command, State
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.forms.charter import PERSONA, PRINCIPLE, ROLE, SLICE, VERSION, one_figure
from tui.forms.plain_change import PlainChange
from tui.forms.rights import GRANT, WITHDRAW, values_of
from tui.rules.charter_rows import SECTIONS, _right_of, figure_name
from tui.rules.record_screen import Asks
from tui.widgets.keys import key_named

if TYPE_CHECKING:
    from tui.rules.charter_screen import CharterScreen
#: Keys of a menu's choices, as many as have one.
_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


async def show_charter(board: Host) -> None:
    """The charter, until it is left for the board."""
    from tui.rules.charter_screen import AIMS, CharterScreen

    while await board.ask(CharterScreen(board, ASKS)) == AIMS:
        from tui.capacity.capacity_flow import change_capacity

        await change_capacity(board, targets=True)
        if board.refused or board.sheet.trade is not None:
            return
        if board.talk is not None:
            # What was answered is done: a refusal later on begins here, not before.
            board.talk.done.clear()


# ------------------------------------------------------------------ roles and principles


async def ask_add(screen: CharterScreen) -> None:
    """A new principle, persona or old version where the cursor is among those, else a new role."""
    kind = screen.row.kind if screen.row is not None else ""
    if SECTIONS.get(kind) == SECTIONS["principle"]:
        await _add(screen, PRINCIPLE)
    elif SECTIONS.get(kind) == SECTIONS["persona"]:
        await _add(screen, PERSONA)
    elif SECTIONS.get(kind) == SECTIONS["version"]:
        await _add(screen, VERSION)
    else:
        await _add(screen, ROLE)


async def ask_change(screen: CharterScreen) -> None:
    """Other words for the role or principle on the cursor, or another figure."""
    row = screen.row
    if row is None:
        return
    match row.kind:
        case "role":
            await screen.change_plain(ROLE, row.id)
        case "principle":
            await screen.change_plain(PRINCIPLE, row.id)
        case "version":
            await screen.change_plain(VERSION, row.id)
        case "persona":
            await screen.change_plain(PERSONA, row.id)
        case "figure":
            await screen.change_plain(one_figure(figure_name(row)))
        case "aim":
            await screen.change_plain(SLICE, row.id)


async def _add(screen: CharterScreen, plain: PlainChange) -> None:
    applied = await screen.change_plain(plain)
    if applied is not None:
        screen.show(f"{plain.name.split()[-1]} {max(applied.ids.values())}")


#: What can be taken away, and what goes with it.
_REMOVING: dict[str, Callable[[State, int], Command]] = {
    "role": remove_role,
    "principle": remove_principle,
    "persona": remove_persona,
}
_GOES_TOO = {
    "role": "Its rights go with it.",
    "principle": "Rights to break it go with it.",
    "persona": "Cards that name it keep its name, which is on no list then.",
}


async def ask_remove(screen: CharterScreen) -> None:
    """Take a role or a principle away; first it is said what is left without a holder."""
    row = screen.row
    if row is not None and row.kind == "version":
        screen.write(remove_version(screen.state, row.id))
        return
    if row is None or row.kind not in _REMOVING:
        remove = key_named("charter.remove")
        screen.board.tell(
            f"Roles, principles, personas and old versions can be removed: go to one, then {remove} again."
        )
        return
    state = screen.state
    try:
        command = _REMOVING[row.kind](state, row.id)
    except Refused as error:
        screen.board.tell(sentence(error), severity="warning")
        return
    opened = opened_by(state, command)
    what = row.kind
    about = "\n".join((_GOES_TOO[what], *(opened if what == "role" else ())))
    heading = f"Remove the {what} “{row.title.partition(':')[0][:80] if what == 'role' else row.title[:80]}” away?"
    if (
        await screen.ask(
            Menu(heading, [Choice("x", "remove it", f"{key_named('records.undo')} brings it back")], about)
        )
        is None
    ):
        return
    if screen.state is state:
        screen.write(command)
    else:
        # Who came first may have granted something: nobody takes away what nobody looked at.
        remove = key_named("charter.remove")
        screen.board.tell(f"The charter changed meanwhile: look again, then {remove}.", severity="warning")
        screen.show()


# ------------------------------------------------------------------ rights


async def ask_grant(screen: CharterScreen) -> None:
    """Grant or withdraw: a right of the role on the cursor, or the right on the cursor to a role."""
    row, state = screen.row, screen.state
    if row is None or row.kind not in ("role", "right"):
        screen.board.tell(
            f"Rights are granted from a role or from a right: go to one, then {key_named('charter.grant')} again."
        )
        return
    roles = {role.id: role for role in roles_of(state)}
    if not roles:
        add = screen.KEYS.of(screen.app, "add")
        screen.board.tell(f"There is no role yet to grant it to: {add} adds one.", severity="warning")
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
    at = next(at for at, choice in enumerate(choices) if choice.key == answer)
    role_id, kind, principle_id = pairs[at]
    plain = WITHDRAW if held_by(state, kind, role_id, principle_id) is not None else GRANT
    now = screen.board.session.now
    try:
        command = plain.command(now, None, values_of(state, kind, role_id, principle_id))
    except Refused as error:
        screen.board.tell(sentence(error), severity="warning")
        return
    warnings = plain.warn(now.state, command)
    if screen.write(command) and warnings:
        screen.board.tell(" ".join(warnings), severity="warning")


ASKS: dict[str, Asks] = {"add": ask_add, "change": ask_change, "remove": ask_remove, "grant": ask_grant}

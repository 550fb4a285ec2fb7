"""The command of a plain change: its options, its help, and what its arguments mean, made of its description."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.figures.names import SLICE, Kind, exactly, named
from store.common.errors import Refused
from store.records import Command
from tui.cli.changed_words import changed_words
from tui.cli.names import pairs
from tui.cli.outputs import ChangedOut
from tui.cli.parser import Own, Parser
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import desk
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, Description, Meant, Now, PlainChange, Subject

if TYPE_CHECKING:
    from tui.session.figures import Figures
    from tui.session.session import Session

#: The change, and what to warn of once it is written.
Change = Callable[["Figures"], tuple[Command, Sequence[str]]]


def change(arguments: argparse.Namespace, make: Change) -> int:
    """Write it, and say it. Raises Refused where it cannot be, StoreError where it cannot be written."""
    with desk(arguments, write=True) as session:
        command, warnings = make(session.now)
        applied = session.commit(command)
    what = changed_words(command.label, applied.changes) if applied is not None else "nothing to change"
    if arguments.json:
        event = applied.event.seq if applied is not None else None
        print_json(ChangedOut(done=applied is not None, what=what, warnings=list(warnings), event=event))
        return DONE
    say(short(what, 300))
    for warning in warnings:
        say(f"warning: {short(warning, 300)}")
    return DONE


# ------------------------------------------------------------------ its options


class _Offered(tuple[str, ...]):
    """What a help and a shell offer to choose from; what is typed is read by the description."""

    def __contains__(self, text: object) -> bool:
        return True


def add_plain(own: Own, plain: PlainChange, module: str = "plain_change", function: str = "run") -> Parser:
    """The command of a description, with the name of its record and its options."""
    one = own(plain.name.rpartition(" ")[2], plain.what, plain.example, module, function)
    if plain.subject is not None:
        one.add_argument("subject", metavar=plain.subject.word.upper(), help=plain.subject.help)
    add_asks(one, plain)
    if plain.subject is not None and plain.subject.removes is not None:
        one.add_argument("--remove", action="store_true", help="take it away")
    return one


def add_asks(to: Parser, plain: Description[Now, Meant]) -> None:
    """An option or an argument for each thing that is asked; what a command of its own says must be given."""
    to.set_defaults(description=plain)
    if plain.pairs is not None:
        to.add_argument("pairs", nargs="+" if plain.what else "*", metavar="NAME=VALUE", help=plain.pairs[2])
        return
    add_options(to, plain.asks)


def add_options(to: argparse.ArgumentParser | argparse._ArgumentGroup, asks: Sequence[Ask]) -> None:
    """An option or an argument for each of these."""
    for ask in asks:
        if ask.option:
            # argparse writes its own % into a help.
            said = (ask.help or f"{ask.label}: {ask.hint}").replace("%", "%%")
            metavar = {"day": "DATE", "number": "NUMBER", "money": "AMOUNT", "text": "TEXT"}.get(
                ask.kind, ask.name.upper()
            )
            if ask.kind == "lines":
                to.add_argument(ask.option, nargs="*", metavar=ask.label.upper(), help=said)
                continue
            action = to.add_argument(ask.option, metavar=metavar, help=said)
            action.dest, action.choices = ask.name, _Offered(ask.choices) if ask.choices else None


# ------------------------------------------------------------------ what its arguments mean


def run(arguments: argparse.Namespace) -> int:
    """What they say, written and said."""
    plain: PlainChange = arguments.description

    def make(now: Figures) -> tuple[Command, Sequence[str]]:
        values = typed(plain, arguments)
        if plain.subject is None:
            command = command_of(plain, now, None, values)
        else:
            command = _about(plain, plain.subject, now, arguments, values)
        return command, plain.warn(now.state, command)

    return change(arguments, make)


def decide(arguments: argparse.Namespace, record: int, item_id: int | None, session: Session) -> int:
    """What they say of a record, written as a decision, with what it does to the odds. Raises Refused."""
    from tui.cli.trade.door import report

    plain: PlainChange = arguments.description
    before = session.now.forecast
    command = command_of(plain, session.now, record, typed(plain, arguments))
    return report(arguments, session, before, session.commit(command), command.label, item_id)


def _about(
    plain: PlainChange, subject: Subject, now: Figures, arguments: argparse.Namespace, values: dict[str, str]
) -> Command:
    """The change of the record that is named, or of one that is made."""
    kind: Kind[Any] = SLICE if subject.word == SLICE.word else Kind(subject.word)
    rows, name = subject.rows(now.state), arguments.subject
    if getattr(arguments, "remove", False) and subject.removes is not None:
        if values:
            options = " and ".join(ask.option for ask in plain.asks)
            raise Refused(f"--remove goes without {options}")
        return subject.removes(now.state, named(rows, name, kind).id)
    if not subject.makes or subject.makes in values:
        row = named(rows, name, kind)
        return command_of(plain, now, row.id, values)
    row = exactly(rows, name, kind)
    if row is None:
        return command_of(plain, now, None, {**values, subject.makes: name})
    return command_of(plain, now, row.id, values)


def command_of(plain: Description[Now, Meant], now: Now, record: int | None, values: Values) -> Meant:
    """What it means when these are typed, and the other fields stay as they stand. Raises Refused."""
    present = {ask.name: "" for ask in plain.asks} | dict(plain.start(now, record) or {})
    try:
        return plain.command(now, record, {**present, **values})
    except Refused as error:
        option = next((ask.option for ask in plain.asks if ask.name == error.field), "")
        made = record is None and plain.subject is not None and error.field == plain.subject.makes
        where = option if plain.pairs is not None or (option.startswith("--") and not made) else ""
        error.args = (f"{where}: {error}" if where else str(error),)
        raise


def typed(plain: Description[Now, Meant], arguments: argparse.Namespace) -> dict[str, str]:
    """What was typed of what is asked. Raises Refused for a pair that names nothing of it."""
    if plain.pairs is None:
        given = {ask.name: getattr(arguments, ask.name, None) for ask in plain.asks}
        return {name: text for name, text in given.items() if text is not None}
    names, found = {ask.option: ask.name for ask in plain.asks}, {}
    for name, text in pairs(arguments.pairs, plain.pairs[1]):
        option = name.casefold().replace("_", "-")
        if option not in names:
            raise Refused(f"“{short(name)}” is not a {plain.pairs[0]}: they are {', '.join(names)}")
        found[names[option]] = text
    return found

"""What the commands' arguments are made of, for all of them alike."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn, TypeAlias

from scenarios.figures.days import names_week
from scenarios.figures.readers import day_of, needed_number
from store.common.errors import Refused, refused_about
from store.common.text import short
from store.common.values import Value

Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """argparse, but that a mistake becomes a sentence instead of an exit."""

    #: adds what a command takes, once that is asked for: no command pays for what another is described by
    later: Callable[[], None] | None = None

    def fill(self) -> None:
        """Add what was left for later."""
        adds, self.later = self.later, None
        if adds is not None:
            adds()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, with all that the command takes."""
        self.fill()
        found, left = super().parse_known_args(args, namespace)
        if left:
            self._refuse(left[0])
        return found, left

    def _refuse(self, word: str) -> NoReturn:
        """Raise :class:`Refused` for what is typed and is nothing here."""
        if not word.startswith("-"):
            self.error(f"“{short(word, 60)}” is one word too many")
        self.error(f"there is no option {short(word, 60)}{_meant(word.partition('=')[0], self._option_string_actions)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """As argparse does; a command that is none is refused with the nearest one, not with all there are."""
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            self.error(f"there is no command “{short(value, 60)}”{_meant(value, action.choices)}")
        super()._check_value(action, value)

    def format_help(self) -> str:
        """As argparse does, with all that the command takes."""
        self.fill()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Raise :class:`Refused`, with the way to the help."""
        raise Refused(f"{message}{'' if message.endswith('?') else '.'} Try: {self.prog} --help")


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.7)
    return f": did you mean {near[0]}?" if near else ""


#: The commands of ``makeroom``, to which one more is added.
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def make(commands: Commands | None, name: str, what: str, example: str) -> Parser:
    """A parser with a description and an example."""
    one = (
        Parser(prog=name, allow_abbrev=False)
        if commands is None
        else commands.add_parser(name, help=first_sentence(what).replace("%", "%%"), allow_abbrev=False)
    )
    one.description = what
    one.epilog = f"example:\n{example}"
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    return one


def make_working(commands: Commands, name: str, module: str, what: str, example: str, function: str = "") -> Parser:
    """A command on a workspace, with ``--json``, ``--db`` and ``--as``; its function has its name unless said."""
    one = make(commands, name, what, example)
    add_json(one)
    one.set_defaults(run=later(module, function or name), command=name)
    add_db(one)
    add_actor(one)
    return one


#: Adds a command within another: name, what it does, an example, and the module and function that carry it out.
Own: TypeAlias = Callable[[str, str, str, str, str], Parser]


def within(top: Parser) -> Own:
    """Commands within a command: each takes ``--json``, ``--db`` and ``--as``, also before its name."""
    _add_common(top, within=False)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)

    def own(name: str, what: str, example: str, module: str, function: str) -> Parser:
        one = make(commands, name, what, example)
        _add_common(one, within=True)
        one.set_defaults(run=later(module, function))
        return one

    return own


def _add_common(to: Parser, *, within: bool) -> None:
    add_json(to, within=within)
    add_db(to)
    add_actor(to)


def first_sentence(text: str) -> str:
    """What stands in a list of commands; all of it is in a command's own help."""
    return re.split(r"[.:;](?= )", " ".join(text.split()), maxsplit=1)[0].removesuffix(".")


def add_db(to: argparse.ArgumentParser) -> None:
    """``--db``, and ``--scenario``: which of its plans."""
    # Left out where it is not typed, so that a command does not forget what stood before its name.
    to.add_argument(
        "--db",
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="the workspace's file (else MAKEROOM_DB, else your own)",
    )
    to.add_argument(
        "--scenario",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="work on this scenario of the workspace; main is the plan itself",
    )


def add_actor(to: argparse.ArgumentParser) -> None:
    """``--as``."""
    to.add_argument(
        "--as",
        dest="actor",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="who is at the keyboard, for the record and for the others at the table (else your login name)",
    )


def add_json(to: argparse.ArgumentParser, *, within: bool = False) -> None:
    """``--json``; of a command ``within`` another that has it too, one before its name is not forgotten."""
    default = argparse.SUPPRESS if within else False
    to.add_argument(
        "--json", action="store_true", default=default, help="one JSON object for programs, instead of lines"
    )


def later(module: str, function: str = "run") -> Run:
    """A command's function, whose module is imported when it is run: no command pays for another."""

    def run(arguments: argparse.Namespace) -> int:
        found: Run = getattr(import_module(f"tui.cli.{module}"), function)
        return found(arguments)

    return run


class WeekSaid(Value):
    """A week, as w6, until it is known of what quarter: the day that it means there."""

    text: str
    past: bool
    begins: bool

    def day(self) -> date | None:
        """As the quarter says that is known now. Raises :class:`Refused` for a week that it has not."""
        return day_of(self.text, past=self.past, begins=self.begins)


def number(text: str) -> float:
    """A number as people write it: 1,200.5 or 2,5."""
    try:
        return needed_number(text)
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _day(text: str, *, past: bool = False, begins: bool = False) -> date | WeekSaid:
    if names_week(text):
        return WeekSaid(text, past, begins)
    try:
        found = day_of(text, past=past)
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day: write it as 2027-03-31")
    return found


def day(text: str) -> date | WeekSaid:
    """The day that an option says: a ``type`` of argparse, which then names the option. A week becomes a day once the
    quarter is known: :func:`know_weeks`."""
    return _day(text)


def past_day(text: str) -> date | WeekSaid:
    """The same, of what has been: without a year, the last such day."""
    return _day(text, past=True)


def since_day(text: str) -> date | WeekSaid:
    """The same, of what began: of a week, its first day."""
    return _day(text, past=True, begins=True)


def know_weeks(arguments: argparse.Namespace, know: Callable[[], object] | None = None) -> None:
    """Weeks that options say become days, of the quarter that is known, or that ``know`` finds. Raises
    :class:`Refused` for a week that it has not."""
    for name, value in tuple(vars(arguments).items()):
        if isinstance(value, WeekSaid):
            with refused_about(before=f"--{name}: "):
                if know is not None:
                    know()
                setattr(arguments, name, value.day())


def month(text: str) -> date:
    """The first day of the month that an option says, as 2026-11: a ``type`` of argparse."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month: write it as 2027-03") from error

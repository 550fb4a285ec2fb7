"""``makeroom completion``: a shell's script for completing commands, options and their values, from the parser itself.

shtab writes it. While somebody types, the script asks makeroom for names alone (:mod:`tui.cli.names_in_file`), and
takes none of them for anything but a name.
"""

from __future__ import annotations

import argparse

from tui.cli.arguments import parser
from tui.cli.names_in_file import escaped, names_of
from tui.cli.parser import Parser, first_sentence
from tui.cli.printing import DONE, say, say_text

#: Arguments with these metavars are files or folders.
_FILES = frozenset({"FILE", "FILE.csv", "PATH", "FOLDER"})
#: Which names arguments with these metavars are.
_NAMED = {
    "ITEM": "items",
    "ITEM[=VERSION]": "items",
    "CUSTOMER": "accounts",
    "ACCOUNT": "accounts",
    "SNAPSHOT": "snapshots",
}
#: Commands that give a new name.
_BEGINNING = frozenset({"save", "branch", "import"})


def run(arguments: argparse.Namespace) -> int:
    """Print the script, or the names that it asks for."""
    if arguments.names:
        quoted = escaped if arguments.shell == "bash" else str
        for name in names_of(arguments.names):
            say(quoted(name))
        return DONE
    import shtab

    top = parser()
    _prepare(top, shtab.FILE)
    say_text(shtab.complete(top, arguments.shell, root_prefix="makeroom"))
    return DONE


def _prepare(one: argparse.ArgumentParser, file: object) -> None:
    """Say of a parser, and of all within it, what takes a file; beside a command line, one sentence of help will do."""
    if isinstance(one, Parser):
        one.fill()
    one.description = _line(one.description)
    # argparse has no other way to ask what a parser takes.
    for action in one._actions:
        action.help = _line(action.help)
        if isinstance(action, argparse._SubParsersAction):
            for within in action.choices.values():
                _prepare(within, file)
        elif action.metavar in _FILES:
            action.complete = file  # type: ignore[attr-defined]
        elif action.dest == "way":
            # Not at the top: whoever asks for names is not to wait for records.
            from scenarios.requests.ways_out import WAYS

            # The first word of each will do, and holds no blank.
            action.choices = [kind.split()[0] for kind in WAYS]
        elif kind := _kind_of(one.prog, action):
            action.complete = _asking(kind)  # type: ignore[attr-defined]


def _kind_of(prog: str, action: argparse.Action) -> str:
    """Which names an argument takes; empty where it is none of those."""
    if action.metavar in _NAMED:
        return _NAMED[action.metavar]
    if action.dest == "scenario":
        return "scenarios"
    words = prog.split()
    of = words[1] if len(words) > 2 and action.metavar == "NAME" and not action.option_strings else ""
    # What is begun has no name yet.
    return {"snapshot": "snapshots", "scenario": "scenarios"}.get(of, "") if words[-1] not in _BEGINNING else ""


def _asking(kind: str) -> dict[str, object]:
    """How each shell asks for names. No shell expands what it gets: titles come from anywhere."""
    ask, function = f"makeroom completion --names {kind}", f"_makeroom_{kind}"
    bash = (
        f"{function}() {{\n"
        "  local line\n"
        '  while IFS= read -r line; do [[ "$line" == "$1"* ]] && printf \'%s\\n\' "$line"; done '
        f"< <({ask} bash 2>/dev/null)\n"
        "}\n"
    )
    zsh = f'{function}() {{\n  local -a found\n  found=("${{(@f)$({ask} zsh 2>/dev/null)}}")\n  compadd -a found\n}}\n'
    return {
        "bash": function,
        "zsh": function,
        "fish": f"({ask} fish 2>/dev/null)",
        "tcsh": "",
        "preamble": {"bash": bash, "zsh": zsh},
    }


def _line(text: str | None) -> str:
    return first_sentence(text or "").replace("'", "’")

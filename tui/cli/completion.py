"""``makeroom completion``: a shell's script for completing commands, options and their values, from the parser itself.

The script is data: no shell asks makeroom anything while somebody types.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from tui.cli.arguments import parser
from tui.cli.parser import Parser, first_sentence
from tui.cli.printing import DONE, say_text

#: Arguments with these metavars are files or folders.
_FILES = frozenset({"FILE", "FILE.csv", "PATH", "FOLDER"})


@dataclass(frozen=True)
class Option:
    """An option: its names, its help, the values that it takes (None: none at all), and whether they are files."""

    names: tuple[str, ...]
    help: str
    values: tuple[str, ...] | None
    files: bool


@dataclass(frozen=True)
class Command:
    """A command by its words; ``commands`` are those within it, with their help."""

    words: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    values: tuple[str, ...]
    files: bool


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    found = tuple(commands_of(parser()))
    say_text({"bash": bash, "zsh": zsh, "fish": fish}[arguments.shell](found))
    return DONE


def commands_of(one: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[Command]:
    """A parser and all within it."""
    options: list[Option] = []
    own: tuple[tuple[str, str], ...] = ()
    values: list[str] = []
    files = False
    within: list[tuple[str, argparse.ArgumentParser]] = []
    if isinstance(one, Parser):
        one.fill()
    # argparse has no other way to ask what a parser takes.
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            within = list(action.choices.items())
            helps = {each.dest: each.help or "" for each in action._choices_actions}
            own = tuple((name, helps.get(name, "")) for name, _ in within)
        elif action.option_strings:
            taken = None if action.nargs == 0 else tuple(map(str, action.choices or ()))
            options.append(Option(tuple(action.option_strings), action.help or "", taken, _is_file(action)))
        else:
            values += map(str, action.choices or ())
            files = files or _is_file(action)
    yield Command(words, own, tuple(options), tuple(values), files)
    for name, parser_within in within:
        yield from commands_of(parser_within, (*words, name))


def _is_file(action: argparse.Action) -> bool:
    return str(action.metavar) in _FILES


def _in_quotes(text: str) -> str:
    """Text in single quotes, as every shell here reads it."""
    return "'" + " ".join(text.split()).replace("%%", "%").replace("'", "’") + "'"


# ------------------------------------------------------------------ bash


#: A file's name may have blanks in it, and is a line of its own.
_BASH_END = """\
    esac
    if [[ $at == -* ]]; then
        COMPREPLY=($(compgen -W "$names" -- "$at"))
        return
    fi
    COMPREPLY=($(compgen -W "$values" -- "$at"))
    if [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        local IFS=$'\\n'
        COMPREPLY+=($(compgen -f -- "$at"))
    fi
}"""


def bash(commands: tuple[Command, ...]) -> str:
    """For bash: the words so far choose the command, whose lists are looked up."""
    lines = [
        "# bash completion for makeroom",
        "_makeroom() {",
        "    local at=${COMP_WORDS[COMP_CWORD]} before words= i",
    ]
    lines += ["    before=${COMP_WORDS[COMP_CWORD-1]}", "    for ((i = 1; i < COMP_CWORD; i++)); do"]
    known = sorted(" ".join(each.words) for each in commands if each.words)
    patterns = "|".join(_in_quotes(words) for words in known)
    lines += ['        case "${words:+$words }${COMP_WORDS[i]}" in']
    lines += [f'            {patterns}) words="${{words:+$words }}${{COMP_WORDS[i]}}" ;;', "        esac", "    done"]
    lines += ["    local names= values= files=", '    case "$words" in']
    for each in commands:
        lines.append(f"        {_in_quotes(' '.join(each.words))})")
        names = [name for option in each.options for name in option.names]
        values = [*(name for name, _ in each.commands), *each.values]
        lines.append(f"            names={_in_quotes(' '.join(names))} values={_in_quotes(' '.join(values))}")
        lines.append(f"            files={'yes' if each.files else ''}")
        lines.append('            case "$before" in')
        for option in each.options:
            if option.values is not None:
                chosen = f" files={'yes' if option.files else ''}"
                pattern = "|".join(option.names)
                lines.append(
                    f"                {pattern}) names= values={_in_quotes(' '.join(option.values))}{chosen} ;;"
                )
        lines += ["                *) ;;", "            esac ;;"]
    lines += [_BASH_END]
    return "\n".join([*lines, "complete -F _makeroom makeroom", ""])


# ------------------------------------------------------------------ zsh


def zsh(commands: tuple[Command, ...]) -> str:
    """For zsh: a function a command, by ``_arguments``."""
    lines = ["#compdef makeroom"]
    for each in commands:
        name = "_".join(("_makeroom", *each.words)).replace("-", "_")
        lines += ["", f"{name}() {{"]
        if each.commands:
            lines += ["    local context state line", "    local -a commands=("]
            lines += [
                f"        {_in_quotes(word + ':' + first_sentence(what).replace(':', ','))}"
                for word, what in each.commands
            ]
            lines.append("    )")
        lines.append("    _arguments -C \\")
        for option in each.options:
            action = "" if option.values is None else f":value:{_zsh_values(option.values, option.files)}"
            said = _zsh_words(option.help)
            lines += [f"        {_in_quotes(f'*{word}[{said}]{action}')} \\" for word in option.names]
        if each.commands:
            lines += ["        '1: :->command' '*:: :->rest'", "    case $state in"]
            lines += ["        command) _describe command commands ;;", "        rest)", "            case $line[1] in"]
            lines += [f"                {word}) {name}_{word.replace('-', '_')} ;;" for word, _ in each.commands]
            lines += ["            esac ;;", "    esac"]
        else:
            lines.append(f"        {_in_quotes('*:value:' + _zsh_values(each.values, each.files))}")
        lines.append("}")
    return "\n".join([*lines, "", '_makeroom "$@"', ""])


def _zsh_values(values: tuple[str, ...], files: bool) -> str:
    return f"({' '.join(values)})" if values else "_files" if files else " "


def _zsh_words(text: str) -> str:
    return "".join({"[": "(", "]": ")", ":": ","}.get(letter, letter) for letter in first_sentence(text))


# ------------------------------------------------------------------ fish


def fish(commands: tuple[Command, ...]) -> str:
    """For fish: a line an option or command, each with the words after which it is offered."""
    lines = ["# fish completion for makeroom", "complete -c makeroom -f"]
    for each in commands:
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in each.words)
        inner = " ".join(word for word, _ in each.commands)
        if not each.words:
            seen = "__fish_use_subcommand"
        elif inner:
            seen += f"; and not __fish_seen_subcommand_from {inner}"
        # "export" is a command, and one of "snapshot", too.
        others = {one.words[-2] for one in commands if len(one.words) > 1 and one.words[-1:] == each.words}
        seen += "".join(f"; and not __fish_seen_subcommand_from {word}" for word in sorted(others))
        begin = f"complete -c makeroom -n {_in_quotes(seen)}"
        lines += [f"{begin} -a {word} -d {_in_quotes(first_sentence(what))}" for word, what in each.commands]
        if each.values:
            lines.append(f"{begin} -a {_in_quotes(' '.join(each.values))}")
        if each.files:
            lines.append(f"{begin} -F")
        for option in each.options:
            names = " ".join(f"-{'l' if word.startswith('--') else 's'} {word.lstrip('-')}" for word in option.names)
            takes = ""
            if option.values is not None:
                takes = (
                    f" -r -f -a {_in_quotes(' '.join(option.values))}"
                    if option.values
                    else " -r -F"
                    if option.files
                    else " -x"
                )
            lines.append(f"{begin} {names}{takes} -d {_in_quotes(first_sentence(option.help))}")
    return "\n".join([*lines, ""])

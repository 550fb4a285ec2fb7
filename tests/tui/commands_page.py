"""``docs/commands.md`` from the parsers themselves: `python -m tests.tui.commands_page` writes it anew."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tui.cli.arguments import parser
from tui.cli.parser import Parser, first_sentence

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
#: What nearly every command takes; told once at the top.
COMMON = ("-h", "--json", "--db", "--scenario", "--as")
_HEAD = """\
# Commands

Each command with all that it takes, made from the parsers that the command line itself reads.
[cli.md](cli.md) tells how they work together, and what the exit codes say.
"""


def leaves(top: argparse.ArgumentParser) -> Iterator[tuple[str, Parser]]:
    """Every command that can be given, by its words after ``makeroom``; those within another come after it."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                one.fill()
                yield name, one
                yield from ((f"{name} {rest}", within) for rest, within in leaves(one))


def page() -> str:
    """The whole page."""
    top = parser()
    every = list(leaves(top))
    parts = [_HEAD, "\nEvery command that works on a workspace takes these:\n\n", _table(_common(every)), "\n"]
    parts.append("| Command | What it does |\n| --- | --- |\n")
    for name, one in every:
        if " " not in name:
            parts.append(f"| [`{name}`](#{name}) | {_cell(first_sentence(one.description or ''))} |\n")
    parts += [_section(name, one) for name, one in every]
    return "".join(parts)


def _common(every: list[tuple[str, Parser]]) -> list[argparse.Action]:
    one = dict(every)["card"]
    return [action for action in one._actions if action.option_strings and action.option_strings[0] in COMMON[1:]]


def _section(name: str, one: Parser) -> str:
    depth = "##" if " " not in name else "###"
    parts = [f"\n{depth} {name}\n\n{_text(one.description or '')}\n"]
    for group in one._action_groups:
        rows = [action for action in group._group_actions if _shown(action)]
        if rows:
            title = "" if group.title in ("positional arguments", "options") else f"\n{group.title}:\n"
            parts.append(f"{title}\n{_table(rows)}")
    example = (one.epilog or "").removeprefix("example:\n")
    if example.strip():
        parts.append("\n```text\n" + "\n".join(line.strip() for line in example.splitlines()) + "\n```\n")
    return "".join(parts)


def _shown(action: argparse.Action) -> bool:
    return (
        action.help is not argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction)
        and not set(action.option_strings) & set(COMMON)
    )


def _table(rows: list[argparse.Action]) -> str:
    lines = [f"| {_cell(_called(action), code=True)} | {_cell(action.help or '')} |\n" for action in rows]
    return "| Argument | What it says |\n| --- | --- |\n" + "".join(lines)


def _called(action: argparse.Action) -> str:
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest)
    value = " ".join(value) if isinstance(value, tuple) else value
    if not action.option_strings:
        return f"{value} ..." if action.nargs in ("*", "+") else f"[{value}]" if action.nargs == "?" else value
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {value}"


def _text(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _cell(text: str, *, code: bool = False) -> str:
    text = " ".join(text.replace("%%", "%").split()).replace("|", "\\|")
    return f"`{text}`" if code else text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

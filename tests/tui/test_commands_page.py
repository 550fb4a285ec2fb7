"""Every command with all that it takes: on the page of commands, in words."""

from tests.tui.commands_page import PAGE, leaves, page
from tui.cli.arguments import COMMANDS, parser


def test_the_page_is_what_the_parsers_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.tui.commands_page"


def test_every_command_and_option_is_told_in_words() -> None:
    every = dict(leaves(parser()))
    assert {name for _, _, names in COMMANDS for name in names} <= set(every)
    silent = [
        f"{name} {action.dest}"
        for name, one in every.items()
        for action in one._actions
        if action.dest != "help" and not action.help and not hasattr(action, "_choices_actions")
    ]
    assert silent == []
    assert [name for name, one in every.items() if not one.description or "example:" not in (one.epilog or "")] == []

"""The deck of questions on the command line."""

from __future__ import annotations

import argparse

from scenarios.figures.names import Kind, named
from scenarios.practice.deck import QuestionGroup
from tui.cli.practice.outputs import DeckOut, QuestionGroupOut, QuestionOut
from tui.cli.printing import DONE, print_json, say
from tui.drawing.wrap import wrapped
from tui.practice.supplied import supplied_deck

_GROUP: Kind[QuestionGroup] = Kind(
    "group", name=lambda group: group.title, whole=lambda group: (group.key, group.title)
)
_WIDE = 100


def run(arguments: argparse.Namespace) -> int:
    """All questions, or those of a group."""
    groups = supplied_deck().groups
    if arguments.group:
        groups = [named(groups, arguments.group, _GROUP, "group")]
    if arguments.json:
        print_json(DeckOut(groups=[_out(group) for group in groups]))
        return DONE
    number = 0
    for group in groups:
        if number:
            say()
        say(group.title.upper())
        for question in group.questions:
            number += 1
            _hanging(f"{number:>3}  ", question.ask)
            if arguments.listen:
                _hanging("     listen for: ", question.listen)
    return DONE


def _hanging(label: str, words: str) -> None:
    first, *others = wrapped(words, _WIDE - len(label))
    say(label + first)
    for line in others:
        say(" " * len(label) + line)


def _out(group: QuestionGroup) -> QuestionGroupOut:
    questions = [QuestionOut(ask=each.ask, listen=each.listen) for each in group.questions]
    return QuestionGroupOut(key=group.key, title=group.title, questions=questions)

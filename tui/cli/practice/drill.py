"""A drill on the command line: asked at a terminal, or answered by options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from scenarios.practice.drills import Drill
from scenarios.practice.leitner import WENT
from store.common.errors import Refused
from store.sidecars.drill_record import Attempt
from tui.cli.columns import columns
from tui.cli.practice.outputs import DrillAnswerOut, DrillChoiceOut, DrillOut, DrillsOut, DrillStandingOut
from tui.cli.printing import DONE, ask, print_json, say
from tui.drawing.wrap import wrapped
from tui.practice.drill_history import DrillHistory
from tui.practice.drill_words import WENT_WORDS, Said, drill_said, sides_said, standing_words

_WIDE = 100


def run(arguments: argparse.Namespace) -> int:
    """Take one drill, or list all."""
    history = DrillHistory()
    answers = arguments.choose is not None or arguments.because is not None or arguments.went is not None
    if arguments.list:
        if arguments.drill or answers:
            raise Refused("--list goes with nothing else")
        return _list(history, arguments)
    if (arguments.choose is None) != (arguments.because is None):
        raise Refused("--choose and --because go together: which, and why in a line")
    if answers and not arguments.drill:
        raise Refused("name the drill that is answered: its number stands beside its title")
    drill = history.named(arguments.drill) if arguments.drill else history.next()
    attempt = None
    if arguments.choose is not None:
        attempt = history.choose(drill, arguments.choose, arguments.because)
    if arguments.went is not None:
        attempt = attempt or history.untold(drill)
        history.tell(drill, arguments.went)
    if arguments.json:
        print_json(_out(history, drill, attempt))
    elif answers:
        _show_answer(history, drill, attempt, arguments.choose is not None)
    else:
        _show(history, drill)
        if sys.stdin.isatty():
            _converse(history, drill)
        else:
            say()
            say(f"Answer with: makeroom practice drill {history.number(drill)} --choose N --because “why, in a line”")
    return DONE


def _show(history: DrillHistory, drill: Drill) -> None:
    standing = standing_words(history.standing(drill), history.today)
    say(f"Drill {history.number(drill)} of {len(history.drills)}: {drill.title} ({standing})")
    say()
    _say_all(drill_said(drill))


def _show_answer(history: DrillHistory, drill: Drill, attempt: Attempt | None, chosen: bool) -> None:
    if chosen and attempt is not None:
        _say_all(sides_said(drill, attempt))
        say()
    if history.untold(drill) is None:
        say(f"{drill.title}: {standing_words(history.standing(drill), history.today)}.")
    else:
        say(f"How did it go? makeroom practice drill {history.number(drill)} --went {'|'.join(WENT)}")


def _converse(history: DrillHistory, drill: Drill) -> None:
    """Ask what the options say; an empty answer ends it, with what was answered so far on record."""
    say()
    while True:
        choice = ask(f"Which (1 to {len(drill.choices)}, enter: none)?")
        if not choice:
            return
        because = ask("Why, in a line?")
        try:
            attempt = history.choose(drill, int(choice) if choice.isdecimal() else 0, because)
            break
        except Refused as error:
            say(f"{error}")
    say()
    _say_all(sides_said(drill, attempt))
    say()
    for word in WENT:
        say(f"  {word:<6}  {WENT_WORDS[word]}")
    while went := ask(f"How did it go ({', '.join(WENT)})?"):
        found = [word for word in WENT if word.startswith(went.casefold())]
        if len(found) == 1:
            history.tell(drill, found[0])
            say(f"{drill.title}: {standing_words(history.standing(drill), history.today)}.")
            return


def _list(history: DrillHistory, arguments: argparse.Namespace) -> int:
    if arguments.json:
        print_json(DrillsOut(drills=[_standing(history, drill) for drill in history.drills]))
        return DONE
    rows = [
        (str(at), drill.title, standing_words(history.standing(drill), history.today))
        for at, drill in enumerate(history.drills, 1)
    ]
    for line in columns([("", "drill", "where it stands"), *rows]):
        say(line)
    return DONE


def _say_all(said: Iterable[Said]) -> None:
    for label, words, _ in said:
        first, *others = wrapped(words, _WIDE - len(label)) or [""]
        say((label + first).rstrip())
        for line in others:
            say(" " * len(label) + line)


def _standing(history: DrillHistory, drill: Drill) -> DrillStandingOut:
    standing = history.standing(drill)
    due = standing.is_due(history.today)
    word = "rests" if standing.rests else "new" if standing.due is None else "due" if due else "waits"
    return DrillStandingOut(
        number=history.number(drill),
        key=drill.key,
        title=drill.title,
        standing=word,
        box=standing.box,
        due=standing.due,
    )


def _out(history: DrillHistory, drill: Drill, attempt: Attempt | None) -> DrillOut:
    told = attempt is not None
    return DrillOut(
        **vars(_standing(history, drill)),
        situation=drill.situation,
        choices=[
            DrillChoiceOut(
                number=at,
                do=choice.do,
                speaks_for=choice.speaks_for if told else None,
                speaks_against=choice.speaks_against if told else None,
            )
            for at, choice in enumerate(drill.choices, 1)
        ],
        answer=None if attempt is None else _answer(history, drill),
        tension=drill.tension if told else None,
        first=drill.first if told else None,
    )


def _answer(history: DrillHistory, drill: Drill) -> DrillAnswerOut:
    last = history.attempts(drill)[-1]
    return DrillAnswerOut(choice=last.choice, because=last.because, went=last.went or None)

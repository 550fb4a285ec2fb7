"""``makeroom practice`` without a command: what there is to practise."""

from __future__ import annotations

import argparse

from store.sidecars.plays import plays, state_of
from tui.cli.columns import columns
from tui.cli.practice.outputs import CaseRowOut, PlayRowOut, PracticeOut, PracticeRowOut
from tui.cli.printing import DONE, print_json, say
from tui.practice.case_list import listed_cases, own_folder, people_words
from tui.practice.drill_history import DrillHistory
from tui.practice.supplied import supplied_deck


def listing(arguments: argparse.Namespace) -> int:
    """What there is, and its command."""
    history, (cases, faults) = DrillHistory(), listed_cases()
    due = sum(history.standing(drill).is_due(history.today) for drill in history.drills)
    deck = supplied_deck()
    rows = (
        ("drills", f"situations of two minutes: {len(history.drills)}, {due} due now", "practice drill"),
        ("deck", f"{len(deck.questions)} questions for a room, in {len(deck.groups)} groups", "practice deck"),
    )
    begun = [(path, state) for path in plays() if (state := state_of(path)) is not None]
    if arguments.json:
        ways = [PracticeRowOut(name=n, tells=t, command=f"makeroom {c}") for n, t, c in rows]
        listed = [
            CaseRowOut(
                name=one.case.name,
                title=one.case.title,
                minutes=one.case.minutes,
                least=one.case.people[0],
                most=one.case.people[1],
                difficulty=one.case.difficulty,
                file="" if one.file is None else str(one.file),
            )
            for one in cases
        ]
        played = [PlayRowOut(workspace=str(path), case=state.case, ended=state.ended) for path, state in begun]
        print_json(PracticeOut(ways=ways, cases=listed, plays=played, faults=faults))
        return DONE
    for line in columns([("practice", "what it is", "command"), *rows]):
        say(line)
    say()
    table = [
        (
            one.case.title,
            f"{one.case.minutes} min",
            people_words(one.case),
            one.case.difficulty,
            f"practice start {one.case.name if one.file is None else one.file.stem}",
        )
        for one in cases
    ]
    for line in columns([("case", "time", "people", "difficulty", "command"), *table]):
        say(line)
    say(f"Cases of your own are listed, too, from {own_folder()}; practice new begins one.")
    for fault in faults:
        say(f"Not listed: {fault}")
    if begun:
        say()
        kept = [(str(path), state.case, "ended" if state.ended else "open") for path, state in begun]
        for line in columns([("play", "case", "state"), *kept]):
            say(line)
    return DONE

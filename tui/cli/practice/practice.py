"""``makeroom practice`` without a command: what there is to practise."""

from __future__ import annotations

import argparse

from tui.cli.columns import columns
from tui.cli.practice.outputs import PracticeOut, PracticeRowOut
from tui.cli.printing import DONE, print_json, say
from tui.practice.drill_history import DrillHistory
from tui.practice.supplied import supplied_deck


def listing(arguments: argparse.Namespace) -> int:
    """What there is, and its command."""
    history = DrillHistory()
    due = sum(history.standing(drill).is_due(history.today) for drill in history.drills)
    deck = supplied_deck()
    rows = (
        ("drills", f"situations of two minutes: {len(history.drills)}, {due} due now", "practice drill"),
        ("deck", f"{len(deck.questions)} questions for a room, in {len(deck.groups)} groups", "practice deck"),
    )
    if arguments.json:
        print_json(PracticeOut(ways=[PracticeRowOut(name=n, tells=t, command=f"makeroom {c}") for n, t, c in rows]))
        return DONE
    for line in columns([("practice", "what it is", "command"), *rows]):
        say(line)
    return DONE

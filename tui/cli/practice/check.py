"""``makeroom practice check``."""

from __future__ import annotations

import argparse

from tui.cli.practice.outputs import CaseFaultOut, PracticeCheckOut
from tui.cli.printing import DIFFERS, DONE, print_json, say
from tui.practice.case_list import faults_in


def run(arguments: argparse.Namespace) -> int:
    """All that is wrong with a case's file; 1 where anything is. Raises StoreError where it cannot be read."""
    name, faults = faults_in(arguments.file)
    if arguments.json:
        rows = [CaseFaultOut(key=error.field, words=str(error)) for error in faults]
        print_json(PracticeCheckOut(file=name, sound=not faults, faults=rows))
        return DIFFERS if faults else DONE
    for error in faults:
        say(str(error))
    if not faults:
        say(f"{name} can be played.")
    return DIFFERS if faults else DONE

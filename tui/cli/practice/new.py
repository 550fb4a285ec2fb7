"""``makeroom practice new``: the file of a case of one's own, to be written over."""

from __future__ import annotations

import argparse
from pathlib import Path
from random import SystemRandom

from store.common.errors import Refused
from store.common.text import short
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.cli.practice.outputs import PracticeNewOut
from tui.cli.printing import DONE, print_json, say
from tui.cli.workspace import desk
from tui.practice.new_case import case_word, own_case, sample_case

_INSTEAD = "name another file, or move that one away"


def run(arguments: argparse.Namespace) -> int:
    """Write it where nothing is yet. Raises StoreError with a sentence."""
    path = _file(arguments.name)
    name = case_word(path.stem)
    left: tuple[str, ...] = ()
    if arguments.from_workspace:
        if path.exists():
            # Before the work, and not only after it.
            write_report_file(path, "", unless_there=_INSTEAD)
        with desk(arguments) as session:
            text, left = own_case(name, session.state, SystemRandom())
    else:
        text = sample_case(name)
    write_report_file(path, text, unless_there=_INSTEAD)
    if arguments.json:
        print_json(PracticeNewOut(file=str(path.absolute()), case=name, own=arguments.from_workspace, left=list(left)))
        return DONE
    say(f"written to {path}")
    if arguments.from_workspace:
        say("Names and texts are made up, money is multiplied by one number that is kept nowhere, days are moved by")
        say("whole weeks. Sizes, capacity, shares and aims are as they are: read it before you give it away.")
        say(f"Not carried over, or not as it was:{'' if left else ' nothing.'}")
        for line in left:
            say(f"  {line}")
    say(f"Then: makeroom practice check {path}, and makeroom practice start {path}")
    return DONE


def _file(name: str) -> Path:
    """Where the case goes: a file of its own name here, unless it is named with a folder or its ending."""
    path = expanded(name)
    if path.suffix and path.suffix != ".toml":
        raise Refused(f"“{short(name, 60)}” does not end as a case does: name it without an ending, or with .toml")
    return path.with_name(f"{path.name}.toml") if not path.suffix else path

"""``makeroom status``: told from a note of the state that the workspace is in; worked out where there is none."""

from __future__ import annotations

import argparse

from store.database.places import database_path
from tui.cli.printing import DONE, say, say_json
from tui.cli.status_note import Answer, answer_of, keep, recall, stamp_of


def status(arguments: argparse.Namespace) -> int:
    """The quarter in a few lines. Raises StoreError with a sentence."""
    path = database_path(arguments.db).path
    # Before reading: what is written meanwhile is another state.
    stamp = stamp_of(path)
    answer = recall(path, stamp)
    if answer is None:
        seq, answer = _work_out(arguments)
        keep(path, stamp, seq, answer)
    if arguments.json:
        say_json(answer["json"])
    else:
        for line in answer["lines"]:
            say(line)
    return DONE


def _work_out(arguments: argparse.Namespace) -> tuple[int, Answer]:
    from tui.cli.workspace import desk

    with desk(arguments) as session:
        return session.state.seq, answer_of(session)

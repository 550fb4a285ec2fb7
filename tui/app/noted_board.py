"""What the first frame of a board is made from, noted: the odds of its plan and of the one that is previewed, its pie.

Each is kept by a stamp of all that it follows from, and so is right for as long as it is found. Numpy and the
simulation are then loaded behind the first frame, and confirm what was told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from scenarios.odds.answers import Answers, as_json, read
from scenarios.odds.forecast import Forecast
from store.common.values import Value
from store.database import notes
from tui.board.board import Board
from tui.drawing import scene
from tui.plan_view.pie import Pie
from tui.plan_view.side_panel import SidePanel

#: The kind of note, and its layout.
_KIND, _LAYOUT = "boards", 1
#: An update of the program may work it out, or draw it, in another way.
_ROOT = Path(__file__).parents[2]
_PROGRAM = (
    *(_ROOT / "scenarios" / "odds" / f"{name}.py" for name in ("draws", "forecast", "team_model", "rest")),
    *(_ROOT / "tui" / "drawing" / f"{name}.py" for name in ("pie", "raster", "blocks", "colours")),
)
#: So many rows below the line are on screen at the start, at most.
_ROWS = 100


class NotedBoard(Value):
    """Answers of plans, and drawn pies as :func:`tui.drawing.scene.read` takes them, each by its stamp."""

    plans: Mapping[str, Answers] = field(default_factory=dict)
    pies: Mapping[str, Any] = field(default_factory=dict)


def recall_board(path: Path) -> NotedBoard:
    """What was noted of a workspace's board; of what cannot be read, nothing."""
    found = notes.recall(_KIND, path)
    try:
        if found["program"] == _program():
            plans = {str(key): read(answers) for key, answers in found["plans"].items()}
            return NotedBoard(plans, dict(found["pies"]))
    except (KeyError, TypeError, ValueError, AttributeError, OSError):
        pass
    return NotedBoard()


def note_board(board: Board, noted: NotedBoard) -> Callable[[], NotedBoard]:
    """What is to be done in a thread to note what a board shows, if it is not noted; gives what is noted then."""
    figures, preview = board.session.now, board.query_one(SidePanel).preview
    forecasts = [figures.forecast, *([preview.after] if preview is not None else ())]
    stamp, strips = board.query_one(Pie).drawn
    path, below = board.session.workspace.path, [*figures.inbox[:1], *figures.below[:_ROWS]]

    def keep() -> NotedBoard:
        plans = {each.draws.plan_stamp(each.plan): each for each in forecasts}
        if plans.keys() <= noted.plans.keys() and stamp in noted.pies:
            return noted
        # By forecasts of its own: those on screen are walked through by whoever draws them.
        told = {key: Forecast(each.draws, each.plan, each).answers(below) for key, each in plans.items()}
        pies = {stamp: scene.as_json(strips)} if stamp else {}
        said = {key: as_json(answers) for key, answers in told.items()}
        notes.keep(_KIND, path, {"program": _program(), "plans": said, "pies": pies})
        return NotedBoard(told, pies)

    return keep


def _program() -> list[int]:
    return [_LAYOUT, *(os.stat(each).st_mtime_ns for each in _PROGRAM)]

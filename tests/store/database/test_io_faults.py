"""A disk that fails, or is full, at every point of a trade: what was said is true, and the file is whole.

On push at each sync, truncate and unlink, the write before it, and a few other writes (some 25 s); with
MAKEROOM_LONG=1 at all of them. ``python -m tests.store.database.io_faults`` prints the table.
"""

import os
from collections import Counter

import pytest

from tests.store.database import io_faults

EVERY = 1 if os.environ.get("MAKEROOM_LONG") else 30


def test_what_is_said_about_a_failing_disk_is_true(tmp_path):
    library = io_faults.compiled(tmp_path)
    if library is None:
        pytest.skip("needs Linux and a C compiler (cc)")
    points = list(io_faults.points(tmp_path, library, EVERY))
    wrong = {(one["way"], one["kind"], one["first"], one["point"]): one["wrong"] for one in points if one["wrong"]}
    assert not wrong
    # That it was put to the test: each sort of call failed, each sort of answer was given.
    assert set(Counter(one["first"] for one in points)) >= {"write", "sync", "truncate", "unlink"}
    answers = Counter(said["outcome"] for one in points for said in one["said"] if said["what"] == "first")
    assert min(answers[answer] for answer in ("acknowledged", "refused", "unknown")) > 10
    assert {(one["way"], one["kind"]) for one in points} == {
        (way, kind) for way in io_faults.WAYS for kind in io_faults.KINDS
    }


@pytest.mark.parametrize("said", ["refused", "acknowledged"])
def test_the_comparison_finds_what_is_not_true(tmp_path, said):
    """Or the test above could not fail."""
    path = io_faults.make(tmp_path / "a.db")
    before = io_faults.journal(path)
    if said == "refused":
        with io_faults.Workspace.open(path) as workspace:
            workspace.apply(io_faults.trade(workspace.load(), "first", io_faults.Random(1)))
    point = {"said": [{"what": "first", "outcome": said, "seq": 3, "sentence": "Nothing was changed."}]}
    assert io_faults.compared(path, point, before)
    assert not io_faults.compared(path, {"said": [{**point["said"][0], "outcome": "unknown"}]}, before)

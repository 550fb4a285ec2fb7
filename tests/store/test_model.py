"""The store against a plain account of it: three people, stale screens, all kinds of records, undo together, crashes,
restarts, backups and restores (``world.py``).

40 runs of 30 steps on push (about a quarter of a minute); with MAKEROOM_LONG=1 2,000 runs of 50 steps.
"""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.store.helpers import fresh
from tests.store.world import World

LONG = bool(os.environ.get("MAKEROOM_LONG"))
SEEDS = st.integers(0, 2**32 - 1)
TEMPLATE: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory):
    """A fresh workspace, copied for each run: making one costs more than a step."""
    path = tmp_path_factory.mktemp("template") / "a.db"
    fresh(path).close()
    TEMPLATE[:] = [path]


class Together(RuleBasedStateMachine):
    """Each rule is a step of the world; how it goes is drawn from a seed."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder, TEMPLATE[0])
        self.steps = 0

    def teardown(self):
        self.world.verify()
        self.world.close()
        shutil.rmtree(self.folder)

    @invariant()
    def the_file_holds_what_it_must(self):
        self.world.check()
        self.steps += 1
        if self.steps % 15 == 0:
            self.world.verify()


def _rule(name):
    def step(self, seed):
        getattr(self.world, name)(random.Random(seed))

    step.__name__ = name
    return rule(seed=SEEDS)(step)


for _name in (
    *(
        "add",
        "add_a_family",
        "edit",
        "trade",
        "remove",
        "conflict",
        "take_back",
        "back_and_forth",
        "in_the_way",
        "in_turns",
        "closed_since",
        "quarter_with_snapshots",
    ),
    *("refresh", "crash", "kept_all_the_same", "reopen", "back_up", "restore"),
):
    setattr(Together, _name, _rule(_name))
# Twice as likely as the others.
Together.take_back_once_more = _rule("take_back")
Together.edit_once_more = _rule("edit")

TestTogether = Together.TestCase
TestTogether.settings = settings(
    max_examples=2_000 if LONG else 40,
    stateful_step_count=50 if LONG else 30,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=list(HealthCheck),
)

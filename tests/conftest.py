"""Lets ``pytest`` find the rooms and the tests' own helpers from wherever it is called."""

import gc
import os
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

# Where Python is told to keep nothing of what it compiled, each worker and each of the commands and apps that the
# tests start, some hundred, would compile all of makeroom, its tests and hypothesis again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis.internal.conjecture import providers  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# What a command notes down to be quicker next time, settings, and the log stay out of the home of whoever runs tests.
_NOTES = TemporaryDirectory(prefix="makeroom-notes-")
os.environ["XDG_CACHE_HOME"] = _NOTES.name
os.environ["XDG_STATE_HOME"] = _NOTES.name
os.environ["XDG_CONFIG_HOME"] = _NOTES.name

from scenarios.figures import amounts, days  # noqa: E402
from store.database import connection  # noqa: E402
from tests.scenarios.drawn_once import draw_once  # noqa: E402
from tests.store.beginnings import begin_from_copies  # noqa: E402

begin_from_copies()
draw_once()

# No test cuts the power: what is written is there for every other process at once, and on the disk some time. Each of
# some ten thousand commits would wait for it. Commands and apps in processes of their own wait, as ever.
connection.SYNCHRONOUS = "OFF"

# The same examples every time, and none of them by the clock: what a slow machine fails at is no finding. With
# MAKEROOM_LONG=1 others are tried in each run.
settings.register_profile(
    "makeroom",
    deadline=None,
    derandomize=not os.environ.get("MAKEROOM_LONG"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("makeroom")
if not os.environ.get("MAKEROOM_LONG"):
    # Hypothesis tries the numbers and words that stand in the modules of a project that are imported until then, which
    # depends on what this worker ran before: the examples would not be the same. (And each worker would read them all.)
    providers.is_local_module_file = lambda path: False

# An app is made and thrown away some thousand times; looking for what to collect after each 700 new objects takes a
# fourteenth of the time.
gc.set_threshold(50_000, 20, 20)


# A process speaks the currency and the quarter of the workspace that it opened last. What one test has opened is not
# what the next one speaks of: that would depend on what its worker ran before.
@pytest.fixture(scope="module", autouse=True)
def _file_begins_with_nothing_open() -> None:
    amounts._Spoken.currency, days._Planned.quarter = "USD", None


@pytest.fixture(autouse=True)
def _test_leaves_open_what_was() -> Generator[None]:
    before = amounts._Spoken.currency, days._Planned.quarter
    yield
    amounts._Spoken.currency, days._Planned.quarter = before


#: Files of few tests that take long, the longest first (some 80 s of processor time, the last ten).
LONG = (
    *("test_benchmarks", "test_io_faults", "test_hostile_text", "test_model", "test_naughty_screens", "test_sharing"),
    *("test_processes", "test_served_files", "test_swaps", "test_naughty_rows", "test_rules_that_never_bend"),
    *("test_naughty_cli", "test_budgets"),
)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than there are processors, if nobody says how many: there is always one that waits."""
    processors = yield
    return processors + ("PYTEST_XDIST_AUTO_NUM_WORKERS" not in os.environ)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, then by number of tests: none is left for one worker when the others are done."""
    many = Counter(item.path for item in items)
    first = {stem: at for at, stem in enumerate(LONG)}
    items.sort(key=lambda item: (first.get(item.path.stem, len(LONG)), -many[item.path]))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What all tests share, some million objects, is not looked through for what to collect again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What nobody needs is looked for once; pytest would go through all that is left five times more, some 7 s."""
    gc.collect()
    gc.freeze()

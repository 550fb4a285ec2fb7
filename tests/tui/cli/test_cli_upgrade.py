"""A workspace as the command line of an older version left it: the present one opens it and answers the same.

``tests/store/data/make_meeting.py`` says how it was made.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scenarios.odds.finished_quarters import models_of
from store.database.verify import verify
from store.records.plan import FIRST_EDITION
from tests.store.data.make_meeting import QUESTIONS, answers
from tui.cli import main

DATA = Path(__file__).parents[2] / "store" / "data"
SAID = json.loads((DATA / "meeting.json").read_text(encoding="utf-8"))


#: What is meant to be said otherwise since: revenue that nobody knows was 0, and an edit did not say from what to what.
OTHERWISE: dict[str, object] = {
    "waits.renewing": None,
    "waits.revenue": None,
    "waits.figures[0].value": None,
    "waits.figures[0].text": "not known",
    "waits.figures[0].inputs": [[name, "revenue not known, no renewal date"] for name in ("Acme", "Borealis")],
    "waits.figures[1].value": None,
    "waits.figures[1].text": "not known",
    "waits.figures[1].inputs[0][1]": "revenue not known, no renewal date",
    "waits.figures[1].inputs[1][1]": "revenue not known, no renewal date",
    "compare baseline now.pairs[0].differences[7].words": "value: none → 8",
}


def contains(now: object, then: object, where: str = "") -> None:
    """All that was said is said now; what is said besides is new."""
    if where in OTHERWISE:
        assert now == OTHERWISE[where], where
    elif isinstance(then, dict):
        assert isinstance(now, dict), where
        for key, value in then.items():
            contains(now[key], value, f"{where}.{key}")
    elif isinstance(then, list):
        assert isinstance(now, list), where
        assert len(now) == len(then), where
        for place, (one, other) in enumerate(zip(now, then, strict=True)):
            contains(one, other, f"{where}[{place}]")
    else:
        assert now == then, where


@pytest.fixture(autouse=True)
def _first_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Odds that stand on a record are meant to be others since: by the first edition, all are as they were."""
    monkeypatch.setattr(models_of, "__defaults__", (FIRST_EDITION,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "meeting.db"
    found.write_bytes(gzip.decompress((DATA / "meeting.db.gz").read_bytes()))
    return found


def test_it_answers_as_it_did(path: Path) -> None:
    now = answers(main, path)
    assert {len(str(SAID[question])) > 100 for question in QUESTIONS} == {True}
    for question in QUESTIONS:
        contains(now[question], SAID[question], question)


def test_it_goes_on_and_is_sound(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", str(path), "undo"]) == 0
    assert main(["--db", str(path), "redo"]) == 0
    contains(answers(main, path)["plan"], SAID["plan"], "plan")
    report = verify(path, surroundings=False)
    assert report.sound, report.of("broken")

"""What is asked of people by the capacity screen and by a command: the same slip gets the same sentence and writes
nothing, the same input gives the same rows. About 2 s for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from scenarios.capacity.draft import CapacityDraft
from store.common.text import clean
from store.records import Absence, Capacity, Closure, Person, Place, State, Team, TeamTime
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import small
from tests.tui.forms.test_plain_changes import Asked, state_of
from tui.cli import main
from tui.forms.people import ADD, CHANGE, CLOSED, FOCUS, HEADS, LEAVE, PEOPLE, PLACE, PLAIN, PeopleChange

_KEPT = TemporaryDirectory(prefix="makeroom-")
_TABLES = (Absence, Capacity, Closure, Person, Place, TeamTime)


def _one(kind: type[Any]) -> Callable[[State], int | None]:
    return lambda state: min(state.all(kind))


#: The words before the options, whose form it is, what is typed, and slips with the field that each is in.
Case = tuple[PeopleChange, list[str], Callable[[State], int | None], dict[str, str], dict[str, list[str]]]
CASES: dict[str, Case] = {
    "add": (
        ADD, ["Ada", "--team", "Pay"], _one(Team),
        {"share": "80%", "starts": "w3", "ends": "2027-03-01", "none": "1", "half": "2"},
        {"share": ["101", "much"], "starts": ["w99", "soon"], "none": ["-1", "521"], "place": ["Mars"]},
    ),
    "change": (
        CHANGE, ["engineer 1"], _one(Person), {"name": "Ines", "share": "60", "ends": "w5"},
        {"name": [" ", "engineer 2"], "share": [""], "ends": ["2027-13-01", "w0"], "half": ["x"], "place": ["Mars"]},
    ),
    "leave": (
        LEAVE, ["engineer 1"], _one(Person), {"first": "w3", "last": "w4", "days": "2.5", "kind": "on-call"},
        {"first": ["", "soon"], "last": ["w1", "w99"], "days": ["few", "-1"], "kind": ["holiday"]},
    ),
    "team": (
        FOCUS, ["Pay"], _one(Team), {"focus": "75", "interrupts": "12.5"},
        {"focus": ["", "101"], "interrupts": ["-1", "some"]},
    ),
    "team heads": (HEADS, ["Pay"], _one(Team), {"count": "4"}, {"count": ["1.5", "201", "many"]}),
    "team plain": (PLAIN, ["Pay"], _one(Team), {"net": "31.5"}, {"net": ["-5", "10001", "much"]}),
    "place": (
        PLACE, ["Munich"], lambda state: None, {"code": "DE-BY", "holidays": "off"},
        {"code": ["XX-1"], "holidays": ["maybe"]},
    ),
    "closed": (
        CLOSED, [], lambda state: None, {"name": "[/] company \x1bday", "first": "w3", "last": "w3", "whose": "Pay"},
        {"first": ["", "w99"], "last": ["w1"], "whose": ["Mars"]},
    ),
}  # fmt: skip


@cache
def _template() -> Path:
    """A team of three people, and room for what they do not give."""
    path = small(Path(_KEPT.name), [("Work", 2.0, {})], 33.0)
    assert main(["people", "team", "Pay", "--heads", "3", "--db", str(path)]) == 0
    return path


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copy(_template(), tmp_path / "team.db"))
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


@pytest.fixture
def draft() -> CapacityDraft:
    return CapacityDraft(state_of(_template()))


def rows(state: State) -> list[dict[str, Any]]:
    """Who is there, without numbers that the store gives."""
    found = [row.model_dump(exclude={"id", "rev"}) for kind in _TABLES for row in state.all(kind).values()]
    return sorted(found, key=repr)


def words(name: str, values: dict[str, str]) -> list[str]:
    change, before, *_ = CASES[name]
    options = {ask.name: ask.option for ask in change.asks}
    return ["people", name.split()[0], *before, *(f"{options[field]}={text}" for field, text in values.items())]


def test_each_has_a_case() -> None:
    assert set(PEOPLE) <= {change for change, *_ in CASES.values()}


@pytest.mark.parametrize("name", CASES)
async def test_the_same_input_gives_the_same_rows(name: str, db: Path, draft: CapacityDraft) -> None:
    change, before, record, good, _ = CASES[name]
    whose = record(draft.state)
    own = {"name": before[0]} if name in ("add", "place") else {}
    values = {**(change.start(draft, whose) or {}), **own, **good}
    (said,) = await Asked(lambda: draft, change, whose).says([values])
    assert said == ""
    asked = {ask.name: "" for ask in change.asks}
    later = change.command(draft, whose, {**asked, **values})
    assert main(words(name, good)) == 0
    with Workspace.open(db, actor="ada", read_only=True) as workspace:
        written = workspace.load()
    assert rows(written) == [{**row, "name": clean(row["name"])} if "name" in row else row for row in rows(later.state)]
    assert rows(written) != rows(draft.state)


@pytest.mark.parametrize("name", CASES)
async def test_the_same_slip_gets_the_same_sentence(
    name: str, db: Path, draft: CapacityDraft, capsys: pytest.CaptureFixture[str]
) -> None:
    change, before, record, good, slips = CASES[name]
    whose, held = record(draft.state), db.read_bytes()
    own = {"name": before[0]} if name in ("add", "place") else {}
    inputs = [{**good, field: text} for field, texts in slips.items() for text in texts]
    present = {**(change.start(draft, whose) or {}), **own}
    said = await Asked(lambda: draft, change, whose).says([{**present, **values} for values in inputs])
    for values, sentence in zip(inputs, said, strict=True):
        capsys.readouterr()
        assert sentence, values
        assert main(words(name, values)) == 2, values
        assert clean(sentence)[1:].removesuffix(".") in capsys.readouterr().err, values
        assert db.read_bytes() == held

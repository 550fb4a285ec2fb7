"""Each plain change in its form and in its command: the same slip gets the same sentence and writes nothing, the same
input writes the same. A new one needs an example here. About 1 s for each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Input, Static, TextArea

from store.common.text import clean
from store.database.places import WorkspaceFile
from store.demo.charter import charter_records
from store.records import (
    Command,
    Customer,
    Decision,
    Item,
    Outcome,
    Record,
    Request,
    Scenario,
    Slice,
    Snapshot,
    State,
    new_id,
)
from store.records.negotiation import Commitment, DecisionDetail, OldVersion, Principle, Role, SignedTerms, WayOut
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import small
from tests.tui.rest import come_to_rest, draw_when_read, drawn
from tui.cli import main
from tui.dialogs.lines import LinesDialog
from tui.dialogs.plain_form import form_of
from tui.forms.plain_change import Ask, Description, PlainChange
from tui.forms.plans import BRANCH, SAVE
from tui.forms.registry import PLAIN
from tui.forms.tables import aims_of
from tui.session.session import Session

RLO = "\u202e"
HOSTILE = f"[/] [red]\x1b]0;own\x07{RLO}bold %s {{0}}"
#: What nobody writes twice in the same second.
_TIMES = frozenset({"rev", "at", "received_at", "cleared_at", "opened_at"})
_KEPT = TemporaryDirectory(prefix="makeroom-")


@dataclass(frozen=True)
class Example:
    """What a command names and types, and which record its form is opened on."""

    good: dict[str, str]
    words: tuple[str, ...] = ()
    record: Callable[[State], int | None] = lambda state: None
    #: what forms alone ask, and commands name in another way
    own: dict[str, str] = field(default_factory=dict)


def _named(kind: type[Any], name: str, column: str = "name") -> Callable[[State], int | None]:
    return lambda state: next(row.id for row in state.each(kind) if getattr(row, column) == name)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "charter role": (
        Example({"who": "Jo Field"}, ("Head of product",), own={"name": "Head of product"}),
        Example({"name": "Chief", "who": ""}, ("Sales lead",), _named(Role, "Sales lead")),
    ),
    "charter persona": (Example({"place": "1", "compromise": "speed"}, ("Dispatchers",), own={"name": "Dispatchers"}),),
    "charter principle": (
        Example({"note": "not on a Friday"}, ("No dates",), own={"name": "No dates"}),
        Example(
            {"name": "One code", "note": ""},
            ("One product, no forks",),
            _named(Principle, "One product, no forks"),
        ),
    ),
    "charter grant": (Example({"right": "Break a  principle", "role": "Support", "principle": "no forks"}),),
    "charter withdraw": (Example({"right": "over ceiling", "role": "Product lead", "principle": ""}),),
    "charter version": (
        Example({"back": "2", "upkeep": "1.5", "customers": "3"}, ("4.2",), own={"name": "4.2"}),
        Example(
            {"name": "2025.3", "back": "1", "upkeep": "", "customers": ""},
            ("2025 autumn",),
            _named(OldVersion, "2025 autumn"),
        ),
    ),
    "charter owner": (Example({"owner": "Support"}, ("Q",), _named(Slice, "Q", "letter")),),
    "charter slice": (
        Example({"owner": "Product", "floor": "7.5", "ceiling": ""}, ("D",), _named(Slice, "D", "letter")),
    ),
    "charter set": (Example({"rate": "4,500.50", "purse_count": "3", "licence": "", "evidence_rules": "Ask = five"}),),
    "commitments add": (
        Example(
            {"kind": "contractual", "who": "Hanseatic", "due": "2027-03-31", "note": "clause 4"},
            ("Big",),
            _named(Item, "Big", "title"),
            {"item": "Big"},
        ),
        Example(
            {"kind": "aim", "who": "", "due": "", "note": ""}, ("Big",), _named(Item, "Big", "title"), {"item": "Big"}
        ),
    ),
    "commitments take-back": (
        Example({"by": "Priya", "because": "they agreed"}, ("Work",), _named(Commitment, "Hans", "who")),
    ),
    "exceptions review": (
        Example(
            {"by": "Priya", "because": "they use it", "review": "2099-01-31", "conditions": "Ana stays"},
            ("1",),
            _named(SignedTerms, "Marek"),
        ),
    ),
    "exceptions clear": (Example({"by": "Priya", "because": "Ana left"}, ("1",), _named(SignedTerms, "Marek")),),
    "decline": (Example({"by": "Jo", "because": "no"}, ("Small",), _named(Item, "Small", "title")),),
    "defer": (Example({"by": "Jo", "because": "no"}, ("Small",), _named(Item, "Small", "title")),),
    "drop": (Example({"by": "Jo", "because": "no"}, ("Big",), _named(Item, "Big", "title")),),
    "aims": (Example({"aim-1": "45", "aim-2": "25.0"}),),
    "slices": (Example({"rules": "label sales=Q"}),),
    "shirts": (Example({"shirts": "G=2-4-8"}),),
    "rates": (Example({"points": "8", "hours": "32.25"}),),
    "quarter": (Example({"name": "Q1", "starts": "2027-01-05", "ends": "2027-03-31"}),),
    "account": (
        Example(
            {
                "name": "Acme Water",
                "arr": "$180.5k",
                "renews": "2027-03-01",
                "term": "24",
                "segment": "SMB",
                "owner": "",
            },
            ("acme gmbh",),
            _named(Customer, "Acme"),
        ),
    ),
    "deal": (
        Example(
            {"outcome": "won", "ended": "2027-03-14", "amount": "480,000.25", "note": "at last"},
            ("Asked",),
            _named(Item, "Asked", "title"),
        ),
    ),
    "revenue": (
        Example(
            {"kind": "expansion", "amount": "20k", "day": "2026-01-31", "note": "seats", "already": "no"},
            ("acme gmbh",),
            _named(Customer, "Acme"),
        ),
    ),
    "account-word": (
        Example(
            {"kind": "retention risk", "score": "2", "evidence": "two escalations"},
            ("acme gmbh",),
            _named(Customer, "Acme"),
        ),
    ),
    "onboarding": (
        Example(
            {"step": "security review", "day": "2026-02-03", "note": "by Jo"}, ("acme gmbh",), _named(Customer, "Acme")
        ),
    ),
    "service-level": (
        Example(
            {"target": "uptime 99.9%", "met": "no", "miss_cost": "20k", "note": "two outages"},
            ("acme gmbh",),
            _named(Customer, "Acme"),
        ),
    ),
    "escalation": (
        Example(
            {"by_whom": "CEO", "to_whom": "CTO", "chose": "the audit log"}, ("Asked",), _named(Item, "Asked", "title")
        ),
    ),
    "health": (Example({"role": "sales", "score": "2", "because": "every no came with a date", "quarter": ""}),),
    "currency": (Example({"currency": "eur", "rate": "0.92"}),),
    "outcome": (
        Example(
            {"use": "12", "validated": "n", "adopted": "5", "could_adopt": "8", "adoption_on": "2025-11-20"},
            ("Shipped",),
            _named(Outcome, "Shipped", "title"),
        ),
    ),
    "pilot": (
        Example({"met": "met", "met_by": "3", "ended": "2025-11-20"}, ("Asked",), _named(Item, "Asked", "title")),
    ),
    "review": (
        Example(
            {"by": "Jo", "because": "it was right", "review": "2099-01-31", "conditions": "Ana stays"},
            ("2",),
            _named(Decision, "Agreed", "title"),
        ),
    ),
}

#: What may be a slip in a field of a kind; the first of each is one in any.
SLIPS: dict[str, tuple[str, ...]] = {
    "number": ("twelve", "nan", "-1"),
    "money": ("twelve", "-1", "€50k", "1e15", "180.000"),
    "day": ("soon", "2027-02-30"),
    "choice": ("nonsense",),
    "text": ("x" * 20_001, HOSTILE, "  "),
    "lines": ("nonsense=1", f"{HOSTILE}=1"),
}


@cache
def _template() -> Path:
    """A charter, a full plan, what waits, what was promised and signed for."""
    path = small(Path(_KEPT.name), [("Work", 20.0, {}), ("Big", 9.0, {"state": "inbox"})], 22.0)
    with Workspace.open(path, actor="ada") as workspace:
        rows = charter_records()
        workspace.apply(Command("charter", "the charter", tuple(row for row in rows if not isinstance(row, Slice))))
        promised = Commitment(id=new_id(), item_id=1, kind="contractual", who="Hans")
        workspace.apply(Command("commit", "promised", (promised,)))
    words = ["trade", "Big", "--sign", "--by", "Marek", "--because", "we find a way", "--db", str(path)]
    assert main(words) == 0
    more = Item(id=new_id(), title="Small", state="inbox", rank=9, draw=9)
    with Workspace.open(path, actor="ada") as workspace:
        workspace.apply(Command("add", "one more", (more, *_asked(), *_looked_at_again())))
    return path


def _asked() -> Iterator[Record]:
    """An account with a deal behind what it asked for, and a pilot of that."""
    item = Item(id=new_id(), title="Asked", rank=10, draw=10)
    account = Customer(id=new_id(), name="Acme", arr=100_000.1, renews=date(2027, 5, 1))
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    yield from (item, account)
    yield Request(id=new_id(), item_id=item.id, customer_id=account.id, received_at=at, deal_amount=480_000.0)
    yield WayOut(id=new_id(), item_id=item.id, kind="pilot", customers=4, test="they use it")


def _looked_at_again() -> Iterator[Record]:
    """Something that was finished, and a decision whose review day has come."""
    yield Outcome(id=new_id(), quarter="Q3 2026", number=8106, title="Shipped")
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    decision = Decision(id=new_id(), quarter_id=1, at=at, kind="accept", title="Agreed")
    yield decision
    yield DecisionDetail(id=new_id(), decision_id=decision.id, review=date(2026, 12, 1))


@cache
def _changes() -> dict[str, PlainChange]:
    return {**PLAIN, "aims": aims_of(state_of(_template()))}


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    shutil.copy(_template(), path)
    return path


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The same workspace, as the app has it."""
    path = Path(shutil.copy(_template(), tmp_path / "app.db"))
    with Workspace.open(path, actor="ada") as workspace:
        yield Session(workspace, WorkspaceFile(path, "chosen").chosen)


def contents(state: State) -> dict[str, dict[int, Any]]:
    return {
        name: {key: row.model_dump(exclude=set(_TIMES)) for key, row in rows.items()}
        for name, rows in state.tables.items()
    }


def state_of(path: Path) -> State:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def words_of(plain: PlainChange, example: Example, values: dict[str, str]) -> list[str]:
    """The command line that says these values."""
    options = {ask.name: ask.option for ask in plain.asks}
    words = [*plain.name.split(), *example.words]
    in_place = []
    for name, text in values.items():
        if plain.pairs is not None or options[name].startswith("--"):
            words.append(f"{options[name]}={text}")
        elif options[name]:
            in_place.append(text)
    return [*words, *(["--", *in_place] if in_place else [])]


def filled(
    plain: PlainChange, session: Session, record: int | None, example: Example, values: dict[str, str]
) -> dict[str, str]:
    """What the form holds then; a command adds its lines to those there are."""
    start = plain.start(session.now, record) or {}
    lines = {ask.name: f"{start[ask.name]}\n{values[ask.name]}" for ask in plain.asks if ask.kind == "lines"}
    return {**start, **example.own, **values, **lines}


def slips(ask: Ask) -> tuple[str, ...]:
    return (*SLIPS[ask.kind], *([""] if ask.needed else []))


class Alone(App[None]):
    """Nothing but a form."""


class Asked:
    """A form as somebody fills it in."""

    def __init__(self, now: Callable[[], Any], plain: Description[Any, Any], record: int | None) -> None:
        self._now, self._plain, self._record = now, plain, record

    async def says(self, inputs: list[dict[str, str]]) -> list[str]:
        """What it says to each of these; empty where it takes them. One form, until it takes them: as somebody tries
        again, with another slip."""
        found, app, form, taken = [], Alone(), None, []
        draw_when_read(app)
        async with app.run_test(size=(120, 50)):
            for values in inputs:
                if form is None or taken:
                    form, taken = form_of(self._plain, self._now, self._record), []
                    assert form is not None
                    await app.push_screen(form, taken.append)
                for name, text in values.items():
                    if isinstance(form, LinesDialog):
                        form.query_one(TextArea).text = text
                    else:
                        form.query_one(f"#field-{name}", Input).value = text
                await come_to_rest(app)
                form.action_take()
                await come_to_rest(app)
                drawn(app)
                found.append("" if taken else str(form.query_one("#wrong, .form-error", Static).content))
            if form is not None and not taken:
                form.action_leave()
                await come_to_rest(app)
        return found


def test_each_has_an_example() -> None:
    assert set(EXAMPLES) == set(_changes())
    for name, plain in _changes().items():
        asked = {ask.name for ask in plain.asks}
        assert asked == {each for example in EXAMPLES[name] for each in (*example.good, *example.own)} | (
            {ask.name for ask in plain.asks if plain.pairs is not None}
        )


_CASES = [pytest.param(name, at, id=f"{name}-{at}") for name in EXAMPLES for at in range(len(EXAMPLES[name]))]


@pytest.mark.parametrize(("name", "at"), _CASES)
async def test_the_same_input_writes_the_same(name: str, at: int, db: Path, session: Session) -> None:
    plain, example, before = _changes()[name], EXAMPLES[name][at], contents(state_of(db))
    record = example.record(session.state)
    values = filled(plain, session, record, example, example.good)
    assert await Asked(lambda: session.now, plain, record).says([values]) == [""]
    session.commit(plain.command(session.now, record, values))
    assert main(words_of(plain, example, example.good)) == 0
    written = contents(state_of(db))
    assert written == contents(session.state)
    assert written != before


@pytest.mark.parametrize(("name", "at"), _CASES)
async def test_the_same_slip_gets_the_same_sentence(
    name: str, at: int, db: Path, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, example, before = _changes()[name], EXAMPLES[name][at], db.read_bytes()
    record = example.record(session.state)
    asks = [ask for ask in plain.asks if ask.name in example.good]
    inputs = [(ask, {**example.good, ask.name: slip}) for ask in asks for slip in slips(ask)]
    forms = [filled(plain, session, record, example, values) for _, values in inputs]
    said = await Asked(lambda: session.now, plain, record).says(forms)
    for (ask, values), form, sentence in zip(inputs, forms, said, strict=True):
        if (ask.kind != "text" and values[ask.name] == SLIPS[ask.kind][0]) or (ask.needed and not values[ask.name]):
            assert sentence, ask
        capsys.readouterr()
        code = main(words_of(plain, example, values))
        out, err = capsys.readouterr()
        assert all(char.isprintable() for char in out + err if char != "\n")
        if sentence:
            # A command says it after the option, or the line as it was typed, and goes on in small letters.
            assert code == 2, values
            assert clean(re.sub(r"^Line \d+: ", "", sentence))[1:].removesuffix(".") in err
            assert db.read_bytes() == before
        else:
            assert code == 0, err
            written = contents(state_of(db))
            shutil.copy(_template(), db)
            with Workspace.open(db, actor="ada") as workspace:
                workspace.apply(plain.command(session.now, record, form))
                assert contents(workspace.load()) == written
            shutil.copy(_template(), db)


@pytest.mark.parametrize(
    ("plain", "slips"),
    [
        (SAVE, ("", "  ", " Now ", "baseline")),
        (BRANCH, ("", " \u202e ", "x" * 61, "Main", "There")),
    ],
    ids=lambda value: value.name if isinstance(value, Description) else "",
)
async def test_a_plan_is_named_alike(
    plain: Description[State, tuple[str, str]],
    slips: tuple[str, ...],
    db: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["scenario", "branch", "There"]) == 0
    state, before = state_of(db), db.read_bytes()
    said = await Asked(lambda: state, plain, None).says([{"name": slip, "note": ""} for slip in slips])
    for slip, sentence in zip(slips, said, strict=True):
        capsys.readouterr()
        assert main([*plain.name.split(), slip]) == 2
        assert sentence
        assert clean(sentence)[1:].removesuffix(".") in capsys.readouterr().err
    assert db.read_bytes() == before
    assert await Asked(lambda: state, plain, None).says([{"name": " Fine ", "note": " why "}]) == [""]
    assert plain.command(state, None, {"name": " Fine ", "note": " why "}) == ("Fine", "why")
    assert main([*plain.name.split(), " Fine ", "--note", " why "]) == 0
    kept: list[Any] = [*state_of(db).each(Scenario), *state_of(db).each(Snapshot)]
    assert ("Fine", "why") in [(row.name, row.note) for row in kept]

"""``verify`` on the decision log: whichever row of it is changed behind the journal's back is named, with the journal's
entry that wrote it; the first such entry comes first. About two seconds."""

import shutil
import sqlite3
from datetime import UTC, date, datetime

import pytest

from store.database.verify import verify
from store.records import Decision, Move, Request, Shortfall, Signature
from store.records.negotiation import (
    NEGOTIATION,
    Card,
    Charter,
    Claim,
    Commitment,
    DealEnd,
    DecisionDetail,
    DecisionOption,
    Evidence,
    HiddenCost,
    OldVersion,
    Persona,
    Principle,
    PursePick,
    Right,
    Role,
    SignedTerms,
    Stakeholder,
    WayOut,
)
from tests.store.helpers import fresh, item, put
from tests.store.unawares import behind

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
#: Each table of a decision or a negotiation: what of its one row is changed, and to what.
CHANGES = {
    Decision: ("because", "'somebody else said so'"),
    Move: ("ew", "2.5"),
    Signature: ("name", "'Mallory'"),
    Shortfall: ("cause", "'the weather'"),
    Request: ("asked_by", "'nobody'"),
    Principle: ("name", "'Forks are fine'"),
    Card: ("verdict", "'trap'"),
    Evidence: ("customers", "300"),
    Claim: ("evidence", "'everybody knows'"),
    HiddenCost: ("upkeep", "0"),
    DealEnd: ("outcome", "'lost'"),
    WayOut: ("freed", "9"),
    Commitment: ("due", "'2028-01-01'"),
    Charter: ("least_return", "0"),
    Role: ("who", "'Mallory'"),
    Right: ("kind", "'one-off'"),
    DecisionDetail: ("dissent", "''"),
    DecisionOption: ("chosen", "0"),
    SignedTerms: ("conditions", "'none'"),
    PursePick: ("effort", "0.1"),
    Persona: ("compromise", "'everywhere'"),
    Stakeholder: ("stance", "'for'"),
    OldVersion: ("upkeep", "0"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A decision with all that can hang on it in entry 3 of the journal, and another one in entry 4."""
    path = tmp_path_factory.mktemp("verify") / "a.db"
    with fresh(path) as workspace:
        workspace.apply(put(item(-1, title="Audit log"), item(-2, title="Search"), label="items"))
        workspace.apply(
            put(
                Decision(id=-1, quarter_id=1, at=AT, kind="trade", title="Audit log", item_id=1, because="banks"),
                Move(id=-2, decision_id=-1, item_id=1, kind="in", title="Audit log", ew=3.0),
                Signature(id=-3, quarter_id=1, decision_id=-1, name="Eve", reason="flagship", odds=0.6, at=AT),
                Shortfall(id=-4, quarter_id=1, cause="Ana leaves", odds=0.6, at=AT),
                Request(id=-5, item_id=1, received_at=AT, asked_by="sales-east"),
                Principle(id=-6, name="No forks"),
                Card(id=-7, item_id=1, verdict="wedge"),
                Evidence(id=-8, item_id=1, customers=3),
                Claim(id=-9, item_id=1, kind="easy"),
                HiddenCost(id=-10, item_id=1, kind="support", upkeep=0.5),
                DealEnd(id=-11, item_id=1, outcome="won", ended=date(2026, 1, 1)),
                WayOut(id=-12, item_id=2, decision_id=-1, kind="pilot", freed=1.0),
                Commitment(id=-13, item_id=1, kind="promised", due=date(2027, 1, 1), who="Acme"),
                Charter(id=-14, least_return=3.0),
                Role(id=-15, name="CEO", who="Eve"),
                Right(id=-16, kind="over ceiling", role_id=-15),
                DecisionDetail(id=-17, decision_id=-1, dissent="Ben: too early"),
                DecisionOption(id=-18, decision_id=-1, title="Search", chosen=True),
                SignedTerms(id=-19, decision_id=-1, right="over ceiling", name="Eve", reason="once", at=AT),
                PursePick(id=-20, quarter_id=1, item_id=1, decision_id=-1, who="Sal", effort=1.5),
                Persona(id=-21, name="Clerks", compromise="speed"),
                Stakeholder(id=-22, item_id=1, name="Eve", part="buyer", stance="against"),
                OldVersion(id=-23, name="4.2", back=1, upkeep=1.5),
                label="Audit log in",
            )
        )
        workspace.apply(
            put(Decision(id=-1, quarter_id=1, at=AT, kind="drop", title="Search", item_id=2), label="Search out")
        )
    return path


@pytest.fixture
def path(written, tmp_path):
    return shutil.copy(written, tmp_path / "a.db")


def said(path):
    report = verify(path, surroundings=False)
    assert not report.sound
    return [finding.what for finding in report.of("broken")]


def test_every_table_of_a_negotiation_is_here():
    assert set(NEGOTIATION) <= set(CHANGES)


@pytest.mark.parametrize("kind", CHANGES, ids=lambda kind: kind.table)
def test_a_past_row_of_each_table(path, kind):
    assert verify(path, surroundings=False).sound
    column, value = CHANGES[kind]
    behind(path, f"UPDATE {kind.table} SET {column} = {value} WHERE id = 1")
    (found,) = said(path)
    assert f"(id 1) was changed: {column} (" in found
    assert found.endswith("; entry 3 of the journal wrote it")


@pytest.mark.parametrize("kind", CHANGES, ids=lambda kind: kind.table)
def test_its_image_in_the_journal(path, kind):
    """Where the journal was changed in the same way, its seal no longer holds."""
    column, value = CHANGES[kind]
    behind(
        path,
        f"UPDATE {kind.table} SET {column} = {value} WHERE id = 1",
        f"UPDATE changes SET after = json_set(after, '$.{column}', (SELECT {column} FROM {kind.table} WHERE id = 1)) "
        f"WHERE tbl = '{kind.table}' AND pk = 1",
    )
    (found,) = said(path)
    assert "entry 3 of the journal is not as it was sealed: “Audit log in” (edit)" in found


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET actor = 'mallory' WHERE seq = 3",
        "UPDATE changes SET op = 'update' WHERE event_seq = 3 AND tbl = 'signed_terms'",
        "DELETE FROM changes WHERE event_seq = 3 AND tbl = 'decision_details'",
        f"UPDATE seals SET hash = '{'0' * 64}' WHERE seq = 3",
        "DELETE FROM seals WHERE seq = 3",
    ],
)
def test_the_journal_itself(path, sql):
    behind(path, sql)
    first = next(each for each in said(path) if "entry" in each)
    assert first.startswith("entry 3 of the journal")


def test_the_first_broken_entry_is_named_first(path):
    behind(
        path,
        "UPDATE decisions SET because = 'x' WHERE id = 2",
        "UPDATE signed_terms SET reason = 'x'",
        "UPDATE items SET title = 'x' WHERE id = 2",
        "INSERT INTO principles (name) VALUES ('mine')",
    )
    found = said(path)[0]
    places = [found.index(f"entry {seq} of the journal wrote it") for seq in (2, 3, 4)]
    assert places == sorted(places)
    assert found.index("“mine” (id 2) was added") > places[-1]


def test_a_decision_that_is_taken_away_whole(path):
    raw = sqlite3.connect(path)
    tables = [kind.table for kind in (DecisionOption, DecisionDetail)]
    rows = sum(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    raw.close()
    behind(path, *(f"DELETE FROM {table}" for table in tables))
    (found,) = said(path)
    assert found.count("is gone, the journal has it; entry 3 of the journal wrote it") == rows

"""Signatures, the purse and what goes on record, from the command line: asked for with exit code 1, kept, shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.records import Item, Signature, State
from store.records.negotiation import DecisionDetail, PursePick, SignedTerms
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tui.cli import main

ODD = "Odd report ~0.5-0.8-1 #oneoff >Kestrel $9k@60% team:Web"
BIG = "Halvorsen Group: offline rate cards"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo as the workspace that commands work on."""
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    demo_file(path)
    return path


def state_of(path: Path) -> State:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code, capsys.readouterr()
    return capsys.readouterr().out


def answered(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    found = json.loads(said(capsys, *words, "--json", code=code))
    assert isinstance(found, dict)
    return found


def test_what_fits_waits_for_its_signature(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "add", ODD, code=1)
    assert "returns 0.5 times, below the least return of 3 times: signed by Priya (Product lead)" in words
    assert "--signature 'below return: NAME: REASON'" in words
    assert [item.state for item in state_of(db).all(Item).values() if item.title == "Odd report"] == ["inbox"]
    # By somebody who may not, and by somebody who may not sign for it: refused, with who may.
    found = answered(capsys, "trade", "Odd report", "--by", "Luis", "--because", "a favour", code=1)
    assert [(each["right"], each["holder"], each["bound"]) for each in found["signatures"]] == [
        ("below return", "Priya (Product lead)", 3.0)
    ]
    refused = said(capsys, "trade", "Odd report", "--signature", "below return: Luis: a favour", code=1)
    assert "Luis may not take a one-off below the least return; Priya (Product lead) may" in refused
    assert not state_of(db).all(SignedTerms)
    # The holder's own decision is the signature; all that was said is on record, and stands.
    options = ["--present", "Priya, Luis", "--dissent", "Nils: no", "--conditions", "once", "--review", "2020-01-31"]
    done = answered(capsys, "trade", "Odd report", "--by", "priya", "--because", "a favour", *options)
    assert done["done"]
    assert done["item"]["signed"] == ["below return"]
    state = state_of(db)
    (terms,) = state.all(SignedTerms).values()
    assert (terms.name, terms.reason, terms.conditions, f"{terms.review}") == (
        "priya",
        "a favour",
        "once",
        "2020-01-31",
    )
    detail = next(row for row in state.all(DecisionDetail).values() if row.decision_id == terms.decision_id)
    assert (detail.present, detail.dissent) == ("Priya, Luis", "Nils: no")
    assert "review due since 2020-01-31" in said(capsys, "status")
    (row,) = answered(capsys, "status")["exceptions"]
    assert (row["right"], row["name"], row["due"], row["review"]) == ("below return", "priya", True, "2020-01-31")
    assert "signed: below return" in said(capsys, "plan")


def test_the_purse_is_its_holders(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ODD.replace("$9k", "$90k")
    words = said(capsys, "add", line, "--by", "Priya", "--because", "why not", "--purse", code=1)
    assert "the purse is not Priya's to spend: it is spent by Luis (Sales lead) alone" in words
    assert not state_of(db).all(PursePick)
    said(capsys, "trade", "Odd report", "--by", "Luis", "--because", "they sign", "--purse")
    (pick,) = state_of(db).all(PursePick).values()
    assert (pick.who, pick.effort) == ("Luis", 0.8)


def test_an_over_commit_is_signed_by_who_may(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["trade", BIG, "--by", "Luis", "--because", "they renew"]
    assert "Luis may not go under the odds target; Marek" in said(capsys, *asked, "--sign", code=1)
    marek, priya = "under target: Marek: we find a way", "over ceiling: Priya: once"
    assert "above the ceiling of 10%: signed by Priya" in said(capsys, *asked, "--signature", marek, code=1)
    said(capsys, *asked, "--signature", marek, "--signature", priya)
    state = state_of(db)
    (signature,) = state.all(Signature).values()
    assert (signature.name, signature.reason) == ("Marek", "we find a way")
    assert {(row.right, row.name) for row in state.all(SignedTerms).values()} == {
        ("under target", "Marek"),
        ("over ceiling", "Priya"),
    }


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--signature", "all of it: Eve: yes"), "is not a right that is signed for"),
        (("--signature", "over ceiling: Eve"), "'RIGHT: NAME: REASON'"),
        (("--review", "31 Smarch"), "is not a day"),
    ],
)
def test_what_cannot_be_read(db: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str], words: str) -> None:
    with open(db, "rb") as file:
        before = file.read()
    try:
        code = main(["trade", BIG, *option])
    except SystemExit as left:
        code = left.code
    assert code == 2
    assert words in capsys.readouterr().err
    with open(db, "rb") as file:
        assert file.read() == before


def test_a_fill_leaves_to_the_room_what_takes_a_signature(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", ODD, "--inbox")
    said(capsys, "defer", "Odd report")
    said(capsys, "add", "Small thing ~0.1 team:Web", "--inbox")
    said(capsys, "defer", "Small thing")
    said(capsys, "drop", "Prototype: carbon reporting")
    said(capsys, "fill")
    states = {item.title: item.state for item in state_of(db).all(Item).values()}
    assert (states["Odd report"], states["Small thing"]) == ("below", "plan")

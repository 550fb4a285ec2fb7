"""``makeroom ways`` and ``makeroom trade --way``: the ways out from the command line, as ``o`` and ``W`` on the board
(whose own story on the same workspace is in test_way_sheet). About eight seconds."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from scenarios.rules.charter import write_figures, write_principle
from scenarios.trade.door import forecast_of
from store.records import Command, Pin, new_id
from store.records.negotiation import DecisionDetail, SignedTerms
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, latest, small, stored, things, titles
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell
from tests.tui.seats.test_live import room_of_ten
from tests.tui.trade.test_way_sheet import kinds, odds_with, rows

shell = shells.shell

PILOT = ("--way", "pilot", "--field", "size=1-1.2-2", "--field", "customers=4", "--field", "test=3 of 4 use it weekly")
PARTNER = ("--field", "who=Nordlys AS", "--field", "size=0.5", "--field", "note=the adapter")
EVA = ("--by", "Eva", "--because", "wedge")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both workspaces, made once: a test has a copy."""
    ten = room_of_ten(tmp_path_factory.mktemp("ten"), net=25.7)
    requests = [(title, (2.0, 3.0, 5.5), {"state": "inbox"}) for title in ("Portal", "EDI feed", "Audit log")]
    rows = [("Work", (20.0, 22.0, 26.0), {}), *requests, ("Idea", None, {"state": "inbox"})]
    asked = small(tmp_path_factory.mktemp("asked"), rows, 40.0)
    with Workspace.open(asked, actor="ada") as workspace:
        workspace.apply(write_figures(workspace.load(), {"rate": 10_000.0}))
        workspace.apply(write_principle(workspace.load(), "No forks"))
        workspace.apply(write_principle(workspace.load(), "Validate before building"))
    return {"ten": ten, "asked": asked}


@pytest.fixture
def ten(made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten items of two weeks at 25.7 ew, and a request of three in the inbox."""
    return Path(shutil.copy(made["ten"], used(tmp_path, monkeypatch)))


@pytest.fixture
def asked(made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One large item in plan, three requests, a rate and two principles."""
    return Path(shutil.copy(made["asked"], used(tmp_path, monkeypatch)))


def used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAKEROOM_DB", str(folder / "team.db"))
    return folder / "team.db"


class TestTheList:
    def test_what_each_asks_for_and_what_fits(self, asked: Path, shell: Shell) -> None:
        held, state = asked.read_bytes(), stored(asked)
        found = shell("ways", "EDI feed", kind="ways")
        assert asked.read_bytes() == held, "it changes nothing"
        fields = {way["kind"]: {each["name"]: each["needed"] for each in way["fields"]} for way in found["ways"]}
        assert fields == {
            "swap": {},
            "smaller first version": {"size": True, "note": False},
            "sequence": {"due": True, "note": False},
            "configure": {"size": False, "note": False},
            "package": {"price": True, "size": False, "note": False},
            "services": {"markup": True, "size": False, "who": False, "note": False},
            "partner": {"who": True, "price": False, "size": False, "note": False},
            "proof of concept": {"size": True, "test": True, "due": False},
            "pilot": {"size": True, "customers": True, "test": True, "due": False},
            "buy": {"who": True, "price": True, "size": False},
            "decline": {"principle": True, "note": False},
        }
        ways = {way["kind"]: way for way in found["ways"]}
        # 3.0 ew at $10,000, and half, seven tenths, as much again on top.
        assert ways["services"]["means"] == "50%: $45k, 70%: $51k, 100%: $60k"
        assert ways["decline"]["means"] == "No forks, Validate before building"
        first = state.quarter.ends + timedelta(days=1)
        assert ways["sequence"]["fields"][0]["default"] == first.isoformat()
        present, whole = forecast_of(state), odds_with(state, {"EDI feed": (2.0, 3.0, 5.5)})
        assert (ways["swap"]["takes"], ways["swap"]["odds"], ways["swap"]["fits"]) == (3.0, whole, whole >= 0.7)
        assert (ways["sequence"]["takes"], ways["sequence"]["odds"]) == (0.0, present.odds)
        assert ways["pilot"]["takes"] is ways["pilot"]["fits"] is None, "that is what its size says"
        assert found["odds"] == present.odds
        lines = shell.lines("ways", "EDI feed")
        assert "needs size, customers, test; may have due" in lines
        assert f"needs due ({first.isoformat()}); may have note" in lines

    def test_one_of_them_filled_in(self, ten: Path, shell: Shell) -> None:
        smaller = odds_with(stored(ten), {"Audit log": (1.0, 1.2, 2.0)})
        (way,) = shell("ways", "Audit log", *PILOT, kind="ways")["ways"]
        assert (way["kind"], way["takes"], way["odds"]) == ("pilot", 1.2, smaller)
        assert way["frees"] == pytest.approx(1.8)
        assert "--field customers=…  customers; needed: 3 to 5" in shell.lines("ways", "Audit log", "--way", "pilot")
        assert kinds(stored(ten)) == {}

    def test_of_a_planned_item_that_could_give_way(self, ten: Path, shell: Shell) -> None:
        state = stored(ten)
        found = {way["kind"]: way for way in shell("ways", "Work 9", kind="ways")["ways"]}
        assert "swap" not in found
        assert found["sequence"]["odds"] == odds_with(state, {}, without="Work 9")
        (partner,) = shell("ways", "Work 9", "--way", "partner", *PARTNER, kind="ways")["ways"]
        assert partner["odds"] == odds_with(state, {"Work 9": (None, 0.5, None)})
        with Workspace.open(ten, actor="ada") as workspace:
            pin = Pin(id=new_id(), item_id=item(state, "Work 9").id, kind="contractual", note="")
            workspace.apply(Command("edit", "pinned", (pin,)))
        assert "no trade takes it out: a contract holds it" in shell.lines("ways", "Work 9")

    def test_what_has_no_size_has_none_yet(self, asked: Path, shell: Shell) -> None:
        words = "“Idea” has no size yet: makeroom size gives it one"
        assert words in shell.refused("ways", "Idea")
        assert words in shell.refused("trade", "Idea", "--way", "decline")
        assert "there is no item “Nothing”" in shell.refused("ways", "Nothing")

    def test_an_empty_workspace(self, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "none.db"))
        assert "There is no workspace" in shell.refused("ways", "Audit log", code=3)
        assert not (tmp_path / "none.db").exists()


class TestARequest:
    def test_a_pilot_comes_in_at_its_size_while_something_planned_gives_way(self, ten: Path, shell: Shell) -> None:
        before = things(stored(ten))
        asked = odds_with(stored(ten), {"Audit log": (1.0, 1.2, 2.0)})
        refused = shell("trade", "Audit log", *PILOT, *EVA, code=1)
        assert (refused["done"], refused["fits"], refused["odds_after"]) == (False, False, asked)
        assert refused["swaps"]
        assert "the same command with --swap N" in shell.lines("trade", "Audit log", *PILOT, code=1)
        assert things(stored(ten)) == before, "nothing is taken in silence"
        both = odds_with(stored(ten), {"Audit log": (1.0, 1.2, 2.0), "Work 9": (None, 0.5, None)})
        done = shell("trade", "Audit log", *PILOT, "--out", "Work 9=partner", *PARTNER, *EVA)
        assert (done["done"], done["odds_after"], done["item"]["ew"]) == (True, both, 1.2)
        after = stored(ten)
        decision, moves = latest(after)
        assert (decision.title, decision.decided_by, decision.because) == ("Audit log: pilot", "Eva", "wedge")
        assert moves == {"in": ["Audit log"], "resized": ["Work 9 → partner"]}
        pilot, partner = rows(after)["Audit log"], rows(after)["Work 9"]
        assert (pilot.kind, pilot.effort, pilot.customers, pilot.test) == ("pilot", 1.2, 4, "3 of 4 use it weekly")
        assert (partner.who, partner.effort, partner.freed, partner.note) == ("Nordlys AS", 0.5, 1.5, "the adapter")
        assert [row.way for row in after.all(DecisionDetail).values()] == ["pilot"]
        (taken,) = shell("ways", "Audit log", kind="ways")["taken"]
        assert (taken["kind"], taken["decided_by"], taken["customers"]) == ("pilot", "Eva", 4)
        assert "on record" in shell.lines("ways", "Work 9")
        shell("undo")
        assert {name: things(stored(ten))[name] for name in ("items", "sizes", "ways_out")} == {
            name: before[name] for name in ("items", "sizes", "ways_out")
        }

    def test_a_swap_makes_room_for_the_smaller_size(self, ten: Path, shell: Shell) -> None:
        done = shell("trade", "Audit log", *PILOT, "--swap", "1", *EVA)
        assert (done["done"], done["fits"], done["item"]["ew"]) == (True, True, 1.2)
        assert kinds(stored(ten)) == {"Audit log": "pilot"}

    def test_a_way_called_swap_asks_for_all_of_it(self, ten: Path, shell: Shell) -> None:
        done = shell("trade", "Audit log", "--way", "swap", "--swap", "1", *EVA)
        assert (done["done"], done["item"]["ew"]) == (True, 3.0)
        assert kinds(stored(ten)) == {}

    def test_what_takes_nothing_is_answered_at_once(self, asked: Path, shell: Shell) -> None:
        before, first = things(stored(asked)), stored(asked).quarter.ends + timedelta(days=1)
        odds = forecast_of(stored(asked)).odds
        done = shell(
            "trade", "Portal", "--way", "sequence", "--by", "Eva", "--because", "later", "--dissent", "Nils: no"
        )
        assert (done["done"], done["item"]["state"], done["odds_after"]) == (True, "below", odds)
        assert (rows(stored(asked))["Portal"].due, rows(stored(asked))["Portal"].freed) == (first, 3.0)
        decision, _ = latest(stored(asked))
        assert (decision.kind, decision.decided_by, decision.because) == ("defer", "Eva", "later")
        (detail,) = stored(asked).all(DecisionDetail).values()
        assert (detail.way, detail.dissent) == ("sequence", "Nils: no")
        shell("trade", "EDI feed", "--way", "services", "--field", "markup=70%", "--field", "who=Field team")
        assert rows(stored(asked))["EDI feed"].amount == 51_000
        shell("trade", "Audit log", "--way", "decline", "--field", "principle=val", "--field", "note=we are early")
        decision, _ = latest(stored(asked))
        assert (decision.kind, decision.because) == ("decline", "we are early; Validate before building")
        assert item(stored(asked), "Audit log").state == "declined"
        for _ in range(3):
            shell("undo")
        assert things(stored(asked)) == before

    def test_a_dated_quarter_may_be_named(self, asked: Path, shell: Shell) -> None:
        shell("trade", "Portal", "--way", "seq", "--field", "due=2028-07-01")
        assert rows(stored(asked))["Portal"].due == date(2028, 7, 1)

    def test_hostile_words_are_kept_as_words(self, asked: Path, shell: Shell) -> None:
        shell("trade", "Portal", "--way", "partner", "--field", "who=[red]\x1b[2J\u202eA=B[/]", "--by", "\x9b[/]Eve")
        assert rows(stored(asked))["Portal"].who == "[red][2JA=B[/]"
        assert "partner, [red][2JA=B[/]" in shell.lines("ways", "Portal")
        assert kinds(stored(asked)) == {"Portal": "partner"}


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            (("--way", "bribe"), "“bribe” is not a way out: they are swap, smaller first version"),
            (("--way", "p"), "“p” could be package or partner or proof of concept or pilot"),
            (("--way", "pilot", "--field", "size=1", *PILOT[6:]), "--field customers: pilot needs its customers"),
            ((*PILOT[:2], *PILOT[4:]), "--field size: pilot needs its size"),
            ((*PILOT, "--field", "customers=4"), "--field customers is there twice"),
            ((*PILOT[:4], "--field", "customers=7", *PILOT[6:]), "--field customers: a pilot has 3 to 5 customers"),
            ((*PILOT[:4], "--field", "customers=x", *PILOT[6:]), "--field customers: “x” is not a number"),
            (("--way", "pilot", "--field", "size=3", *PILOT[4:]), "--field size: pilot takes less than the 3.0 ew"),
            (("--way", "pilot", "--field", "size=much"), "--field size: “much” is not a size"),
            (("--way", "pilot", "--field", "size:Nobody=1"), "there is no team “Nobody”"),
            (
                ("--way", "pilot", "--field", "price=5"),
                "--field price: pilot has no such field, it has size, customers",
            ),
            (("--way", "pilot", "--field", "customers"), "“customers” is not a field: write --field NAME=VALUE"),
            (("--way", "sequence", "--field", "due="), "--field due: sequence needs its first day of the quarter"),
            (
                ("--way", "sequence", "--field", "due=spring"),
                "--field due: “spring” is not a day: write it as 2027-03-31",
            ),
            (("--way", "sequence", "--field", "due=2026-12-01"), "name a day of a later quarter"),
            (("--way", "services", "--field", "markup=60"), "--field markup: services are quoted at cost + 50%, 70%"),
            (
                ("--way", "decline", "--field", "principle=none"),
                "--field principle: there is no principle “none”: they are “No forks”, “Validate before building”",
            ),
            (("--way", "decline"), "--field principle: decline needs its principle"),
            (("--way", "sequence", "--swap", "1"), "sequence takes nothing of the teams: it is answered at once"),
            (("--field", "size=1"), "it is a field of a way out, and comes after that"),
            (("--way", "buy", "--way", "pilot"), "what asks takes one way out"),
            (("--out", "Work", "--field", "size=1"), "write --out 'ITEM=KIND' before them, not “Work”"),
            (("--out", "Work=swap"), "a swap is not a way out of a planned item"),
            (("--out", "Work=nothing"), "“Work” has no first version"),
            (("--out", "Work=buy", "--field", "vendor=X"), "--field price: buy needs its price a year"),
        ],
    )
    def test_the_sentence_names_the_field(self, asked: Path, shell: Shell, typed: tuple[str, ...], words: str) -> None:
        before = things(stored(asked))
        assert words in shell.refused("trade", "Portal", *typed)
        assert things(stored(asked)) == before

    @pytest.mark.parametrize(
        ("text", "why"),
        [("x" * 30_000, "at most 20000 characters"), ("\udcff", "unable to parse raw data as a unicode")],
    )
    def test_what_no_record_holds(self, asked: Path, shell: Shell, text: str, why: str) -> None:
        before = things(stored(asked))
        way = ("trade", "Portal", "--way", "sequence")
        for words, field in (
            ((*way, "--because", text), "the because of a decision is refused"),
            ((*way, "--by", text), "the decided_by of a decision is refused"),
            ((*way, "--dissent", text), "the dissent of a decisiondetail is refused"),
            (("commitments", "add", "Portal", "--to", text), "the who of a commitment is refused"),
        ):
            refused = shell.refused(*words)
            assert field in refused
            assert why in refused
        assert things(stored(asked)) == before

    def test_a_planned_item_gives_way_in_a_trade_alone(self, asked: Path, shell: Shell) -> None:
        assert "“Work” is in plan" in shell.refused("trade", "Work", "--way", "sequence")

    def test_without_a_charter(self, ten: Path, shell: Shell) -> None:
        words = shell.refused("trade", "Audit log", "--way", "decline")
        assert "the charter has no principle to cite; makeroom decline takes a reason alone" in words


def test_a_first_version_is_filled_in_as_it_is_known(ten: Path, shell: Shell) -> None:
    """A name of a version goes before a way of that name; with fields it is the way."""
    from scenarios.figures.sizes import Range
    from scenarios.items.worth_and_ties import Ties, tie
    from scenarios.plan.plan import entry_of

    with Workspace.open(ten, actor="ada") as workspace:
        state = workspace.load()
        for title in ("Work 9", "Audit log"):
            entry = entry_of(state, item(state, title).id)
            ties = Ties(first_version={entry.sizes[0].team_id: Range(1.0, 0.5, 1.5)}, version_name="pilot")
            workspace.apply(tie(workspace.load(), entry, ties))
    (way,) = shell("ways", "Audit log", "--way", "smaller", kind="ways")["ways"]
    assert (way["takes"], [each["default"] for each in way["fields"]]) == (1.0, ["0.5-1-1.5", "pilot"])
    shell("trade", "Audit log", "--way", "smaller", "--out", "Work 9=pilot", *EVA)
    row = rows(stored(ten))["Audit log"]
    assert (kinds(stored(ten)), row.effort, row.note) == ({"Audit log": "smaller first version"}, 1.0, "pilot")
    _, moves = latest(stored(ten))
    assert moves["resized"] == ["Work 9 → pilot"]
    shell("undo")
    shell(
        "trade",
        "Audit log",
        "--way",
        "smaller",
        "--field",
        "size=0.4",
        "--out",
        "Work 9=pilot",
        *PILOT[2:],
        *EVA,
        code=0,
    )
    assert kinds(stored(ten)) == {"Audit log": "smaller first version", "Work 9": "pilot"}
    assert rows(stored(ten))["Audit log"].note == "", "what is named is all that it takes"


def test_fields_are_of_what_was_named_last(ten: Path, shell: Shell) -> None:
    words = [
        "--out",
        "Work 8=partner",
        *PARTNER,
        "--out",
        "Work 9=buy",
        "--field",
        "vendor=Widgets",
        "--field",
        "price=9q",
    ]
    assert "--field price: “9q” is not an amount: write it as 180000 or 180k" in shell.refused(
        "trade", "Audit log", *words, *EVA
    )
    words[-1] = "price=9k"
    shell("trade", "Audit log", *words, *EVA)
    found = rows(stored(ten))
    assert (found["Work 8"].who, found["Work 8"].amount) == ("Nordlys AS", None)
    assert (found["Work 9"].who, found["Work 9"].amount, found["Work 9"].effort) == ("Widgets", 9_000, 0.0)
    assert titles(stored(ten), "below") == ["Work 9"]


def test_odds_with_something_planned_that_gives_way(ten: Path, shell: Shell) -> None:
    state = stored(ten)
    found = shell("odds", "--out", "Work 9=partner", *PARTNER, kind="odds")
    assert found["odds"] == odds_with(state, {"Work 9": (None, 0.5, None)})
    assert "partner needs its partner" in shell.refused("odds", "--out", "Work 9=partner", "--field", "size=1")


class TestAPrincipleThatItBreaks:
    SIGNED = ("--signature", "break a principle: Eva: once, for a year")

    def test_it_takes_a_signature(self, asked: Path, shell: Shell) -> None:
        before = things(stored(asked))
        refused = shell("add", "Tiny ~0.1", "--breaks", "forks", code=1)
        (need,) = refused["signatures"]
        assert (need["right"], need["because"]) == ("break a principle", "it breaks the principle “No forks”")
        assert item(stored(asked), "Tiny").state == "inbox"
        shell("undo")
        assert shell("add", "Tiny ~0.1", "--breaks", "forks", *self.SIGNED)["done"]
        state = stored(asked)
        (terms,) = state.all(SignedTerms).values()
        assert (terms.right, terms.name, terms.reason) == ("break a principle", "Eva", "once, for a year")
        assert (terms.principle_id, terms.item_id) == (1, item(state, "Tiny").id)
        assert "break a principle: “No forks”" in shell.lines("exceptions")
        shell("undo")
        assert things(stored(asked)) == before, "one decision, one step back"

    def test_with_a_way_out_too(self, asked: Path, shell: Shell) -> None:
        small = ("--way", "configure", "--field", "size=0.1")
        words = ("trade", "Portal", *small, "--breaks", "no forks", "--breaks", "validate")
        assert [need["because"] for need in shell(*words, code=1)["signatures"]] == [
            "it breaks the principle “No forks”",
            "it breaks the principle “Validate before building”",
        ]
        assert shell(*words, *self.SIGNED)["done"]
        assert kinds(stored(asked)) == {"Portal": "configure"}
        assert len(stored(asked).all(SignedTerms)) == 2

    def test_one_that_is_not_there(self, asked: Path, shell: Shell) -> None:
        words = shell.refused("trade", "Portal", "--breaks", "zebra")
        assert "--breaks: there is no principle “zebra”: they are “No forks”, “Validate before building”" in words
        words = shell.refused("trade", "Portal", "--way", "sequence", "--breaks", "forks")
        assert "it is answered at once" in words

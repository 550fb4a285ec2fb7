"""``makeroom exceptions``, ``one-offs`` and ``commitments``: what ``!``, ``O`` and ``P`` do. About eight seconds."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.records import Command, Decision, Pin, Quarter, Record, Shortfall, new_id
from store.records.negotiation import Card, Commitment, DecisionDetail, PursePick, Right, Role, SignedTerms
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import empty, item, latest, small, stored, things
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell

shell = shells.shell
BIG, REPORT = "Big one", "Odd report"
HOSTILE = "[/]\x1b[2J\u202eHans\x9b"
#: The same, as it is kept: what moves a cursor or turns the reading direction is taken out.
KEPT = "[/][2JHans"


def write(path: Path, *records: Record) -> None:
    with Workspace.open(path, actor="ada") as workspace:
        workspace.apply(Command("edit", "set up", records))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A full plan below which a request waits; a plan of 30 ew with three one-offs of a kind in it."""
    folder = tmp_path_factory.mktemp("full")
    full = small(folder, [("Work", (20.0, 22.0, 26.0), {}), (BIG, (8.0, 9.0, 12.0), {"state": "inbox"})], 27.0)
    folder = tmp_path_factory.mktemp("kinds")
    rows = [(f"Report {size:.0f}", size, {"slice": "O"}) for size in (1.0, 2.0, 3.0)]
    rows += [("Features", 24.0, {}), (REPORT, 0.5, {"slice": "O", "state": "inbox"})]
    kinds = small(folder, rows, 60.0)
    state = stored(kinds)
    sales = Role(id=new_id(), name="Sales lead", who="Luis")
    cards = [
        Card(id=new_id(), item_id=item(state, f"Report {size}").id, one_off_kind="report writer") for size in (1, 2, 3)
    ]
    first = item(state, "Report 1")
    pick = PursePick(id=new_id(), quarter_id=state.quarter.id, item_id=first.id, who="Luis", effort=1.0)
    write(kinds, sales, Right(id=new_id(), kind="one-off", role_id=sales.id), pick, *cards)
    return {"full": full, "kinds": kinds}


@pytest.fixture
def full(made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return used(made["full"], tmp_path, monkeypatch)


@pytest.fixture
def kinds(made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return used(made["kinds"], tmp_path, monkeypatch)


def used(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAKEROOM_DB", str(folder / "team.db"))
    return Path(shutil.copy(made, folder / "team.db"))


class TestExceptions:
    @pytest.fixture
    def signed(self, full: Path, shell: Shell) -> Path:
        """Marek signed for the plan below its target, to be looked at again long ago."""
        terms = ["--conditions", "Ana stays", "--review", "2020-01-31"]
        shell("trade", BIG, "--sign", "--by", "Marek", "--because", "we find a way", *terms)
        return full

    def test_what_stands(self, signed: Path, shell: Shell) -> None:
        held = signed.read_bytes()
        found = shell("exceptions", kind="exceptions")
        (row,) = found["exceptions"]
        assert (row["right"], row["name"], row["reason"], row["conditions"], row["review"], row["due"]) == (
            "under target",
            "Marek",
            "we find a way",
            "Ana stays",
            "2020-01-31",
            True,
        )
        assert (found["due"], found["under_target"], row["bound"]) == (1, "Marek", 0.7)
        lines = shell.lines("exceptions")
        assert "DUE 2020-01-31" in lines
        assert " to go under the odds target (" in lines, "who was not there reads of which figure"
        assert f"% against 70%) for “{BIG}”, because we find a way; on condition: Ana stays; review due since" in lines
        assert lines.endswith("1 stands, 1 due for review\n")
        assert signed.read_bytes() == held, "it changes nothing"

    def test_it_is_reviewed_and_stands_on(self, signed: Path, shell: Shell) -> None:
        (row,) = shell("exceptions", kind="exceptions")["exceptions"]
        before, number = stored(signed), str(row["number"])
        words = ["--by", "Priya", "--because", HOSTILE, "--review", "2099-01-31"]
        assert shell("exceptions", "review", number, *words)["done"]
        decision, _ = latest(stored(signed))
        assert (decision.decided_by, decision.because) == ("Priya", KEPT)
        (terms,) = stored(signed).all(SignedTerms).values()
        assert (terms.reviewed_id, terms.review, terms.conditions) == (decision.id, date(2099, 1, 31), "Ana stays")
        detail = next(row for row in stored(signed).all(DecisionDetail).values() if row.decision_id == decision.id)
        assert (detail.about_id, detail.review) == (terms.decision_id, date(2099, 1, 31))
        found = shell("exceptions", kind="exceptions")
        assert (found["due"], found["exceptions"][0]["due"]) == (0, False)
        shell("undo")
        assert things(stored(signed)) == things(before)

    def test_it_is_cleared_and_the_plan_is_short_again(self, signed: Path, shell: Shell) -> None:
        before = stored(signed)
        (row,) = before.all(SignedTerms).values()
        lines = shell.lines("exceptions", "clear", str(row.id), "--by", "Priya", "--because", "Ana left")
        assert "open shortfall: the signature of Marek was cleared (makeroom settle)" in lines
        (shortfall,) = stored(signed).all(Shortfall).values()
        assert shortfall.settled_at is None
        assert shell("exceptions", kind="exceptions") == {"exceptions": [], "due": 0, "under_target": ""}
        assert shell.lines("exceptions") == "Nothing was signed for that still stands.\n"
        assert "no exception" in shell.refused("exceptions", "clear", str(row.id), "--by", "A", "--because", "b")
        shell("undo")
        assert things(stored(signed)) == things(before)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("review", "1", "--by", "Priya"), "--because: That takes a reason: it is a decision like any other."),
            (("clear", "1", "--because", "why"), "--by: That takes a name: it is a decision like any other."),
            (("clear", "99", "--by", "A", "--because", "b"), "no exception 99 stands: makeroom exceptions lists them"),
            (("review", "one"), "invalid int value"),
            (("review", "1", "--review", "soon"), "“soon” is not a day"),
        ],
    )
    def test_what_cannot_be(self, signed: Path, shell: Shell, words: tuple[str, ...], sentence: str) -> None:
        before = things(stored(signed))
        assert sentence in shell.refused("exceptions", *words)
        assert things(stored(signed)) == before


class TestOneOffs:
    def test_share_purse_and_ledger(self, kinds: Path, shell: Shell) -> None:
        held = kinds.read_bytes()
        found = shell("one-offs", kind="one-offs")
        # 6 of 30 ew: 20%, the end of the band "juggling", and over the ceiling of 10%.
        assert (found["share"], found["band"], found["ceiling"], found["over"]) == (0.2, "juggling", 0.1, True)
        purse = found["purse"]
        assert (purse["holder"], purse["count"], purse["left"]) == ("Luis (Sales lead)", 1, 1)
        assert (purse["ew"], purse["left_ew"]) == (1.0, 1.0)
        assert [(row["title"], row["ew"], row["state"], row["purse"]) for row in found["ledger"]] == [
            ("Report 3", 3.0, "in plan", None),
            ("Report 2", 2.0, "in plan", None),
            ("Report 1", 1.0, "in plan", "Luis"),
            (REPORT, 0.5, "asked for", None),
        ]
        lines = shell.lines("one-offs")
        assert "20% one-offs: juggling, above the ceiling of 10%" in lines
        assert "1 of 2 one-offs, 1.0 of 2.0 ew, 1 and 1.0 ew left, spent by Luis (Sales lead) alone" in lines
        assert (
            "ledger: 4 one-offs: 6.0 ew under way or done (3), 0.5 ew asked for, declined or answered another way (1)"
            in lines
        )
        assert kinds.read_bytes() == held, "it changes nothing"

    def test_three_of_a_kind_become_a_platform_item(self, kinds: Path, shell: Shell) -> None:
        (pattern,) = shell("one-offs", kind="one-offs")["platforms"]
        assert (pattern["kind"], pattern["absorbs"], len(pattern["one_offs"])) == ("report writer", 6.0, 3)
        before = stored(kinds)
        done = shell("one-offs", "--platform", "Report writer")
        assert (done["done"], done["item"]["title"], done["item"]["state"]) == (
            True,
            "Platform: report writer",
            "inbox",
        )
        made = item(stored(kinds), "Platform: report writer")
        assert (made.state, made.slice) == ("inbox", "I")
        assert made.note.startswith("Would have absorbed 6.0 ew of 3 one-offs.")
        assert shell("one-offs", kind="one-offs")["platforms"] == []
        words = shell.refused("one-offs", "--platform", "report writer")
        assert "“Platform: report writer” was asked for already" in words
        shell("undo")
        assert things(stored(kinds)) == things(before)

    def test_the_purse_pays_for_what_a_way_out_takes(self, kinds: Path, shell: Shell) -> None:
        way = ("--way", "smaller", "--field", "size=0.2", "--purse", "--by", "Luis", "--because", "they sign", "--sign")
        assert shell("trade", REPORT, *way)["item"]["ew"] == 0.2
        purse = shell("one-offs", kind="one-offs")["purse"]
        assert [(pick["title"], pick["who"], pick["ew"]) for pick in purse["bought"]] == [
            ("Report 1", "Luis", 1.0),
            (REPORT, "Luis", 0.2),
        ]
        assert (purse["count"], purse["left"], purse["ew"], purse["left_ew"]) == (2, 0, 1.2, 0.8)

    def test_an_earlier_quarter_as_it_was_put_on_record(self, kinds: Path, shell: Shell) -> None:
        state = stored(kinds)
        then = Quarter(id=new_id(), name="Q3 2026", starts=date(2026, 7, 1), ends=date(2026, 9, 30), state="closed")
        at, asked = datetime(2026, 7, 2, 12, tzinfo=UTC), item(state, REPORT).id
        no = Decision(
            id=new_id(), quarter_id=then.id, at=at, kind="decline", title="no", item_id=asked, decided_by="Eve"
        )
        detail = DecisionDetail(id=new_id(), decision_id=no.id, one_offs_after=0.125)
        write(kinds, then, no, detail)
        found = shell("one-offs", "--quarter", "q3 2026", kind="one-offs")
        assert (found["quarter"], found["present"], found["share"], found["band"]) == (
            "Q3 2026",
            False,
            0.125,
            "over budget",
        )
        assert [(row["title"], row["outcome"], row["decided_by"]) for row in found["ledger"]] == [
            (REPORT, "declined", "Eve")
        ]
        assert found["platforms"] == []
        assert found["quarters"] == ["Q3 2026", state.quarter.name]

    def test_what_cannot_be(self, kinds: Path, shell: Shell) -> None:
        assert "there is no quarter “Q9”: they are" in shell.refused("one-offs", "--quarter", "Q9")
        words = shell.refused("one-offs", "--platform", "odd environment")
        assert "no three of a kind “odd environment” within four quarters" in words
        assert "kinds that have three: report writer" in words
        words = shell.refused("one-offs", "--platform", "report writer", "--quarter", "Q3 2026")
        assert "in the present quarter" in words


class TestCommitments:
    def test_a_promise_and_a_contract(self, kinds: Path, shell: Shell) -> None:
        before, ends = stored(kinds), stored(kinds).quarter.ends.isoformat()
        lines = shell.lines("commitments", "add", REPORT, "--to", HOSTILE, "--due", ends, "--note", "by mail")
        assert f"“{REPORT}” promised to {KEPT} by {ends}" in lines
        assert "It is not in plan: it will be listed as promised, not in plan." in lines
        done = shell("commitments", "add", "Features", "--kind", "contractual", "--to", "Hanseatic")
        assert done["done"]
        (pin,) = stored(kinds).all(Pin).values()
        assert (pin.kind, pin.item_id) == ("contractual", item(before, "Features").id)
        assert "Features” stays in plan: a contract holds it" in shell.refused(
            "trade", REPORT, "--out", "Features", "--sign", "--by", "A", "--because", "b"
        )
        found = shell("commitments", kind="commitments")
        assert found["not_in_plan"] == 1
        promise, contract = found["commitments"]
        assert (promise["title"], promise["who"], promise["due"], promise["kind"]) == (REPORT, KEPT, ends, "promised")
        assert (promise["open"], promise["late"], promise["holds"], promise["note"]) == (True, True, False, "by mail")
        assert (contract["kind"], contract["due"], contract["open"], contract["holds"]) == (
            "contractual",
            None,
            False,
            True,
        )
        lines = shell.lines("commitments")
        assert lines.index("PROMISED, NOT IN PLAN   1") < lines.index(REPORT) < lines.index("PROMISED, IN PLAN   1")
        assert "A contractual commitment holds it in plan: no trade takes it out." in lines
        shell("undo")
        shell("undo")
        assert things(stored(kinds)) == things(before)

    def test_one_is_taken_back_by_a_decision(self, kinds: Path, shell: Shell) -> None:
        shell("commitments", "add", "Features", "--kind", "regulatory")
        before = stored(kinds)
        done = shell("commitments", "take-back", "Features", "--by", "Priya", "--because", "the law was not passed")
        assert done["done"]
        after = stored(kinds)
        assert not after.all(Commitment)
        assert not after.all(Pin), "what it alone held is held no longer"
        decision, _ = latest(after)
        assert (decision.decided_by, decision.because) == ("Priya", "the law was not passed")
        assert decision.title == "taken back: “Features” promised (regulatory)"
        shell("undo")
        assert things(stored(kinds)) == things(before)

    def test_of_several_one_is_named(self, kinds: Path, shell: Shell) -> None:
        for who in ("Hans", "Grete"):
            shell("commitments", "add", REPORT, "--to", who)
        numbers = {row.who: row.id for row in stored(kinds).all(Commitment).values()}
        words = ("commitments", "take-back", REPORT, "--by", "Priya", "--because", "asked")
        refused = shell.refused(*words)
        assert "has 2 commitments, name one with --number" in refused
        assert f"{numbers['Grete']} “{REPORT}” promised to Grete" in refused
        shell(*words, "--number", str(numbers["Grete"]))
        assert [row.who for row in stored(kinds).all(Commitment).values()] == ["Hans"]
        assert "has no commitment 99" in shell.refused(*words, "--number", "99")

    def test_an_aim_is_the_rooms_own(self, kinds: Path, shell: Shell) -> None:
        lines = shell.lines("commitments", "add", REPORT, "--kind", "aim", "--due", "2020-01-31")
        assert "the room's own, given to nobody; it holds nothing" in lines
        lines = shell.lines("commitments")
        assert lines.startswith("AIMS OF THE ROOM, promised to nobody   1\n")
        assert "2020-01-31 past" in lines
        assert shell("commitments", kind="commitments")["not_in_plan"] == 0

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("add", REPORT), "--to: a promised commitment is given to somebody: say to whom"),
            (("add", REPORT, "--kind", "contractual"), "a contractual commitment is given to somebody"),
            (("add", REPORT, "--kind", "vow"), "--kind: A commitment is an aim, promised, contractual or regulatory."),
            (("add", REPORT, "--to", "A", "--due", "soon"), "“soon” is not a day"),
            (("add", "Nothing", "--to", "A"), "there is no item “Nothing”"),
            (("add", "Report", "--to", "A"), "“Report” could be"),
            (("take-back", REPORT), f"nothing was promised of “{REPORT}”: makeroom commitments lists what was"),
        ],
    )
    def test_what_cannot_be(self, kinds: Path, shell: Shell, words: tuple[str, ...], sentence: str) -> None:
        before = things(stored(kinds))
        assert sentence in shell.refused("commitments", *words)
        assert things(stored(kinds)) == before

    def test_who_and_why_are_asked_for(self, kinds: Path, shell: Shell) -> None:
        shell("commitments", "add", REPORT, "--to", "Hans")
        words = shell.refused("commitments", "take-back", REPORT, "--by", "Priya")
        assert "--because: Why? It goes on record." in words


class TestWhereThereIsNothing:
    def test_an_empty_workspace(self, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(empty(tmp_path)))
        assert shell.lines("exceptions") == "Nothing was signed for that still stands.\n"
        assert shell.lines("commitments").startswith("nothing was promised")
        found = shell("one-offs", kind="one-offs")
        assert (found["share"], found["ledger"], found["purse"]["holder"]) == (0.0, [], "")

    @pytest.mark.parametrize(
        "words",
        [
            ("exceptions",),
            ("exceptions", "clear", "1", "--by", "A", "--because", "b"),
            ("one-offs",),
            ("one-offs", "--platform", "other"),
            ("commitments",),
            ("commitments", "add", "X", "--to", "A"),
        ],
    )
    def test_no_workspace_is_made(
        self, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "none.db"))
        assert "There is no workspace" in shell.refused(*words, code=3)
        assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "command",
    [
        *("ways", "trade", "exceptions", "exceptions review", "exceptions clear", "one-offs"),
        *("commitments", "commitments add", "commitments take-back"),
    ],
)
def test_help_has_an_example(command: str, shell: Shell) -> None:
    out = " ".join(shell.lines(*command.split(), "--help").split())
    assert f"example: makeroom {command}" in out


def test_json_may_stand_before_its_own_command(kinds: Path, shell: Shell) -> None:
    assert shell.lines("commitments", "--json", "add", "Features", "--to", "Hans").startswith('{"done": true')
    assert [row.who for row in stored(kinds).all(Commitment).values()] == ["Hans"]

"""``makeroom card``, and what ``add`` and ``size`` say of a request: read, filled in, refused, taken back."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.records import Customer, Decision, Dependency, Item, Request, Size, State, ValueParts, Wait
from store.records.negotiation import Card, Claim, Evidence, HiddenCost, Principle
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import demo, empty, item, small
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import ROOT, Shell, contents, state_of
from tests.tui.cli.test_naughty_cli import raw_workspace
from tui.cli import main

shell = shells.shell
PORTAL, RATES = "Supplier self-service portal", "Halvorsen Group: offline rate cards"
EVIL = "\x1b[31m[red]boom[/] \u202eevil\x07 [@click=app.quit]x[/]"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo as the workspace that commands work on."""
    path = demo(tmp_path)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def only(state: State, kind: type[Any], title: str) -> Any:
    (row,) = (row for row in state.all(kind).values() if row.item_id == item(state, title).id)
    return row


def last_event(path: Path) -> int:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load().seq


class TestReading:
    def test_all_that_the_card_says(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        lines = shell.lines("card", RATES).splitlines()
        assert lines[0] == f"“{RATES}”, number {item(state_of(db), RATES).id}"
        sections = [line for line in lines[1:] if not line.startswith(" ")]
        assert sections == [
            "Asked", "Problem and solution", "For whom", "Stakeholders", "Value", "Deal or renewal", "Size", "Kind",
            "Demand", "The sale",
            "Commitment and needs", "Hidden costs", "Precedent and principle", "Five claims",
        ]  # fmt: skip
        # 420,000 at 60%; 4.5 ew to build, a fifth of it and 0.5 hidden, 4 quarters of 0.1 and 0.1, at 12,000 an ew.
        for line in (
            "  sponsor: Helena",
            "  expected value $252,000",
            "  full cost $80,400",
            "  return 3.1 times",
            "  the full cost equals 9 standard licences",
            "  demand 0",
            "  easy: asserted (on record: likely 4.5 ew)",
            "  not given: fits the sprint, everyone wants it",
        ):
            assert line in lines
        assert not any("rate per ew" in line for line in lines)
        why = shell.lines("card", RATES, "--why").splitlines()
        assert why[why.index("  full cost $80,400") + 1 :][:5] == [
            "    full cost: $80,400 = (build + hidden costs + upkeep) x rate",
            "      build: 4.5 ew",
            "      hidden costs: 1.4 ew",
            "      upkeep: 0.8 ew",
            "      rate per ew: $12,000",
        ]
        assert db.read_bytes() == before

    def test_for_programs(self, db: Path, shell: Shell) -> None:
        before, state = db.read_bytes(), state_of(db)
        found = shell("card", RATES, kind="card")
        request, card = only(state, Request, RATES), only(state, Card, RATES)
        assert (found["changed"], found["event"], found["state"]) == (False, None, "inbox")
        assert (found["problem"], found["solution"]) == (request.problem, card.solution)
        assert (found["deal"], found["probability"], found["closes"]) == (420_000, 0.6, f"{request.deal_closes}")
        assert found["waits"] == [{"name": "Halvorsen Group", "arr": 420_000}]
        figures = {each["name"]: each for each in found["figures"]}
        assert figures["return"]["value"] == pytest.approx(252_000 / 80_400)
        assert figures["full cost"]["inputs"][-1] == ["rate per ew", "$12,000"]
        assert {row["kind"] for row in found["claims"] if row["made"]} == {
            "strategic account", "easy", "already specified",
        }  # fmt: skip
        assert {row["kind"]: row["share"] for row in found["hidden"]}["complexity"] == 0.2
        assert {"to the user", "verdict", "fits the sprint"} <= set(found["not_given"])
        assert db.read_bytes() == before

    def test_named_as_everywhere(self, db: Path, shell: Shell) -> None:
        assert "could be" in shell.refused("card", "the")
        assert "there is no item “no such thing”" in shell.refused("card", "no such thing", "--problem", "x")
        assert shell("card", f"{item(state_of(db), RATES).id}", kind="card")["title"] == RATES

    def test_an_empty_workspace_and_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(empty(tmp_path)))
        for command in ("card", "facts"):
            assert "there is no item “x”" in shell.refused(command, "x")
        assert shell.lines("waits") == "nobody on record waits for everything below the line\n"
        nowhere = tmp_path / "none.db"
        for words in (("card", "x"), ("card", "x", "--problem", "y"), ("facts", "x"), ("waits",)):
            assert "There is no workspace" in shell.refused("--db", str(nowhere), *words, code=3)
        assert not nowhere.exists()


class TestFillingIn:
    def test_all_of_it_at_once_is_one_change(self, db: Path, shell: Shell) -> None:
        before, seq = contents(db), last_event(db)
        found = shell(
            "card", PORTAL, "--problem", "line one\nline [two]", "--solution", "a page", "--alternatives", "mail",
            "--asked-by", "Jo", "--sponsor", "Eve", "--customer", "Newco", "--segment", "makers",
            "--helps", "Pricing clerks", "--hurts", "Support agents",
            "--waits", "Old Co", "--not-waits", "calder & wren",
            "--buyer-value", "b", "--user-value", "u", "--success", "s", "--deal", "1,000", "--probability", "12.5%",
            "--closes", "2027-03-01", "--renewal", "5", "--renews", "2027-04-01", "--claimed", "a sprint",
            "--adoption-aim", "60%",
            "--savings", "30k", "--price", "20k", "--proof", "their books", "--pricing", "a seat",
            "--stage", "demo", "--security", "a test", "--security-by", "2027-02-03", "--security-passed", "no",
            "--service-level", "99.9% a month",
            "--slice", "disc", "--one-off-kind", "rep", "--home", "part", "--verdict", "trap", "--precedent", "none",
            "--principle", "one product", "--stance", "breaks", "--due", "2027-02-02", "--needs", "audit log as CSV",
            "--evidence", "4; shippers; calls", "--evidence", "1;;letter; deal", "--not-evidence", "1",
            "--claim", "easy=asserted", "--claim", "strategic=they are", "--claim", "fits the sprint=",
            "--hidden", "support=0.5 + 0.1", "--hidden", "drag=25%", "--hidden", "sprawl=",
            "--impact", "8", "--confidence", "9", "--ease", "10", kind="card",
        )  # fmt: skip
        assert found["changed"]
        assert found["event"] == last_event(db) == seq + 1
        state = state_of(db)
        portal, request, card = item(state, PORTAL), only(state, Request, PORTAL), only(state, Card, PORTAL)
        assert (portal.slice, portal.due) == ("D", date(2027, 2, 2))
        assert (request.problem, request.asked_by, request.claimed) == ("line one\nline [two]", "Jo", "a sprint")
        assert (request.deal_amount, request.deal_probability) == (1000.0, 0.125)
        assert request.deal_closes == date(2027, 3, 1)
        customers = {one.id: one.name for one in state.all(Customer).values()}
        assert customers[request.customer_id] == "Newco"
        waiting = {customers[row.customer_id] for row in state.each(Wait) if row.item_id == portal.id}
        assert waiting == {"Aldermoor Foods", "Pellingham Motors", "Newco", "Old Co"}
        said = (card.solution, card.alternatives, card.sponsor, card.segment, card.helps, card.hurts)
        assert said == ("a page", "mail", "Eve", "makers", "Pricing clerks", "Support agents")
        assert (card.buyer_value, card.user_value, card.success, card.precedent) == ("b", "u", "s", "none")
        assert (card.renewal_arr, card.renewal_date) == (5.0, date(2027, 4, 1))
        assert (card.adoption_aim, found["adoption_aim"]) == (0.6, 0.6)
        assert (card.stage, card.security_passed) == ("demo or proof of concept", False)
        assert (card.security_ask, card.security_by) == ("a test", date(2027, 2, 3))
        assert (found["service_level"], found["security_by"]) == ("99.9% a month", "2027-02-03")
        assert (card.savings, card.price, card.savings_proof, card.pricing) == (3e4, 2e4, "their books", "a seat")
        assert next(each for each in found["figures"] if each["name"] == "buyer ROI")["value"] == 0.5
        assert (card.one_off_kind, card.home, card.verdict) == ("report writer", "partner", "trap")
        assert (state.all(Principle)[card.principle_id].name, card.stance) == ("One product, no forks", "breaks")
        evidence = [row for row in state.each(Evidence) if row.item_id == portal.id]
        assert [(row.customers, row.segment, row.source, row.from_deal) for row in evidence] == [
            (3, "prospects", "demos that were lost", True),
            (4, "shippers", "calls", False),
            (1, "", "letter", True),
        ]
        claims = {row.kind: row.evidence for row in state.each(Claim) if row.item_id == portal.id}
        assert claims == {"easy": "", "strategic account": "they are", "everyone wants it": ""}
        costs = {row.kind: row for row in state.each(HiddenCost) if row.item_id == portal.id}
        assert {kind: (row.effort, row.share, row.upkeep) for kind, row in costs.items()} == {
            "support": (0.5, None, 0.1),
            "drag": (None, 0.25, 0.0),
        }
        parts = only(state, ValueParts, PORTAL)
        assert (parts.impact_10, parts.confidence_10, parts.ease) == (8, 9, 10)
        needed = [row.needs_id for row in state.each(Dependency) if row.item_id == portal.id]
        assert needed == [item(state, "Export the audit log as CSV").id]
        assert next(each for each in found["figures"] if each["name"] == "ICE")["value"] == 720
        shell("undo")
        assert contents(db) == before

    def test_what_is_not_named_stays_and_an_empty_text_clears(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        told = shell.lines("card", PORTAL, "--sponsor", "", "--evidence", "", "--waits", "")
        (card,) = (row for row in before["cards"].values() if row["item_id"] == item(state_of(db), PORTAL).id)
        assert told == f"“{PORTAL}”: request card: sponsor: {card['sponsor']} → none\n"
        after, state = contents(db), state_of(db)
        key = only(state, Card, PORTAL).id
        assert after["cards"][key] == {**before["cards"][key], "sponsor": ""}
        assert not [row for row in state.each(Evidence) if row.item_id == item(state, PORTAL).id]
        assert not [row for row in state.each(Wait) if row.item_id == item(state, PORTAL).id]
        untouched = set(before) - {"cards", "evidence", "waits"}
        assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
        # With more beside it, an empty text first takes away what was there.
        shell("card", PORTAL, "--waits", "", "--waits", "Umbra Lighting", "--evidence", "2; makers", kind="card")
        found = shell("card", PORTAL, "--evidence", "", "--evidence", "7", "--needs", "Dark mode", kind="card")
        assert [(row["customers"], row["segment"]) for row in found["evidence"]] == [(7, "")]
        assert [row["name"] for row in found["waits"]] == ["Umbra Lighting"]
        assert [row["title"] for row in found["needs"]] == ["Dark mode"]
        assert shell("card", PORTAL, "--not-needs", "dark", "--due", "", kind="card")["needs"] == []

    def test_what_is_so_already_is_no_change(self, db: Path, shell: Shell) -> None:
        seq, card = last_event(db), only(state_of(db), Card, RATES)
        same = ("--sponsor", "helena".title(), "--helps", card.helps, "--deal", "420000", "--claim", "easy=asserted")
        found = shell("card", RATES, *same, kind="card")
        assert (found["changed"], found["event"]) == (False, None)
        assert shell.lines("card", RATES, *same) == f"“{RATES}”: nothing to change\n"
        assert last_event(db) == seq

    def test_what_nobody_asked_for_has_a_card_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell
    ) -> None:
        path = small(tmp_path, [("One", 3.0, {}), ("Two", None, {"state": "below"})])
        monkeypatch.setenv("MAKEROOM_DB", str(path))
        assert shell("card", "One", kind="card")["asked_on"] is None
        assert shell("card", "One", "--sponsor", "Eve", kind="card")["sponsor"] == "Eve"
        assert not state_of(path).all(Request)
        assert shell("card", "Two", "--asked-by", "Jo", "--impact", "2", kind="card")["asked_by"] == "Jo"
        assert shell("card", "Two", kind="card")["impact"] == 2
        assert main(["verify"]) == 0

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--deal", "lots"), "--deal: “lots” is not an amount"),
            (("--deal=-5",), "--deal: An amount cannot be below zero"),
            (("--probability", "101"), "--probability: A probability is between 0 and 100"),
            (("--closes", "soon"), "--closes: “soon” is not a day"),
            (("--due", "2027-02-30"), "--due: “2027-02-30” is not a day"),
            (("--slice", "zebra"), "--slice: there is no slice “zebra”: they are F “Features”"),
            (("--home", "moon"), "--home: “moon” is none of these: core, configuration"),
            (("--one-off-kind", "o"), "--one-off-kind: “o” is none of these"),
            (("--principle", "luck"), "--principle: there is no principle “luck”"),
            (("--evidence", "many; banks"), "--evidence: “many; banks” is not evidence"),
            (("--evidence", "9999999; banks"), "--evidence: demand is a whole number of customers"),
            (("--evidence", f"9; {'x' * 20_001}"), "--evidence: the segment of the evidence is refused"),
            (("--not-evidence", "3"), "--not-evidence: There is no evidence 3: its lines are 1 to 2"),
            (("--hidden", "support"), "--hidden: “support” names no kind: write KIND=TEXT"),
            (("--hidden", "luck=3"), "--hidden: “luck” is none of these: support, complexity"),
            (("--hidden", "support=much"), "--hidden: “much” is not a cost"),
            (("--claim", "e=x"), "--claim: “e” is none of these"),
            (("--impact", "11"), "The impact of ICE is a number from 1 to 10."),
            (("--needs", PORTAL), "--needs: An item cannot need itself"),
            (("--needs", "no such thing"), "--needs: there is no item “no such thing”: they are "),
            (("--not-needs", "Dark mode"), "--not-needs: It does not need “Dark mode”"),
            (("--not-waits", "Acme"), "--not-waits: “acme” does not wait for it"),
            (("--waits", "x" * 201), "--waits: A customer's name has 200 characters at most"),
            (("--claimed", "x" * 20_001), "--claimed: the claimed of the request is refused"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_else_is_written(
        self, db: Path, shell: Shell, words: tuple[str, ...], sentence: str
    ) -> None:
        before = db.read_bytes()
        assert sentence in shell.refused("card", PORTAL, "--sponsor", "somebody else", *words)
        assert db.read_bytes() == before

    def test_a_slice_of_what_is_in_plan_and_a_circle(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        assert "--slice: it is in plan" in shell.refused("card", "Dispute workflow v2", "--slice", "O")
        assert contents(db) == before
        shell("card", PORTAL, "--needs", "Dark mode", kind="card")
        assert "That would be a circle" in shell.refused("card", "Dark mode", "--needs", PORTAL)

    def test_hostile_text_in_and_out(self, db: Path, shell: Shell, tmp_path: Path) -> None:
        found = shell("card", PORTAL, "--problem", EVIL, "--customer", EVIL, "--claim", f"easy={EVIL}", kind="card")
        kept = "[31m[red]boom[/] evil [@click=app.quit]x[/]"
        assert (found["problem"], found["customer"]) == (kept, kept)
        assert kept in shell.lines("card", PORTAL)
        # Written by another program, which cleaned nothing.
        raw_workspace(tmp_path / "raw.db", "Eve", [EVIL, f"{EVIL} two", f"{EVIL} three"])
        (key, *_) = state_of(tmp_path / "raw.db").all(Item)
        for command in ("card", "facts", "waits"):
            out = shell.lines("--db", str(tmp_path / "raw.db"), command, str(key))
            assert "[red]boom[/]" in out
            shell("--db", str(tmp_path / "raw.db"), command, str(key), kind=command)

    def test_a_file_that_may_not_be_written(self, db: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        before, real = db.read_bytes(), Workspace.open
        asked: list[bool] = []

        def watched(path: Path, **options: Any) -> Workspace:
            asked.append(options["read_only"])
            return real(path, **options)

        monkeypatch.setattr(Workspace, "open", watched)
        for words in (("card", PORTAL), ("facts", PORTAL), ("waits", PORTAL), ("waits", "--plan")):
            shell.lines(*words)
        assert asked == [True] * 4
        assert db.read_bytes() == before


class TestSize:
    def test_a_request_without_a_problem_stays_as_claimed(self, db: Path, shell: Shell) -> None:
        shell("add", "Pocket calculator claimed:3d by:sales", "--inbox")
        before = contents(db)
        refused = shell.refused("size", "Pocket calculator", "2", "--team", "Web")
        assert "has no problem written down: say what it solves before its size is confirmed" in refused
        assert "--problem TEXT" in refused
        assert "no problem written down" in shell.refused("size", "Pocket calculator", "2", "--problem", " \x1b\u202e")
        assert contents(db) == before
        assert "no problem written down" in shell("card", "Pocket", kind="card")["unconfirmed"]
        done = shell("size", "Pocket calculator", "2", "--team", "Web", "--problem", "they count on fingers")
        assert done["item"]["ew"] == 2
        state = state_of(db)
        assert only(state, Request, "Pocket calculator").problem == "they count on fingers"
        assert only(state, Size, "Pocket calculator").likely == 2
        assert shell("card", "Pocket", kind="card")["unconfirmed"] == ""
        shell("undo")
        assert contents(db) == before, "problem and size are one step"

    def test_where_there_is_one_or_nobody_asked_no_question(self, db: Path, shell: Shell) -> None:
        assert shell("size", PORTAL, "2", "--team", "Web")["done"]
        assert shell("size", "Dark mode", "1")["done"]
        assert all(row.item_id != item(state_of(db), "Dark mode").id for row in state_of(db).each(Request))

    def test_what_is_so_already_decides_nothing(self, db: Path, shell: Shell) -> None:
        shell("size", "Dark mode", "1")
        seq, decided = last_event(db), len(state_of(db).all(Decision))
        assert not shell("size", "Dark mode", "1")["done"]
        assert shell.lines("capacity", "Payments=28.0") == "nothing to change\n"
        assert (last_event(db), len(state_of(db).all(Decision))) == (seq, decided)


class TestAskedBefore:
    ASK = 'Tender management ~9 >"Halvorsen Group"'

    def test_it_is_told_with_what_was_decided(self, db: Path, shell: Shell) -> None:
        first, second, *_ = shell.lines("add", self.ASK, code=1).splitlines()
        assert "didn't we decide this before? 1 on record like it" in first
        assert "“Tender management, first cut” for Halvorsen Group, asked 2026-10-06 by Luis, Sales" in second
        assert "good, not now 2026-10-20; deal lost 2026-11-13" in second
        (row,) = shell("add", self.ASK, code=1)["earlier"]
        assert row["title"] == "Tender management, first cut", "not the one itself that waits already"
        assert (row["became"], row["decided"], row["deal"]) == ("good, not now", "2026-10-20", "lost")
        assert (row["asked_by"], row["same_customer"]) == ("Luis, Sales", True)

    def test_also_where_it_only_waits_and_where_it_goes_in(self, db: Path, shell: Shell) -> None:
        first = shell("add", "Flaky test suites", "--inbox")
        assert [row["title"] for row in first["earlier"]] == ["Flaky end-to-end test suite"]
        again = shell("add", "Flaky test suite ~0.1")
        assert again["item"]["state"] == "plan"
        assert {row["title"] for row in again["earlier"]} == {"Flaky end-to-end test suite", "Flaky test suites"}
        assert "before?" not in shell.lines("add", "Paint the shed ~0.1")
        assert shell("drop", "Bulk invoice approval")["earlier"] == []


def test_nothing_of_it_imports_the_screen(db: Path) -> None:
    code = (
        "import sys\nfrom tui.cli import main\n"
        f"for words in (['card', {PORTAL!r}], ['card', {PORTAL!r}, '--problem', 'x', '--evidence', '3'],\n"
        f"        ['facts', {PORTAL!r}], ['waits'], ['size', {PORTAL!r}, '2', '--team', 'Web']):\n"
        "    assert main(words) == 0, words\n"
        "sys.exit('textual' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["card", "facts", "waits"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"example:\n  makeroom {command}" in capsys.readouterr().out


def test_a_price_of_nothing_and_a_no_are_told_as_such(db: Path, shell: Shell) -> None:
    for words, said in (
        (("--price", "0"), "price: 0"),
        (("--price", "5"), "price: 5"),
        (("--price", "0"), "price: 5 → 0"),
        (("--security-passed", "no"), "security passed: no"),
        (("--security-passed", "yes"), "security passed: yes"),
        (("--security-passed", "no"), "security passed: yes → no"),
    ):
        told = shell.lines("card", PORTAL, *words)
        assert said in told, words
        assert "none" not in told, words

"""``makeroom compare --take``: one difference of another plan, taken over as with its key. About two seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scenarios.plan.plan import entries_of
from store.records import Decision
from tests.tui.cli import plan_commands
from tests.tui.cli.plan_commands import Commands

made, on = plan_commands.made, plan_commands.on
BY = ("--by", "Jo", "--because", "why")
LIMIT, SPLIT, BULK = "Rate-limit the public API", "Split rating out of the monolith", "Bulk invoice approval"
PORTAL = "Supplier self-service portal"
ROOT = Path(__file__).parent.parent.parent.parent.parent


def planned(on: Commands) -> set[str]:
    return {entry.item.title for entry in entries_of(on.state, "plan")}


def branched(on: Commands) -> None:
    """A scenario in which one item is in for another, and a third is smaller."""
    on.lines("scenario", "branch", "B")
    on.lines("trade", LIMIT, "--out", SPLIT, *BY, "--scenario", "B")
    on.lines("size", BULK, "1", "--scenario", "B")


def differences(on: Commands, *names: str) -> list[dict[str, object]]:
    found = json.loads(on.lines("compare", *names, "--json", code=1))
    return [each for pair in found["pairs"] for each in pair["differences"]]


def test_one_at_a_time_until_nothing_differs(on: Commands) -> None:
    branched(on)
    before, plan = on.rows(), planned(on)
    by_title = {each["title"]: each for each in differences(on, "now", "B")}
    assert {title: each["kind"] for title, each in by_title.items()} == {
        LIMIT: "only b",
        SPLIT: "only a",
        BULK: "resized",
    }
    said = on.lines("compare", "now", "b", code=1)
    assert f"{by_title[SPLIT]['number']:>3}  {SPLIT}: " in said
    out = on.json("compare", "now", "B", "--take", str(by_title[SPLIT]["number"]), *BY)
    assert out["done"]
    assert planned(on) == plan - {SPLIT}
    assert max(on.state.each(Decision), key=lambda row: row.id).decided_by == "Jo"
    on.lines("undo")
    assert on.rows() == before
    for title in (SPLIT, BULK, LIMIT):
        on.lines("compare", "B", "--take", title, *BY)
    assert planned(on) == plan - {SPLIT} | {LIMIT}
    assert [each for each in differences_left(on) if each["takes"] and each["kind"] != "ranked"] == []


def differences_left(on: Commands) -> list[dict[str, object]]:
    code, out, err = on.run("compare", "now", "B", "--json")
    assert (code in (0, 1), err) == (True, "")
    return [each for pair in json.loads(out)["pairs"] for each in pair["differences"]]


def test_what_does_not_fit_goes_through_the_door(on: Commands) -> None:
    on.lines("scenario", "branch", "B")
    on.lines("trade", PORTAL, "--sign", "--by", "Marek", "--because", "what if", "--scenario", "B")
    before = on.rows()
    asked = on.json("compare", "now", "B", "--take", PORTAL, code=1)
    assert not asked["done"]
    assert asked["odds_after"] < asked["target"]
    assert asked["swaps"]
    assert on.rows() == before
    assert on.json("compare", "now", "B", "--take", PORTAL, "--sign", "--by", "Marek", "--because", "x")["done"]
    assert PORTAL in planned(on)


def test_from_a_scenario_into_it(on: Commands) -> None:
    """On a scenario, now is that one, and main is beside it."""
    branched(on)
    before = on.rows()
    on.lines("compare", "main", "--take", SPLIT, *BY, "--scenario", "B")
    assert on.rows() == before
    assert {each["title"] for each in differences(on, "now", "B")} == {LIMIT, BULK}


def test_sentences(on: Commands) -> None:
    branched(on)
    for words, sentence in (
        (("now", "B", "--take", "9"), "there is no difference 9: they are 1 to 3"),
        (("now", "B", "--take", "nothing"), "nothing that differs is called “nothing”"),
        (("now", "B", "--take", "t"), "could be"),
        (("main", "B", "--take", "1"), "write makeroom compare now 'main' 'B' --take"),
        (("now", "B", "--take", "1", "--markdown", "-"), "or a report"),
        (("now", "nope"), "there is no snapshot “nope”"),
    ):
        assert sentence in on.refused("compare", *words)
    # As everywhere, nothing comes in without what it needs.
    on.lines("item", LIMIT, "--needs", "Secrets out of config files", "--scenario", "B")
    assert "cannot be taken over" in on.refused("compare", "now", "B", "--take", LIMIT)


def test_none_of_these_commands_imports_the_screen(on: Commands) -> None:
    """Textual is for the app alone."""
    branched(on)
    commands = [
        ["item", "1"], ["item", "1", "--rank", "2"], ["scenario", "list"], ["scenario", "branch", "C"],
        ["scenario", "make", "C"], ["compare", "now", "B", "--take", SPLIT], ["levers"], ["odds", "--flip", "1"],
        ["plan", "--at", "1", "--scenario", "B"], ["close"],
    ]  # fmt: skip
    code = (
        "import sys\nfrom tui.cli import main\n"
        f"for words in {commands!r}:\n"
        f"    assert main(['--db', {str(on.path)!r}, *words]) in (0, 1), words\n"
        "sys.exit('textual' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""Every command that takes ``--json`` answers with one JSON document of the published schema, and so does a refusal."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from tests.tui.cli.shell import Shell, validator
from tests.tui.commands_page import leaves
from tui.cli import main
from tui.cli.arguments import parser

db, shell = shells.db, shells.shell
SIGNED = "--by Jo --because why"
FILES = {
    "look.csv": "title,team,created,completed,estimate\n"
    + "".join(f"Work {at},Web,2026-0{at}-01,2026-0{at}-20,3\n" for at in range(1, 10)),
    "backlog.csv": "title,weeks,customers\nPort calls,2,Acme\n",
    "history.csv": "quarter,team,title,estimate,actual\nQ3 2026,Web,Old work,2,3\n",
    "people.csv": "name,team,share\nAda,Web,100\n",
    "accounts.csv": "name,arr,renews\nAcme,48000,2027-03-01\n",
    "case.toml": "name = 3\n",
}
#: On one workspace, one after the other: a command with its words, which output of the schema that is, its exit code.
CASES: tuple[tuple[str, str, str, int], ...] = (
    ("status", "", "status", 0), ("where", "", "where", 0), ("verify", "", "verify", 0), ("plan", "--all", "plan", 0),
    ("odds", "", "odds", 0), ("odds", "--flip 1", "flip", 1), ("levers", "", "levers", 0),
    ("frontier", "", "frontier", 0), ("swaps", "Halvorsen", "outcome", 1), ("item", "1", "item", 0),
    ("items", "--where is:planned", "items", 0), ("date", "1", "date", 0), ("card", "Halvorsen", "card", 0),
    ("facts", "Halvorsen", "facts", 0), ("waits", "", "waits", 0), ("ways", "Halvorsen", "ways", 0),
    ("one-offs", "", "one-offs", 0), ("decisions", "", "decisions", 0), ("accounts", "", "accounts", 0),
    ("filters", "", "filters", 0), ("aims", "", "aims", 0), ("slices", "", "slices", 0), ("shirts", "", "shirts", 0),
    ("rates", "", "rates", 0), ("quarter", "", "quarter", 0), ("currency", "", "currency", 0),
    ("people", "", "people", 0), ("charter", "", "charter", 0), ("exceptions", "", "exceptions", 0),
    ("commitments", "", "commitments", 0), ("team", "", "status", 0),
    ("config", "", "config", 0), ("export", "plan --format md -o plan.md", "export", 0),
    ("account", "Acme --new", "changed", 0), ("account", "Acme", "account", 0), ("close", "", "close", 1),
    ("import", "backlog.csv --team Web", "import", 0), ("import-history", "history.csv", "taken in", 0),
    ("actuals", "", "actuals", 0), ("outcome", "", "outcomes", 0), ("report quarter", "", "report quarter", 0),
    ("review", "", "review", 0),
    ("import-people", "people.csv", "taken in", 0), ("import-accounts", "accounts.csv", "taken in", 0),
    ("snapshot save", "before", "snapshot", 0), ("snapshot list", "", "snapshots", 0),
    ("snapshot show", "before", "snapshot shown", 0), ("snapshot export", "before --to .", "snapshot file", 0),
    ("snapshot import", "before.toml", "snapshot read", 0), ("compare", "before now", "compare", 0),
    ("snapshot compare", "before now", "compare", 0), ("scenario branch", "'What if'", "branch", 0),
    ("scenario list", "", "scenarios", 0), ("scenario make", "'What if'", "outcome", 0),
    ("scenario close", "'What if'", "closed", 0), ("add", "'Quay map ~1 team:Web'", "outcome", 0),
    ("trade", f"Halvorsen --out Dispute --signature 'over ceiling: Priya: one deal' {SIGNED}", "outcome", 0),
    ("size", "'Quay map' 2 --team Web --problem 'no map'", "outcome", 0), ("drop", f"1 {SIGNED}", "outcome", 0),
    ("defer", "Supplier", "outcome", 0), ("decline", f"Supplier {SIGNED}", "outcome", 0),
    ("capacity", "Web=30", "outcome", 0), ("settle", "", "outcome", 0), ("fill", "--dry-run", "outcome", 0),
    ("baseline", "--by Jo", "outcome", 0), ("undo", "", "outcome", 0), ("redo", "", "outcome", 0),
    ("sort", "--by value --dry-run", "outcome", 0), ("rank", "2 --to 1", "outcome", 0),
    ("filters save", "mine is:planned", "filters", 0), ("filters drop", "mine", "filters", 0),
    ("commitments add", "3 --to Acme --due 2027-03-01", "outcome", 0),
    ("commitments take-back", f"3 {SIGNED}", "outcome", 0),
    ("memo", "team", "memo", 0), ("charter role", "Clerk --holder Jo", "changed", 0),
    ("charter grant", "'over ceiling' Clerk", "changed", 0), ("charter withdraw", "'over ceiling' Clerk", "changed", 0),
    ("charter principle", "'Ask first'", "changed", 0), ("charter set", "rate=4000", "changed", 0),
    ("charter owner", "Q Support", "changed", 0), ("charter version", "4.2 --back 1", "changed", 0),
    ("charter slice", "D --floor 8", "changed", 0), ("deal", "Halvorsen lost", "changed", 0),
    ("exceptions review", f"1 {SIGNED} --review 2027-06-30", "outcome", 0),
    ("exceptions clear", f"1 {SIGNED}", "outcome", 0),
    ("people add", "Bo --team Web", "outcome", 0), ("people change", "Bo --share 50", "outcome", 0),
    ("people leave", "Bo --from w6", "outcome", 0), ("people days", "Bo w7 -1", "outcome", 0),
    ("people remove", "Bo", "outcome", 0), ("people team", "Web --plain 30", "outcome", 0),
    ("people closed", "--from w7", "outcome", 1), ("people place", "Munich --country DE-BY", "outcome", 0),
    ("people together", "'team Web --heads 4' 'add Cy --team Web'", "outcome", 0),
    ("team add", "Yard Shed Pier", "outcome", 0),
    ("team rename", "Yard Quay", "outcome", 0), ("team merge", "Quay --into Pier", "outcome", 0),
    ("team remove", "Shed --to Platform", "outcome", 0), ("snapshot restore", "before", "snapshot restored", 1),
    ("progress", "3 --spent 1 --on 2027-01-08", "progress", 0), ("burn", "", "burn", 0),
    ("week", "", "week", 0),
    ("interrupt", "'1d Web: outage' --on 2027-01-08", "outcome", 0), ("interrupts", "", "interrupts", 0),
    ("look", "look.csv", "look", 0), ("report accounts", "", "report accounts", 0),
    ("report", "", "report", 0), ("revenue", "Acme expansion --amount 2k", "changed", 0),
    ("account-word", "Acme expansion --score 2 --because seats", "changed", 0),
    ("onboarding", "Acme signed --day 2026-01-05", "changed", 0),
    ("service-level", "Acme 'uptime 99.9%' --met no --miss-costs 20k", "changed", 0),
    ("report patterns", "", "report patterns", 0), ("report health", "", "report health", 0),
    ("charter persona", "Clerks", "changed", 0), ("report voices", "", "report voices", 0),
    ("health", "--role sales --score 2", "changed", 0),
    ("escalation", "Halvorsen --by CEO", "changed", 0),
    ("pilot", "Lane met --customers 3 --day 2025-09-26", "changed", 0),
    ("report month", "--since 2026-01-01", "report month", 0),
    ("backup", "--to safe.db", "backup", 0), ("restore", "", "backups", 0), ("demo", "", "demo", 0),
    ("share", "--private", "share", 0), ("practice", "", "practice", 0), ("practice deck", "", "deck", 0),
    ("practice check", "case.toml", "practice check", 1), ("practice drill", "", "drill", 0),
    ("practice new", "ours", "practice new", 0),
    ("practice start", "ferry --dir room --facilitate --as Ana", "play", 0),
    ("practice start", "ferry --dir play", "play", 0),
    ("practice next", "--db play/play.db", "play", 0), ("practice ask", "'seat map' --db play/play.db", "play", 0),
    ("practice show", "--db play/play.db", "play", 0), ("practice debrief", "--db play/play.db", "debrief", 0),
    ("practice tell", "sales --answer no --db play/play.db", "play", 0),
    ("practice lead", "--db room/play.db --as Ana", "play", 0),
    ("practice role", "sales --db room/play.db --as Ben", "play", 0),
    ("practice write", "Brandt 'A no?' --db room/play.db --as Ana", "play", 0),
    ("practice end", "--delete --db play/play.db", "play", 0),
)  # fmt: skip


def published() -> set[str]:
    """The commands that say they take ``--json``."""
    return {name for name, one in leaves(parser()) if any("--json" in action.option_strings for action in one._actions)}


def test_every_command_with_json_has_a_case() -> None:
    assert {name for name, _, _, _ in CASES} == published()


def test_every_answer_is_json_of_the_published_schema(
    db: Path, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    for name, words, kind, code in CASES:
        assert shell(*name.split(), *shlex.split(words), kind=kind, code=code), name


def test_every_refusal_is_json_of_the_published_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped option, of each of them; nothing is done, and standard error has the sentence."""
    for name in sorted(published()):
        assert main(["--db", str(tmp_path / "none.db"), *name.split(), "--nonsense", "--json"]) == 2
        out, err = capsys.readouterr()
        found = json.loads(out)
        validator("error").validate(found)
        assert err == f"makeroom: {found['error']}\n", name
    assert list(tmp_path.iterdir()) == []

"""Random commands of every kind that changes something: undone to the first state, and redone to the last.

A short one on push (about 5 s); with MAKEROOM_LONG=1 ten meetings of 300 commands.
"""

from __future__ import annotations

import os
import random
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest

from store.exports.content import hash_of_rows, numbered_rows
from store.records import Snapshot
from store.workspace.workspace import Workspace
from tests.tui.cli.command_lines import NAMES as EVERY
from tests.tui.cli.plan_commands import Commands, made, on

__all__ = ["made", "on"]

LONG = bool(os.environ.get("MAKEROOM_LONG"))
#: N is an item by its number, A, B and C are any of a few names, D is a number.
COMMANDS = """
add 'A of C ~D-D7-D9 #F'
add 'A of C ~2-3-5 #oneoff >C' --by Priya --because 'it pays' --sign
add 'A ~9-14-20 #F' --swap 1 --by Priya --because 'it pays' --sign
trade N --out N --by Priya --because 'it pays' --sign
trade N --sign --by Priya --because 'it pays'
trade N --way decline --by Priya --because 'no'
trade N --way pilot --field size=1-1.2-2 --field customers=4 --field test=use
size N 2-D3-D9
size N D4 --problem 'they wait' --sign --by Priya --because 'so it is'
drop N --by Jo --because 'nobody asked'
defer N
decline N --by Jo --because 'no'
capacity Payments=D0 --sign --by Priya --because 'so it is'
capacity --target D0 --sign --by Priya --because 'so it is'
settle --swap 1 --by Priya --because 'short'
fill
baseline --by Jo
undo
undo
redo
item N --owner C --due 2027-03-31 --value D
item N --above N
item N --needs N
item N --version 'A=0.5-1-2'
item N --pin contractual --pin-note 'A'
rank N N --top
sort --by priority
scenario branch 'A'
scenario branch 'A' --from baseline
scenario make 'A' --by Priya --because 'the deal came' --sign
scenario close 'A'
add 'B in A ~1-2-3' --scenario 'A'
drop N --because 'what if' --scenario 'A'
progress N --tenths D --on 2027-02-08
progress N --spent D --left 1-2-D9 --because 'counted anew' --on 2027-02-08
progress N --done --on 2027-02-08
interrupt 'Dd Payments: A >C' --on 2027-02-09
interrupts --remove D
close --as-estimated --unplanned Payments=D --yes
actuals --unplanned Payments=D --delivered Payments=1D
card N --problem 'auditors wait' --sponsor 'C'
card N --hidden support=0.5
exceptions clear D --by Priya --because 'it returns what it costs'
commitments add N --to C --due 2027-04-01
commitments take-back N --by Priya --because 'they agreed'
one-offs --platform 'report writer'
charter role 'A' --holder 'C'
charter set rate=D000
aims F=5D --others
slices 'type A=Q'
shirts M=1-2-D9
shirts XL=
rates points=D
rates --value rice
quarter --name 'B'
account C --arr D0000 --owner A --new
account C --merge-into 'A'
deal N won --amount D00k --day 2027-03-14
currency EUR --rate 0.9
people team Payments --heads D --focus 80 --interrupts 10 --sign --by Priya --because 'so it is'
people leave Ines --from 2027-02-08 --to 2027-02-12
team add 'A D people'
team rename Payments B
team rename B Payments
snapshot save 'A'
snapshot restore 'A' --yes --by Priya --because 'back' --sign
snapshot restore baseline --yes --by Priya --because 'back' --sign
compare now 'A' --take 1 --by Priya --because 'it pays' --sign
filters save 'A' 'team:Payments'
filters drop 'A'
items --where is:below --set priority=D
items --where 'team:Web is:below' --set owner=C
team merge Web --into Payments --signature 'under target: Marek: one team'
team remove Web --to Platform --signature 'under target: Marek: it is no more'
account C --rename 'A'
account C --apart
account-word C 'retention risk' --score 2 --because 'D00 asks'
account C --remove
onboarding C signed --day 2025-10-01
service-level C 'uptime' --met no --miss-costs D0k
pilot N missed --customers 1 --day 2025-09-26
escalation N --by CEO --to 'C'
revenue C expansion --amount D0k
revenue C churn --day 2027-02-08
outcome N --use D --validated y
review D --by Priya --because 'still so' --again 2027-05-01
report month --made
import items.csv
import-accounts accounts.csv
import-people people.csv --team Payments
import-history finished.csv --create-teams
look finished.csv --keep
look finished.csv --keep --rule type:Bug=F --accounts accounts.csv
snapshot export 'A' --to exported --overwrite
snapshot import exported/a.toml --yes --name 'B'
""".strip().splitlines()
#: Those that change nothing of what an undo takes back.
READING = {
    *(
        "accounts",
        "backup",
        "burn",
        "config",
        "date",
        "scenario list",
        "snapshot list",
        "snapshot show",
        "snapshot compare",
    ),
    *("decisions", "export", "facts", "frontier", "help", "levers", "memo", "odds", "plan", "status", "swaps"),
    *("health", "practice", "verify", "waits", "ways", "week", "where"),
}
#: What is taken in.
FILES = {
    "items.csv": "key,title,days,owner,customer\nX-1,From a file,6,Ada,Acme\nX-2,Another of it,9,,Nordlys\n",
    "accounts.csv": "name,arr,renews,segment\nAcme,120000,2027-05-01,retail\nNordlys,80000,,\nFresh one,1000,,\n",
    "people.csv": "name,team,from,to\nIngrid,Payments,,\nJo,,2027-02-01,2027-02-05\n",
    "finished.csv": "title,team,quarter,estimate,actual\nOne,Payments,Q1 2026,2,3\nTwo,New team,Q2 2026,4,3.5\n",
}
PEOPLE = ("Jo", "Acme", "Dana", "Nordlys")
NAMES = ("Audit log", "Slack digest", "Plan B", "Nordlys")


def content(workspace: Workspace) -> str:
    """Everything that an undo takes back, as one hash: snapshots stand apart from the plan, and stay."""
    return hash_of_rows(row for row in numbered_rows(workspace.load()) if row[0] is not Snapshot)


def at_random(chance: random.Random, words: str) -> list[str]:
    """A command line of these words."""
    for letter, values in (("A", NAMES), ("B", NAMES), ("C", PEOPLE)):
        words = re.sub(rf"\b{letter}\b", chance.choice(values), words)
    words = re.sub(r"\bN\b", lambda _: str(chance.randint(1, 70)), words)
    return shlex.split(re.sub(r"D(?![a-z])", lambda _: str(chance.randint(1, 9)), words))


def test_a_new_command_is_among_them() -> None:
    """Those below another command each by themselves, as the parsers have them."""
    changing = {
        " ".join(shlex.split(words)[: len(names)]) for words in COMMANDS for names in EVERY if _is(words, names)
    }
    assert not changing & READING
    assert changing | READING == set(map(" ".join, EVERY))


def _is(words: str, names: tuple[str, ...]) -> bool:
    return tuple(shlex.split(words)[: len(names)]) == names


@pytest.mark.parametrize("seed", range(10 if LONG else 1))
def test_everything_is_taken_back_and_done_again(
    on: Commands, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    on.lines("filters", "save", "the beginning", "F")
    start, worked = on.seq, Counter[str]()
    with Workspace.open(on.path) as workspace:
        first = content(workspace)
    order = [chance.choice(COMMANDS) for _ in range(300)] if LONG else chance.sample(COMMANDS, 20)
    for words in order:
        if words == "undo":
            with Workspace.open(on.path) as workspace:
                event = workspace.undo_event()
            if event is None or event.seq == start:
                continue
        line = at_random(chance, words)
        code, _, error = on.run(*line)
        assert code in (0, 1, 2, 3), (line, error)
        worked[line[0]] += code == 0
    # What was undone is not to be done again.
    on.lines("filters", "save", "the end", "F")
    with Workspace.open(on.path) as workspace:
        last, steps = content(workspace), 0
        while (event := workspace.undo_event()) is not None and event.seq != start:
            workspace.undo(expect=event.seq)
            steps += 1
        assert content(workspace) == first
        for _ in range(steps):
            assert workspace.redo() is not None
        assert content(workspace) == last
    assert last != first
    assert steps > (60 if LONG else 4)
    assert sum(count > 0 for count in worked.values()) > 5, worked

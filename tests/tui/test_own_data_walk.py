"""A stranger's own sixty rows, from an empty workspace to three requests, by keys in a real terminal and by commands.

Both make the same plan, to the last digit. With MAKEROOM_LONG=1 (about a minute).
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.trade.door import forecast_of
from store.records import Capacity, Customer, Item, Size, State, Team, Wait
from tests.tui.cli.shell import state_of
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.cli import main

TEAMS = {"Checkout": 26, "Catalog": 22, "Search": 18, "Mobile": 24, "Data": 20, "Platform": 30}
ACCOUNTS = {
    "Harbour Books": ("182500", "2027-02-14"),
    "Nordlicht Optik GmbH": ("96k", "2027-05-31"),
    "Tessera Tiles": ("$240,000", "2027-03-01"),
    "Wren & Daughters": ("58000", "2027-01-22"),
    "Quarry Cycles": ("", "2027-06-30"),
    "Fable Toys": ("131250", ""),
    "Osprey Outdoor": ("410000", "2027-03-28"),
    "Lumen Lamps": ("74400", "2027-09-15"),
}
TITLES = """Guest baskets; Gift cards; Voucher limits; Split deliveries; Tax at the border; Refund in part;
Stock by shelf; Bundle prices; Size charts; Photo zoom; Synonyms; Typing mistakes; Filters that
stay; Sort by margin; Empty results; Offline cart; Push on delivery; Dark icons; Barcode scan; Face
unlock; Cohort report; Late events; Churn flags; Stock forecast; Clean exports; Deploys in ten
minutes; Secrets rotation; Cheaper storage; Error budget; Two regions; Pay later; Saved cards; Order
notes; Address check; Invoices by mail; Supplier feed; Variant matrix; Price history; Image rights;
Category tree; Ranking by season; Search by picture; Popular terms; Facet counts; Recent searches;
Tablet layout; Wallet passes; Review by voice; Crash on rotate; Slow start; Attribution; Consent
log; Returns dashboard; Forecast by store; Warehouse sync; Queue limits; Base images; Login
throttling; Log costs; Disaster drill"""
SIZES = ("3d", "1w", "2-3-5 w", "M", "8 days", "1.5w", "S", "2w", "", "4-6-10 d")
REQUESTS = (
    'Loyalty stamps ~0.2-0.4-0.6 >"Harbour Books" team:Search #F',
    "Store pickup ~3-5-8 >Newfound arr:75k renews:2027-04-30 team:Checkout #F",
    'Mobile kiosk ~4-6-9 >"Tessera Tiles" $150k@50% team:Mobile #F',
)
#: Keys besides typed text, at most; it takes 47.
MOST = 60


def files(folder: Path) -> tuple[Path, Path]:
    """The backlog as somebody keeps it, and the accounts of its customers."""
    backlog, accounts = folder / "shop.csv", folder / "accounts.csv"
    names, teams = list(ACCOUNTS), list(TEAMS)
    with backlog.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Ref", "What", "Squad", "Prio", "Est", "For", "Value", "Resp"])
        for at, title in enumerate(" ".join(TITLES.split()).split("; ")):
            waiting = dict.fromkeys(names[(at * k) % 8] for k in range(1, at % 3 + 1))
            rows.writerow(
                [
                    f"SH-{at + 1}",
                    title,
                    teams[at // 5 % 6],
                    f"P{at * 5 % 4}",
                    SIZES[at * 7 % 10],
                    "; ".join(waiting),
                    10 + at * 37 % 80,
                    ("Mina", "Theo", "Ravi")[at % 3],
                ]
            )
    with accounts.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Account Name", "ARR", "Renewal Date"])
        rows.writerows([name, *told] for name, told in ACCOUNTS.items())
    return backlog, accounts


def by_commands(db: Path, backlog: Path, accounts: Path) -> None:
    """The whole meeting as commands."""

    def run(*words: str, code: int = 0) -> None:
        assert main(["--db", str(db), *words]) == code, words

    run("import", str(backlog))
    run("import-accounts", str(accounts))
    run("capacity", *(f"{name}={net}" for name, net in TEAMS.items()))
    run("sort", "--by", "value")
    run("capacity", "--target-for", "team")
    run("fill")
    run("baseline", "--by", "Mina")
    for line in REQUESTS[:2]:
        run("add", line)
    run("add", REQUESTS[2], "--swap", "1", "--by", "Mina", "--because", "the fair is in March")


class Hands:
    """Keys in a terminal, counted; typed text is not."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.pressed = terminal, 0

    def press(self, *keys: str, see: str = "") -> None:
        for key in keys:
            self.pressed += 1
            self.terminal.press(key)
        if see:
            self.terminal.until(see, seconds=60)

    def type(self, text: str) -> None:
        self.terminal.write(text)


def by_keys(terminal: Terminal, backlog: Path, accounts: Path) -> int:
    """The same by hand; how many keys it took."""
    hands = Hands(terminal)
    terminal.until("first", seconds=60)
    hands.press("i", see="file")
    hands.type(str(backlog))
    hands.press("enter", see="60 new")
    hands.press("I")
    terminal.until("c teams", seconds=60)
    hands.press("A", see="ccounts")
    hands.press("I")
    hands.type(str(accounts))
    hands.press("ctrl+s", see="410")
    hands.press("enter")
    terminal.until("known for 7 of 8", gone=("Accounts from a file",), seconds=60)
    hands.press("esc")
    hands.press("c", see="sets it")
    for at, net in enumerate(TEAMS.values()):
        if at:
            hands.press("down")
        hands.press("n")
        hands.type(str(net))
        hands.press("ctrl+s")
    hands.press("enter")
    hands.press("esc")
    hands.press("#", "s", see="value")
    hands.press("v")
    hands.press("s")
    hands.press("L", see="each team")
    hands.press("t")
    hands.press("f")
    hands.press("B", "b")
    for line in REQUESTS:
        hands.press("a")
        hands.type(line)
        hands.press("enter")
    # A swap says who waits for what it takes out, with what they pay a year.
    terminal.until("Harbour Books and Osprey Outdoor ($593k) wait", seconds=60)
    hands.press("1", "enter")
    hands.type("Mina")
    hands.press("enter")
    hands.type("the fair is in March")
    hands.press("enter")
    return hands.pressed


def told(state: State) -> Iterator[tuple[object, ...]]:
    """Each item with its place, size, team, draws and who waits with what revenue."""
    teams, customers = state.all(Team), state.all(Customer)
    for item in sorted(state.each(Item), key=lambda one: (one.state, one.rank, one.title)):
        waiting = {customers[row.customer_id] for row in state.each(Wait) if row.item_id == item.id}
        sizes = [row for row in state.each(Size) if row.item_id == item.id]
        yield (
            item.title,
            item.state,
            item.slice,
            item.priority,
            item.value,
            item.draw,
            item.baselined,
            sorted((teams[row.team_id].name, row.low, row.likely, row.high) for row in sizes),
            sorted((one.name, one.arr or -1.0, str(one.renews)) for one in waiting),
        )


@needs_a_pty
@pytest.mark.skipif(not os.environ.get("MAKEROOM_LONG"), reason="about a minute: MAKEROOM_LONG=1")
def test_keys_and_commands_make_the_same_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backlog, accounts = files(tmp_path)
    by_commands(tmp_path / "commands.db", backlog, accounts)
    capsys.readouterr()
    with Terminal(["--db", str(tmp_path / "keys.db")], 120, 40, environment(tmp_path)) as terminal:
        pressed = by_keys(terminal, backlog, accounts)
    assert pressed <= MOST
    keys, commands = state_of(tmp_path / "keys.db"), state_of(tmp_path / "commands.db")
    assert list(told(keys)) == list(told(commands))
    assert sum(1 for _ in told(keys)) == 63
    nets = [{state.all(Team)[row.team_id].name: row.net for row in state.each(Capacity)} for state in (keys, commands)]
    assert nets[0] == nets[1] == TEAMS
    odds = [forecast_of(state).odds for state in (keys, commands)]
    assert odds[0] == odds[1]

"""Trades that say by themselves whether they are whole: for tests that kill processes and break disks.

Each moves one item into the plan and another out of it, and writes the decision and its two lines: five rows, one
event. Whatever becomes of the process, the plan keeps its size, a decision its two lines, and an event its five rows.
"""

import json
import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from store.common.errors import StaleError
from store.database.verify import verify
from store.records import Command, Decision, Item, Move, Record, State
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put

PLANNED, BELOW = 6, 6
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
#: What one trade writes: table -> rows.
ROWS = {"decisions": 1, "items": 2, "moves": 2}


def make(path: Path) -> Path:
    """A workspace with a plan of six items and as many below it."""
    with fresh(path) as workspace:
        workspace.apply(
            put(
                *(item(-1 - n, state="plan" if n < PLANNED else "below") for n in range(PLANNED + BELOW)), label="items"
            )
        )
    return path


def trade(state: State, label: str, chance: random.Random) -> Command:
    """One in, one out, and the decision that says so."""
    into, out = (chance.choice([one for one in state.each(Item) if one.state == where]) for where in ("below", "plan"))
    records: list[Record] = [
        into.model_copy(update={"state": "plan", "note": label}),
        out.model_copy(update={"state": "below", "note": label}),
        Decision(id=-1, quarter_id=state.quarter.id, at=AT, kind="trade", title=label, item_id=into.id),
        Move(id=-2, decision_id=-1, item_id=into.id, kind="in", title=into.title, ew=1),
        Move(id=-3, decision_id=-1, item_id=out.id, kind="out", title=out.title, ew=1),
    ]
    return Command("trade", label, tuple(records))


def write(path: str, name: str, seed: int, say: Connection) -> None:
    """Trade until killed; each acknowledged one is said as (seq, label). Somebody else's change: look, once more."""
    chance = random.Random(seed)
    with Workspace.open(Path(path), actor=name) as workspace:
        state = workspace.load()
        number = 0
        while True:
            label = f"{name}-{seed}-{number}"
            try:
                applied = workspace.apply(trade(state, label, chance))
            except StaleError:
                state = workspace.load()
                continue
            say.send((applied.event.seq, label))
            state.apply(applied.changes)
            number += 1


def examine(path: Path, acknowledged: dict[int, str]) -> list[str]:
    """All that is wrong with a file of such trades, in words; read by SQLite alone, then by ``verify``."""
    wrong = []
    raw = sqlite3.connect(path)
    events = dict(raw.execute("SELECT seq, label FROM events WHERE kind = 'trade'").fetchall())
    touched: dict[int, Counter[str]] = {}
    for seq, table in raw.execute("SELECT event_seq, tbl FROM changes").fetchall():
        touched.setdefault(seq, Counter())[table] += 1
    decisions = Counter(title for (title,) in raw.execute("SELECT title FROM decisions").fetchall())
    lines = Counter(
        raw.execute("SELECT d.title, m.kind FROM moves m JOIN decisions d ON d.id = m.decision_id").fetchall()
    )
    (planned,) = raw.execute("SELECT count(*) FROM items WHERE state = 'plan'").fetchone()
    (running,) = raw.execute("SELECT count(*) FROM cur").fetchone()
    (highest,) = raw.execute("SELECT max(seq) FROM events").fetchone()
    last = raw.execute("SELECT after FROM changes WHERE tbl = 'items' ORDER BY id").fetchall()
    now = {number: (state, note) for number, state, note in raw.execute("SELECT id, state, note FROM items")}
    raw.close()
    lost = {seq: label for seq, label in acknowledged.items() if events.get(seq) != label}
    half = [seq for seq in events if touched.get(seq) != ROWS]
    if lost:
        wrong.append(f"acknowledged and lost: {lost}")
    if half or planned != PLANNED or running:
        wrong.append(f"half there: {half}, {planned} items planned, {running} running")
    if decisions != Counter(events.values()) or lines != Counter(
        (label, kind) for label in events.values() for kind in ("in", "out")
    ):
        wrong.append("the decisions and their lines are not those of the journal")
    # The last image of each item, in order of the journal, is the row.
    images = {row["id"]: (row["state"], row["note"]) for row in (json.loads(after) for (after,) in last)}
    if images != now:
        wrong.append("the items are not as the journal left them")
    if highest != len(events) + 2:
        wrong.append(f"a gap in the journal: {highest} is the last of {len(events) + 2}")
    report = verify(path, surroundings=False)
    wrong += [one.what for one in report.of("broken")]
    return wrong

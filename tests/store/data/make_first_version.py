"""How ``first_version.db.gz`` and ``first_version.json`` were made: by the code of commit 639dfcd, whose format is 2.

    git worktree add --detach OLD 639dfcd
    cd OLD && LOGNAME=Ana PYTHONPATH=. python NEW/tests/store/data/make_first_version.py NEW/tests/store/data

The demo, then a request traded in, a capacity change and its undo, a hidden round, the size it agreed on, and the
capacity changed again. What the old code says of it stands in the JSON file, beside which the present code is held.
"""

import gzip
import hashlib
import json
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
#: The plan, in columns that every format has.
PLAN = (
    "SELECT id, title, state, rank FROM items ORDER BY id",
    "SELECT item_id, team_id, low, likely, high FROM sizes ORDER BY item_id, team_id",
    "SELECT quarter_id, team_id, net FROM capacities ORDER BY quarter_id, team_id",
    "SELECT id, name, state, target FROM quarters ORDER BY id",
    "SELECT id, kind, title, odds_before, odds_after FROM decisions ORDER BY id",
    "SELECT item_id, team_id, at, who, likely, agreed FROM round_estimates ORDER BY id",
)


def plan_hash(path: Path) -> str:
    """SHA-256 of the plan's rows as JSON: read by SQLite alone."""
    raw = sqlite3.connect(path)
    rows = [raw.execute(query).fetchall() for query in PLAN]
    raw.close()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def main(folder: Path) -> None:
    """Make both files, with whatever version of the code is on the path."""
    from scenarios.figures.sizes import Range
    from scenarios.odds.hidden_round import Estimate, reveal
    from scenarios.trade.decision import Verdict, settle
    from scenarios.trade.door import Trade, forecast_of
    from scenarios.trade.proposals import propose_capacity, propose_item, propose_sizes
    from store.demo.demo import open_demo
    from store.records import Command, Item, Size
    from store.workspace.workspace import Workspace

    said: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "first.db"

        def look(workspace: Workspace, what: str) -> None:
            state = workspace.load()
            forecast = forecast_of(state)
            said[what] = {
                "plan": plan_hash(path),
                "odds": forecast.odds,
                "team_odds": sorted(forecast.team_odds.items()),
            }

        def decide(workspace: Workspace, proposal: object) -> None:
            state = workspace.load()
            trade, out = Trade.of(state, proposal, forecast_of(state)), []
            for candidate in trade.candidates:
                if trade.after(out).fits:
                    break
                out.append(candidate.entry)
            workspace.apply(settle(trade, out, Verdict("Ana", "it was asked for", AT)))

        with open_demo(path) as workspace:
            look(workspace, "demo")
            request = [one for one in workspace.load().each(Item) if one.state == "inbox"][-1]
            decide(workspace, propose_item(workspace.load(), request.id))
            look(workspace, "traded")
            decide(workspace, propose_capacity(workspace.load(), {1: 30.0}))
            workspace.undo()
            state = workspace.load()
            size = next(one for one in state.each(Size) if state.all(Item)[one.item_id].state == "plan")
            agreed = Range(size.likely + 1, size.low, (size.high or 0) + 2)
            people = [Estimate(who, Range(likely)) for who, likely in (("Ana", 2.0), ("Ben", 3.0), ("Chloé", 9.0))]
            lines = reveal(people).records(size.item_id, size.team_id, agreed, AT)
            workspace.apply(Command("round", "a hidden round", lines))
            sizes = {
                one.team_id: Range(one.likely, one.low, one.high)
                for one in state.each(Size)
                if one.item_id == size.item_id
            }
            decide(workspace, propose_sizes(workspace.load(), size.item_id, sizes | {size.team_id: agreed}))
            decide(workspace, propose_capacity(workspace.load(), {1: 41.5, 2: 48.25}))
            look(workspace, "end")
            said["events"] = [[one.seq, one.kind, one.label, one.undoes] for one in workspace.events()]
        (folder / "first_version.db.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        (folder / "first_version.json").write_text(
            json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The demo holds nothing that nobody else could enter: each kind of record in it is made elsewhere, too."""

import ast
from functools import cache
from pathlib import Path

from store.demo.demo import make_demo
from store.records import BY_TABLE, RECORDS
from tests.store.helpers import fresh

ROOT = Path(__file__).parents[3]
#: Where records come from that were there before: the demo itself, and frozen plans thawed and restored.
APART = ("store/demo/", "scenarios/snapshots/thaw.py", "scenarios/snapshots/restore.py", "store/records/")


@cache
def _written() -> list[tuple[str, ast.Call | ast.keyword | ast.Dict]]:
    """All calls, keywords and dicts outside of the demo, each with its file."""
    found = []
    for room in ("store", "scenarios", "tui"):
        for path in (ROOT / room).rglob("*.py"):
            where = path.relative_to(ROOT).as_posix()
            if not where.startswith(APART):
                nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                found += [(where, node) for node in nodes if isinstance(node, ast.Call | ast.keyword | ast.Dict)]
    return found


def _made() -> dict[str, set[str]]:
    """By kind, the files that make one or change one by its columns."""
    names, found = {kind.__name__ for kind in RECORDS}, {}
    for where, node in _written():
        if not isinstance(node, ast.Call):
            continue
        call = node.func
        if isinstance(call, ast.Attribute) and call.attr == "model_validate":
            call = call.value
        if isinstance(call, ast.Name) and call.id in names and (node.args or node.keywords):
            found.setdefault(call.id, set()).add(where)
    return found


def test_every_kind_of_record_in_the_demo_has_a_door(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        make_demo(workspace)
        tables = workspace.load().tables
    made, own = _made(), {BY_TABLE[table].__name__ for table, rows in tables.items() if rows}
    assert {"Customer", "DealEnd", "Request", "Card", "Person"} <= own
    assert sorted(kind for kind in own if not made.get(kind)) == []


def _given() -> set[str]:
    """The names of all fields that are given to something outside of the demo: by keyword, or as keys of a dict."""
    found = set()
    for _, node in _written():
        if isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Dict):
            found |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return found


def test_every_field_that_the_demo_fills_is_filled_elsewhere(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        make_demo(workspace)
        tables = workspace.load().tables
    filled = {
        f"{BY_TABLE[table].__name__}.{name}"
        for table, rows in tables.items()
        for row in rows.values()
        for name, field in type(row).model_fields.items()
        if getattr(row, name) != field.default
    }
    assert {"Item.value", "Card.renewal_arr", "Customer.renews", "Person.ramp_half"} <= filled
    given = _given() | {"id", "rev"}
    assert sorted(each for each in filled if each.partition(".")[2] not in given) == []
    assert "no_door_for_this" not in given


def test_what_is_made_nowhere_is_found_out():
    assert "scenarios/requests/deal_ends.py" in _made()["DealEnd"]
    assert "store/demo/cards.py" not in {where for files in _made().values() for where in files}

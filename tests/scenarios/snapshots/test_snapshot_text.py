"""A snapshot's TOML: a diff shows what was changed, and a broken file is told with line and key. About 6 s."""

import difflib
import random
import re

import pytest

from scenarios.snapshots import Frozen, file_from_toml, freeze, from_toml, to_toml, with_figures
from scenarios.snapshots.frozen import Label
from scenarios.snapshots.lines import locate
from store.common.errors import Refused
from store.records import Customer, Dependency, Item, Pin, Size, State
from tests.scenarios.making import NOON, add, add_item, planned, wait
from tests.scenarios.snapshots.snapshotting import copied, workspace


def room() -> State:
    state = planned([2.0, (1.0, 2.0, 4.0), {1: 1.5, 2: 2.5}], net=(30.0, 20.0))
    wait(state, 1, Customer(id=1, name="Acme", arr=400.0))
    add(state, state.all(Item)[2].model_copy(update={"source_key": "PAY-2", "note": "first\nsecond\n[items.x]"}))
    add(state, Dependency(id=1, item_id=3, needs_id=2))
    return state


def changed_tables(before: str, after: str) -> set[str]:
    """The headers of the tables that have any line which is not in the other text as it is here."""
    found = set()
    for text, sign in ((before, "-"), (after, "+")):
        table, tables = "", []
        for line in text.split("\n"):
            if re.match(r"\[+[^\]]+\]+$", line) and line != "[items.x]":
                table = line.strip("[]")
            tables.append(table)
        numbers = iter(tables)
        for line in difflib.ndiff(before.split("\n"), after.split("\n")):
            if line[0] in (" ", sign):
                table = next(numbers)
                if line[0] == sign:
                    found.add(table)
    return found


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (Item, {"title": "Renamed"}),
        (Item, {"note": "only\nthe second line"}),
        (Item, {"value": 17.25, "owner": "Jo", "slice": "Q"}),
        (Item, {"rank": 2.5}),
    ],
)
def test_a_changed_item_changes_its_own_lines_alone(record: type[Item], changes: dict[str, object]) -> None:
    state = room()
    before = to_toml(freeze(state))
    add(state, state.all(record)[2].model_copy(update=changes))
    tables = changed_tables(before, to_toml(freeze(state)))
    # Another slice is another mix; no other figure can have changed.
    assert tables - {"figures.mix"} == {"items.PAY-2"}
    assert ("figures.mix" in tables) == ("slice" in changes)


def test_another_size_changes_the_items_lines_and_the_figures() -> None:
    state = room()
    before = to_toml(freeze(state))
    add(state, state.all(Size)[302].model_copy(update={"likely": 5.0}))
    after = to_toml(freeze(state))
    assert changed_tables(before, after) <= {"items.draw-1003", "figures", "figures.mix"}
    added = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line.startswith("+ ")]
    assert '+     { team = "Web", likely = 5.0 },' in added


@pytest.mark.parametrize("field", ["size", "title", "slice", "value", "note", "pin"])
def test_in_a_file_one_item_changes_its_own_lines_alone(field: str) -> None:
    """For git: what follows from the items, such as odds and mix, is not written beside them."""
    state, label = room(), Label(name="plan", at=NOON)
    before = to_toml(freeze(state), label)
    item = state.all(Item)[3]
    if field == "size":
        add(state, state.all(Size)[302].model_copy(update={"likely": 5.0}))
    elif field == "pin":
        add(state, Pin(id=1, item_id=3))
    else:
        add(state, item.model_copy(update={field: {"title": "Other", "slice": "Q", "value": 7.0, "note": "x"}[field]}))
    assert changed_tables(before, to_toml(freeze(state), label)) == {"items.draw-1003"}


def test_an_item_that_swaps_ranks_changes_two_lines() -> None:
    state = room()
    before = to_toml(freeze(state)).split("\n")
    for number, rank in ((1, 2.0), (2, 1.0)):
        add(state, state.all(Item)[number].model_copy(update={"rank": rank}))
    after = to_toml(freeze(state)).split("\n")
    assert sorted(set(after) - set(before)) == []
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 2


def test_what_waits_for_another_item_or_is_in_no_plan_changes_nothing() -> None:
    state = room()
    before = to_toml(freeze(state))
    add_item(state, 9, 3.0, title="below", state="below")
    wait(state, 9, Customer(id=2, name="Bolt"))
    add(state, Pin(id=1, item_id=9))
    assert to_toml(freeze(state)) == before


def test_text_of_several_lines_reads_as_it_is() -> None:
    text = to_toml(freeze(room()))
    assert 'note = """\nfirst\nsecond\n[items.x]"""' in text


def test_a_file_says_who_took_it_and_the_order_of_its_tables_is_no_matter() -> None:
    frozen = freeze(room())
    label = Label(name="before", kind="asked", at=NOON, author="Ana", note="why\nso")
    text = to_toml(frozen, label)
    assert file_from_toml(text) == (frozen.model_copy(update={"figures": None}), label)
    assert to_toml(with_figures(file_from_toml(text)[0])) == to_toml(frozen)
    head, *tables = re.split(r"\n(?=\[)", text.replace("[items.x]", "items.x"))
    own = [table for table in tables if not table.startswith(("[figures", "[snapshot"))]
    random.Random(3).shuffle(own)
    rest = [table for table in tables if table.startswith(("[figures", "[snapshot"))]
    again = file_from_toml("\n".join([head, *own, *rest]) + "\n")[0]
    assert to_toml(with_figures(again)) == to_toml(frozen).replace("[items.x]", "items.x")


# ------------------------------------------------------------------ what is broken

GOOD = to_toml(freeze(room()))


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start))


BROKEN = [
    ('title = "item 1"', 'title = "item 1', "items.draw-1001", "title = "),
    ('title = "item 1"', "title = 5", "items.draw-1001.title", "title = 5"),
    ("likely = 2.0 },", 'likely = "2.0" },', "items.draw-1001.sizes.1.likely", '    { team = "Pay", likely = "2.0"'),
    ("likely = 2.0 },", "likely = nan },", "items.draw-1001.sizes.1.likely", '    { team = "Pay", likely = nan'),
    ("likely = 2.0 },", "likely = -1.0 },", "items.draw-1001.sizes.1.likely", '    { team = "Pay", likely = -1.0'),
    ("rank = 1.0", "rank = inf", "items.draw-1001.rank", "rank = inf"),
    ("rank = 1.0", "rank = 1.0\nrank = 2.0", "", "rank = 2.0"),
    ("rank = 1.0", "rang = 1.0", "items.draw-1001.ran", "rang"),
    ("target = 0.7", "target = 70", "target", "target"),
    ("[items.draw-1003]", "[items.draw-1001]", "", "[items.draw-1001]"),
    ("high = 4.0", "high = 1.5", "items.PAY-2.sizes.1", "    { team = "),
    ('    "Acme",', '    "Nobody",', "items.draw-1001.waits.1", '    "Nobody"'),
    ('team = "Web", likely = 2.5', 'team = "Ops", likely = 2.5', "items.draw-1003.sizes.2", '    { team = "Ops"'),
    ("number = 2", "number = 1", "teams.Web.number", "number = 1"),
    ("starts = 2027-01-01", "starts = 2027-13-01", "", "starts"),
    ('state = "draft"', 'state = "drift"', "quarter.state", "state"),
]


@pytest.mark.parametrize(("old", "new", "key", "start"), BROKEN)
def test_a_broken_line_is_told_with_file_line_and_key(old: str, new: str, key: str, start: str) -> None:
    good = GOOD.replace('name = "Q1"', 'name = "Q1"\nstate = "draft"')
    text = good.replace(old, new, 1)
    assert text != good
    with pytest.raises(Refused) as error:
        from_toml(text, "plan.toml")
    words = str(error.value)
    assert words.startswith("plan.toml, line ")
    if key:
        assert error.value.field.startswith(key)
        assert error.value.field in words
    line = text.split("\n")[(line_said(error.value) or 0) - 1]
    assert line.lstrip().startswith(start.lstrip()) or key == "items.draw-1001.ran", words


def line_said(error: Refused) -> int | None:
    """The line that a refusal names, if any."""
    said = re.match(r"plan\.toml, line (\d+)", str(error))
    return int(said[1]) if said else None


def read(text: str) -> Frozen | Refused:
    """What a text holds, or why it cannot be read."""
    try:
        return from_toml(text, "plan.toml")
    except Refused as error:
        return error


def test_a_file_cut_off_anywhere_is_told_so_or_is_a_plan_of_what_is_left() -> None:
    told = 0
    for end in range(0, GOOD.rindex("sizes"), 7):
        found = read(GOOD[:end])
        if isinstance(found, Refused):
            told += 1
            assert str(found).startswith("plan.toml")
            assert (line_said(found) or 1) <= GOOD[:end].count("\n") + 1
        else:
            assert found.items != freeze(room()).items
    assert told > 100


def test_what_is_newer_or_nothing_of_ours_is_told_so() -> None:
    with pytest.raises(Refused, match=r"plan\.toml was written by a newer makeroom \(schema 2.*update"):
        from_toml(GOOD.replace("schema = 1", "schema = 2\nnew = 3", 1), "plan.toml")
    for text in ("", "a = 1", "[tool.poetry]\nname = 'x'", "\0", "{}", "\ufeff"):
        with pytest.raises(Refused, match=r"plan\.toml"):
            from_toml(text, "plan.toml")
    assert from_toml("\ufeff" + GOOD) == from_toml(GOOD)


@pytest.mark.parametrize(
    "more",
    [
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 100_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 100_000) + "]",
        "x = " + "9" * 10_000,
        "x = 1e999999",
        "x = 2027-02-30",
        "x = '" + "a" * 1_000_000,
        "\n".join(f"[items.a{number}]" for number in range(400_000)),
        "items = {" + ",".join(f"a{number}={{}}" for number in range(60_000)) + "}",
    ],
    ids=(
        "arrays",
        "tables",
        "keys",
        "header",
        "digits",
        "exponent",
        "day",
        "string",
        "a million items",
        "inline items",
    ),
)
def test_absurd_files_are_refused_quickly_and_in_a_sentence(more: str) -> None:
    with pytest.raises(Refused) as error:
        from_toml(f'format = "makeroom snapshot"\nschema = 1\n{more}\n', "plan.toml")
    assert str(error.value).startswith("plan.toml")
    assert len(str(error.value)) < 1_000


def test_a_hand_edited_file_never_fails_otherwise() -> None:
    """A thousand random edits: a snapshot or a sentence."""
    chance = random.Random(11)
    text = to_toml(freeze(workspace(chance, most=6)))
    whole = 0
    for _ in range(1000):
        at, length = chance.randrange(len(text)), chance.choice((0, 1, 1, 5, 40))
        edit = chance.choice(("", "\n", '"', "[", "]", "=", "-1", "true", '"""', "x", "é", "\t", "1e400", "{", "[[a]]"))
        found = read(text[:at] + edit + text[at + length :])
        if isinstance(found, Refused):
            assert str(found).startswith("plan.toml")
            assert line_said(found) is None or 1 <= line_said(found) <= text.count("\n") + 3
        else:
            whole += 1
    assert 50 < whole < 950


def test_lines_are_found_past_text_that_looks_like_tables() -> None:
    text = 'a = """\n[b]\nc = 1\n"""\n[b]\nc = 2 # """\n[[d]]\nx = 1\n[[d]]\n"x y" = 2\n[d.e]\nf = 3\n'
    assert locate(text, ("b", "c")) == 6
    assert locate(text, ("d", 1, "x y")) == 10
    assert locate(text, ("d", 1, "e", "f")) == 12
    assert locate(text, ("b", "nothing")) == 5
    assert locate(text, ("nothing",)) is None


def test_the_state_is_not_changed_by_freezing() -> None:
    state = room()
    before = copied(state)
    freeze(state)
    assert state.tables == before.tables

"""What the list of plans does with snapshots: save one, look at it, go back to it."""

from __future__ import annotations

from scenarios.compare import compare, side_now, side_of
from scenarios.figures.sizes import format_ew
from scenarios.snapshots import (
    Frozen,
    Restoring,
    file_from_toml,
    frozen_of,
    restore,
    snapshot_record,
    to_toml,
    with_figures,
)
from scenarios.snapshots.item_matches import match_items
from scenarios.snapshots.record import label_of
from scenarios.trade import changes
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.verdict.settlement import Question, RoomDecision
from store.common.errors import Refused, StoreError
from store.database.places import expanded
from store.records import Command, Snapshot
from store.sidecars.snapshot_files import file_name, read_snapshot_file, write_snapshot_file
from tui.dialogs.form import Field, Form
from tui.dialogs.report import Report
from tui.flows.files import field_to_read, hand_out, served, to_read
from tui.flows.host import Host
from tui.flows.plain_flow import ask_plain
from tui.forms.plans import SAVE
from tui.session.meeting_snapshots import save_before_restore, save_snapshot
from tui.trade.trade_flow import open_sheet, settle_trade


async def save(board: Host) -> bool:
    """Freeze the plan on the board, under a name."""
    try:
        answer = await ask_plain(board, SAVE, lambda: board.session.state)
        if answer is None:
            return True
        row = save_snapshot(board.session, *answer)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return True
    board.tell(f"“{row.name}” is saved.")
    return True


async def look(board: Host, snapshot: Snapshot) -> bool:
    """What a snapshot says that is not so now."""
    frozen = _frozen(board, snapshot)
    if frozen is None:
        return True
    lines = _differences(board, frozen)
    await board.ask(Report(f"“{snapshot.name}”, beside the plan on the board", lines, "back"))
    return True


async def restore_asked(board: Host, snapshot: Snapshot) -> bool:
    """Go back to a snapshot, after a look at what changes; through the door."""
    frozen = _frozen(board, snapshot)
    if frozen is None:
        return True
    found = _restoring(board, frozen, snapshot.name)
    if found is None:
        return True
    if found.nothing:
        board.tell(f"The plan is as in “{snapshot.name}” already.")
        return True
    seen = board.session.state.seq
    lines = _differences(board, frozen, back=True)
    lines += [f"not here any more, and left out: {title}" for title in found.unmatched] + list(found.notes)
    if not await board.ask(Report(f"Restore “{snapshot.name}”: what changes", lines, "restores it")):
        return True
    if board.session.state.seq != seen:
        board.tell("The plan changed meanwhile: look at what differs now, then repeat.", severity="warning")
        return True
    save_before_restore(board.session)
    board.propose(found.proposal, f"“{snapshot.name}” restored")
    return False


async def restore_here(board: Host, snapshot: Snapshot) -> None:
    """Begin a scenario with a snapshot: the plan as it was is its first own step, at whatever odds that had."""
    frozen = _frozen(board, snapshot)
    found = None if frozen is None else _restoring(board, frozen, snapshot.name)
    if found is None or found.nothing:
        return
    session = board.session
    trade = Trade.of(session.state, found.proposal, session.now.forecast)
    because = f"the scenario begins with the snapshot “{snapshot.name}”"
    question = Question.of(trade)
    if trade.fits and question.step == "sign":
        open_sheet(board, trade, typed={"because": because}, question=question)
        return
    decision = RoomDecision(Verdict("", because, changes.now()))
    settle_trade(board, question, decision, f"“{snapshot.name}” restored")


async def export_one(board: Host, snapshot: Snapshot) -> bool:
    """Write a snapshot as a TOML file into a folder."""
    frozen = _frozen(board, snapshot)
    if frozen is None:
        return True
    if served():
        text = to_toml(frozen, label_of(snapshot))
        board.tell(hand_out(board, file_name(snapshot.name), text))
        return True
    values = await board.ask(
        Form(
            f"Export “{snapshot.name}”",
            (Field("folder", "folder", hint="~/plans, for one: a folder under version control shows what changes"),),
            "A text file made for reading and comparing. A file of another snapshot is never written over.",
            enter="export it",
        )
    )
    if values is None:
        return True

    def older(text: str) -> bool:
        try:
            label = file_from_toml(text)[1]
        except Refused:
            return False
        return label is not None and label.name == snapshot.name

    try:
        folder = expanded(values["folder"].strip() or ".")
        path = write_snapshot_file(folder, snapshot.name, to_toml(frozen, label_of(snapshot)), own=older)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return True
    board.tell(f"Written: {path}")
    return True


async def import_one(board: Host) -> bool:
    """Take a snapshot from a file into the list, after a look at how it differs; the plan stays as it is."""
    values = await board.ask(
        Form(
            "Import a snapshot",
            (field_to_read("path", "a snapshot's .toml file"),),
            enter="read it",
        )
    )
    if values is None:
        return True
    session = board.session
    try:
        path = to_read(values["path"].strip())
        frozen, label = file_from_toml(read_snapshot_file(path), path.name)
        frozen = with_figures(frozen)
        name = label.name if label is not None else path.stem
        note = label.note if label is not None else ""
        author = label.author if label is not None else session.workspace.actor
        row = snapshot_record(session.state, frozen, name, "imported", at=changes.now(), author=author, note=note)
    except Refused as error:
        board.tell(str(error), severity="error")
        return True
    lines = _differences(board, frozen)
    known = match_items(frozen, session.state)
    lines += [f"not known here: “{one.title}”" for key, one in frozen.items.items() if key not in known]
    if await board.ask(Report(f"“{row.name}”, beside the plan on the board", lines, "keeps it as a snapshot")):
        try:
            session.keep(Command("snapshot", f"snapshot “{row.name}” imported", (row,)))
        except StoreError as error:
            board.tell(str(error), severity="error")
    return True


def _frozen(board: Host, snapshot: Snapshot) -> Frozen | None:
    try:
        return frozen_of(snapshot)
    except Refused as error:
        board.tell(str(error), severity="error")
        return None


def _restoring(board: Host, frozen: Frozen, name: str) -> Restoring | None:
    try:
        return restore(board.session.state, frozen, f"“{name}” restored")
    except Refused as error:
        board.tell(f"“{name}” cannot be restored: {error}.", severity="warning")
        return None


def _differences(board: Host, frozen: Frozen, *, back: bool = False) -> list[str]:
    """What differs, an item a line; ``back`` tells it as what would change now."""
    session = board.session
    now = side_now(session.state, session.now.forecast)
    then = side_of("then", frozen, now)
    found = compare((now, then)).differences
    words = {"only a": "goes below the line" if back else "in plan now, not then"}
    words["only b"] = "comes in" if back else "in plan then, not now"
    lines = []
    for each in found:
        if each.kind in words:
            lines.append(f"{words[each.kind]}: “{each.title}”, {format_ew(each.ew)} ew")
        elif each.takes:
            lines.append(f"{each.title}: {each.words}" if each.title else each.words)
    return lines or ["Nothing differs."]

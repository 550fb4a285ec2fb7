"""What the decision log and the memos look like; see test_looks.py. About ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from store.demo.demo import make_demo
from store.records import Command, Decision, Item, Move, Record, new_id
from store.records.negotiation import DecisionDetail, DecisionOption, SignedTerms
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing import themes
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
AT = datetime(2026, 12, 17, 10, tzinfo=UTC)
#: Days before, the item, its kind of decision, who decided, why, and what spoke against it.
SAID = (
    (7, "Dark mode", "decline", "Jo Field", "nobody asked twice", ""),
    (7, "Umbra: branded tracking page", "defer", "CPO", "", "Ben: they wait since May"),
    (
        0,
        "Export the audit log as CSV",
        "trade",
        "Eva Lind",
        "wedge into the regulated segment",
        "Ana: no spike",
    ),
    (0, "Embeddable tariff calculator", "drop", "Eva Lind", "the partner does it", ""),
)


def decided(workspace: Workspace) -> None:
    """The demo, and two meetings in it."""
    make_demo(workspace)
    state = workspace.load()
    items = {item.title: item for item in state.each(Item)}
    out = items["Saved searches and alerts"]
    for number, (days, title, kind, by, because, dissent) in enumerate(SAID):
        item, at = items[title], AT - timedelta(days=days, minutes=-10 * number)
        made = {"id": new_id(), "quarter_id": state.quarter.id, "at": at, "kind": kind, "title": title}
        made |= {"item_id": item.id, "decided_by": by, "because": because, "odds_before": 0.74, "odds_after": 0.71}
        row = Decision.model_validate(made)
        detail = {"id": new_id(), "decision_id": row.id, "dissent": dissent, "asked_by": "sales-east"}
        detail |= {"load_before": 49.5, "load_after": 50.0, "one_offs_before": 0.07, "one_offs_after": 0.04}
        puts: list[Record] = [row]
        if kind == "trade":
            detail |= {
                "present": "Eva Lind, Jo Field, Ben",
                "review": date(2027, 3, 31),
                "conditions": "not before May",
            }
            puts += [
                Move(id=new_id(), decision_id=row.id, item_id=item.id, kind="in", title=title, ew=3.0),
                Move(id=new_id(), decision_id=row.id, item_id=out.id, kind="out", title=out.title, ew=2.0),
                DecisionOption(
                    id=new_id(), decision_id=row.id, title=out.title, chosen=True, odds=0.71, ew=2.0, arr=110_000.0
                ),
                DecisionOption(id=new_id(), decision_id=row.id, title="Bulk export", odds=0.7, ew=2.5, arr=1.24e6),
                SignedTerms.model_validate(
                    {
                        "id": new_id(), "decision_id": row.id, "right": "over ceiling", "name": "Eva Lind",
                        "reason": "key account", "at": at, "figure": 0.12, "bound": 0.1,
                    }
                ),
            ]  # fmt: skip
        workspace.apply(Command(kind, title, (*puts, DecisionDetail.model_validate(detail))))


@pytest.fixture(autouse=True)
def _decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is looked at here, something was decided."""
    monkeypatch.setattr(test_looks, "make_demo", decided)


class TestLog:
    def test_narrow(self, look: Look) -> None:
        """80x24: what was decided by whom, searched."""
        assert look("h", "slash", "=sales", "enter", "down", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: who asked and decided, what spoke against it, when it is looked at again."""
        assert look("h", "down")

    def test_opened(self, look: Look) -> None:
        """80x24, for a lit room: one decision in full."""
        assert look("h", "down", "enter", size=NARROW, theme=themes.LIGHT)


class TestMemo:
    def test_narrow(self, look: Look) -> None:
        """80x24 without colours: for executives."""
        assert look("m", "2", size=NARROW, colour_mode=ColourMode.NONE)

    def test_normal(self, look: Look) -> None:
        """120x40: for the team."""
        assert look("m")

    def test_wide(self, look: Look) -> None:
        """200x60: the meeting before, for executives."""
        assert look("m", "2", "left", size=WIDE)

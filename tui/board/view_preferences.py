"""The board's table as this person wants it: read when it comes up, kept when it is changed."""

from __future__ import annotations

from dataclasses import replace

from store.common.errors import StoreError
from store.sidecars.preferences import load_preferences, save_preferences
from tui.plan_view.chosen_columns import COLUMNS
from tui.plan_view.groups import GROUPS
from tui.plan_view.plan_table import PlanTable


def take_preferences(plan: PlanTable) -> str:
    """Set group and columns as they are kept; a sentence where they cannot be read."""
    try:
        found = load_preferences()
    except StoreError as error:
        return str(error)
    plan.group = found.group if found.group in GROUPS else ""
    plan.columns = None if found.columns is None else tuple(name for name in found.columns if name in COLUMNS)
    return ""


def keep_preferences(plan: PlanTable) -> None:
    """Keep group and columns as they are now; saved filters stay. Raises :class:`StoreError`."""
    columns = None if plan.columns is None else tuple(plan.columns)
    save_preferences(replace(load_preferences(), group=plan.group, columns=columns))

"""The board's table as this person wants it: read when it comes up, kept when it is changed."""

from __future__ import annotations

from dataclasses import replace

from store.common.errors import StoreError
from store.sidecars.preferences import load_preferences, save_preferences
from tui.plan_view.chosen_columns import COLUMNS
from tui.plan_view.groups import GROUPS
from tui.plan_view.pie import Pie
from tui.plan_view.plan_table import PlanTable


def take_preferences(plan: PlanTable, pie: Pie) -> str:
    """Set group, columns, preview and patterns as they are kept; a sentence where they cannot be read."""
    try:
        found = load_preferences()
    except StoreError as error:
        return str(error)
    plan.previewing, pie.patterns = found.preview, found.patterns
    plan.group = found.group if found.group in GROUPS else ""
    plan.columns = None if found.columns is None else tuple(name for name in found.columns if name in COLUMNS)
    return ""


def keep_preferences(plan: PlanTable) -> None:
    """Keep group and columns as they are now; the rest stays. Raises :class:`StoreError`."""
    columns = None if plan.columns is None else tuple(plan.columns)
    save_preferences(replace(load_preferences(), group=plan.group, columns=columns))


def keep_look(*, theme: str | None = None, patterns: bool | None = None, preview: bool | None = None) -> str:
    """Keep what was just chosen of the look; a sentence where that cannot be."""
    try:
        found = load_preferences()
        save_preferences(
            replace(
                found,
                theme=found.theme if theme is None else theme,
                patterns=found.patterns if patterns is None else patterns,
                preview=found.preview if preview is None else preview,
            )
        )
    except StoreError as error:
        return f"This is not kept for the next time: {error}"
    return ""

"""Jira's CSV export, of Cloud and of Server, "current fields" and "all fields".

Columns repeat where a field has several values (Labels, Sprint, Comment). Times are in seconds. Links are in columns
such as ``Inward issue link (Blocks)``: the issues there block this one. A parent is named by its key in new exports,
by its number (``Parent id``) in older ones, and an epic by ``Custom field (Epic Link)``.
"""

from store.imports.columns import Dialect
from store.imports.formats.format import Tabular

FORMAT = Tabular(
    Dialect(
        "jira",
        "a Jira export",
        {
            "key": ("issue key", "work item key", "key"),
            "customer": ("organizations", "customers", "customer"),
            "team": ("team", "team name"),
        },
        seconds="seconds",
    ),
    needs=(frozenset({"issue key", "work item key", "key"}), frozenset({"summary"})),
    # Cloud calls an issue a work item since 2025.
    tells=frozenset(
        {
            "issue key",
            "issue id",
            "issue type",
            "project key",
            "component s",
            "reporter",
            "resolution",
            "work type",
            "work item key",
            "work item id",
        }
    ),
)

"""Linear's CSV export: estimates are points of the team's scale, labels stand in one cell."""

from store.imports.columns import Dialect
from store.imports.formats.format import Tabular

FORMAT = Tabular(
    Dialect(
        "linear",
        "a Linear export",
        {
            "key": ("id",),
            "points": ("estimate",),
            "component": ("project",),
            "parent": ("parent issue",),
            "customer": ("customers", "customer"),
        },
    ),
    needs=(frozenset({"id"}), frozenset({"title"}), frozenset({"team"}), frozenset({"status"})),
    tells=frozenset({"cycle number", "parent issue", "triaged", "project milestone", "initiatives", "sla status"}),
    english=True,
)

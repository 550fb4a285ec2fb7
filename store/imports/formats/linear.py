"""Linear's CSV export: estimates are points of the team's scale, labels stand in one cell."""

from store.imports.columns import Dialect
from store.imports.formats.format import Tabular

#: What a table of one's own has not: its other columns are anybody's, and its estimate may be weeks.
_OWN = frozenset(
    (
        *("cycle number", "cycle name", "parent issue", "triaged", "project id", "project milestone", "initiatives"),
        *("sla status", "creator", "canceled", "completed", "roadmaps"),
    )
)

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
    needs=(frozenset({"id"}), frozenset({"title"}), frozenset({"team"}), frozenset({"status"}), _OWN),
    tells=frozenset({"cycle number", "parent issue", "triaged", "project milestone", "initiatives", "sla status"}),
    english=True,
)

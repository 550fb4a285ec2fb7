"""The arguments of the commands for many items at once: list, edit, sort, move, and saved filters."""

from __future__ import annotations

from scenarios.items.terms import HINT, SORT_KEYS
from tui.cli.parser import Commands, Parser, later, make, make_working, within
from tui.cli.trade.arguments import add_way


def add_ranking(commands: Commands) -> None:
    """``makeroom items``, ``sort``, ``rank`` and ``filters``."""
    one = make_working(
        commands,
        "items",
        "items.item_list",
        "List items, those that a filter keeps; with --set, edit all of them in one step that undo takes back. A "
        f"filter is what / takes in the app: {HINT}.",
        "  makeroom items --where 'team:Pay is:unsized'\n"
        "  makeroom items --where 'customer:Northwind value>5' --json\n"
        "  makeroom items --where 'is:unsized priority:none' --set owner=Ana --set priority=P2\n"
        "  makeroom items --filter 'my team' --set team=Core --dry-run",
    )
    _add_which(one)
    one.add_argument(
        "--set",
        dest="wanted",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="slice, team, owner, value or priority of all of them; an empty value clears; may be repeated",
    )
    one.add_argument("--dry-run", action="store_true", help="only say what it would do")
    add_way(one)
    one = make_working(
        commands,
        "sort",
        "items.ranking",
        "Sort the plan and the backlog once: ranks change, and what is in plan stays in plan. What has no figure comes "
        "last, ties keep their order; one step, which undo takes back.",
        "  makeroom sort --by priority\n"
        "  makeroom sort --by value-per-week --dry-run\n"
        "  makeroom sort --by due --where team:Pay",
    )
    one.add_argument("--by", required=True, metavar="COLUMN", help=", ".join(SORT_KEYS))
    one.add_argument("--backwards", action="store_true", help="in reverse")
    one.add_argument("--dry-run", action="store_true", help="only say what it would do")
    _add_which(one)
    one = make_working(
        commands,
        "rank",
        "items.ranking",
        "Move items in rank together, in the order that they have, on their side of the line.",
        "  makeroom rank 'Slack digest' 'Dark mode' --top\n"
        "  makeroom rank 23 --to 5\n"
        "  makeroom rank --where 'customer:Northwind' --above 'Saved views'",
    )
    one.add_argument("items", nargs="*", metavar="ITEM", help="titles, keys or numbers; or --where")
    _add_which(one)
    places = one.add_mutually_exclusive_group(required=True)
    places.add_argument("--top", action="store_true", help="to the first place")
    places.add_argument("--bottom", action="store_true", help="to the last place")
    places.add_argument("--to", type=int, metavar="N", help="to place N, 1 the first")
    places.add_argument("--above", metavar="ITEM", help="the places before that one")
    places.add_argument("--below", metavar="ITEM", help="the places after that one")
    top = make(
        commands,
        "filters",
        "Filters that were saved by name, for / in the app and --filter here; they are yours, on all workspaces.",
        "  makeroom filters\n"
        "  makeroom filters save 'my team' 'team:Pay is:unsized'\n"
        "  makeroom filters drop 'my team'",
    )
    top.later = lambda: _add_filters(top)
    top.set_defaults(run=later("items.saved_filters", "listing"))


def _add_filters(top: Parser) -> None:
    own = within(top)
    one = own(
        "save",
        "Save a filter under a name.",
        "  makeroom filters save 'my team' team:Pay",
        "items.saved_filters",
        "save",
    )
    one.add_argument("name", metavar="NAME", help="what it is called")
    one.add_argument("where", metavar="FILTER", help=HINT)
    one = own("drop", "Drop a saved filter.", "  makeroom filters drop 'my team'", "items.saved_filters", "drop")
    one.add_argument("name", metavar="NAME", help="what it is called")


def _add_which(one: Parser) -> None:
    one.add_argument("--where", metavar="FILTER", help="the items that this keeps: as / in the app")
    one.add_argument("--filter", dest="saved", metavar="NAME", help="the items that a saved filter keeps")

"""The keys of the trade sheet; those of the board that mean something else while it is open stand in the help."""

from __future__ import annotations

from tui.widgets.keys import Key, Keys

# fmt: off
TRADE = Keys(
    "The trade sheet",
    *(Key(f"trade.pick{at}", str(at), f"Swap {at}", f"pick({at})") for at in range(1, 10)),
    Key("trade.other", "tab", "Between swaps and items", "other",
        help="to the items below the swaps, and back"),
    Key("trade.mark", "space", "Mark", "mark", bar="mark",
        help="mark what gives way; again: its first version; again: it stays"),
    Key("trade.confirm", "enter", "Confirm", "confirm", bar="confirm",
        help="confirm, once the odds reach the target"),
    Key("trade.next", "n", "Next best", "next_best", bar="next best", help="next best"),
    Key("trade.sort", "s", "Sort the swaps", "sort", help="sort the swaps by another criterion"),
    Key("trade.sign", "exclamation_mark", "Sign over-commit", "sign", bar="sign",
        help="sign an over-commit: a name and a reason, shown until it is cleared"),
    Key("trade.below", "b", "Below the line", "leave_by('below')", bar="below the line",
        help="a request: below the line (good, not now)"),
    Key("trade.decline", "N", "Decline", "leave_by('decline')", bar="decline",
        help="a request: decline with a reason"),
    Key("trade.open", "o", "Ways out; leave as open shortfall", "leave_by('open')", bar="ways out",
        help="a request: ways out besides yes and no (a pilot, a partner, a later quarter…); lost capacity or a bigger"
             " estimate: leave it as an open shortfall"),
    Key("trade.way", "W", "Way out of the item on the cursor", "leave_by('way')", bar="way out of the row",
        flow="trade.ways_out_flow.take_way_out",
        help="ways out for the planned item on the cursor; marking it takes that back"),
    Key("trade.back", "escape", "Back", "back", bar="back, nothing changed",
        help="back, nothing changed"),
)
VERDICT = Keys(
    "The verdict",
    Key("verdict.next", "down,tab", "Next line", "go(1)",
        help="in the verdict: signatures, purse, who was there, dissent, conditions, review,"
             " a principle that it breaks"),
    Key("verdict.before", "up,shift+tab", "Line before", "go(-1)"),
)

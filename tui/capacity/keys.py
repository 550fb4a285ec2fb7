"""The keys of the capacity screen: what they run, what is shown of them, and the long list."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.capacity.grid import KEY
from tui.widgets.key_bar import Hint

BINDINGS: list[BindingType] = [
    Binding("minus", "half_day(-1)", "Half a day less", id="capacity.less"),
    Binding("plus", "half_day(1)", "Half a day more", id="capacity.more"),
    Binding("v", "ask('leave')", "Leave over days", id="capacity.leave"),
    Binding("o", "on_call", "On call this week", id="capacity.on_call"),
    Binding("J", "ask('joins')", "Joins on a day", id="capacity.joins"),
    Binding("x", "leaves", "Leaves the team from this week", id="capacity.leaves"),
    Binding("p", "ask('person')", "Add a person", id="capacity.person"),
    Binding("e,s", "ask('edit')", "Name, share, place", id="capacity.edit"),
    Binding("d,delete", "remove", "Take a person out", id="capacity.remove"),
    Binding("H", "ask('heads')", "How many people", id="capacity.heads"),
    Binding("f", "ask('focus')", "Focus and interrupts", id="capacity.focus"),
    Binding("C", "ask('closure')", "Closed days", id="capacity.closure"),
    Binding("P", "ask('places')", "Places and public holidays", id="capacity.places"),
    Binding("n", "ask('plain')", "A plain net of the team", id="capacity.plain"),
    Binding("N", "ask('team')", "A new team", id="capacity.team"),
    Binding("r", "ask('reason')", "Why", id="capacity.reason"),
    Binding("I", "ask('import')", "Import people and leave", id="capacity.import"),
    Binding("u,ctrl+z", "undo", "Undo in the draft", id="capacity.undo"),
    Binding("t,tab", "part", "Targets, or people", id="capacity.part"),
    Binding("left,h", "shift(-1)", "A point less", show=False, id="capacity.left"),
    Binding("right,l", "shift(1)", "A point more", show=False, id="capacity.right"),
    Binding("shift+left", "shift(-5)", "Five points less", show=False, id="capacity.far_left"),
    Binding("shift+right", "shift(5)", "Five points more", show=False, id="capacity.far_right"),
    Binding("space", "mark", "Take from this one alone", show=False, id="capacity.mark"),
    Binding("equals_sign", "even", "Bring to 100; count anew", show=False, id="capacity.even"),
    Binding("enter", "confirm", "Confirm", id="capacity.confirm"),
    Binding("question_mark,f1", "help", "Keys", id="capacity.help"),
    Binding("escape", "leave", "Back to the board", id="capacity.leave_screen"),
]

_PEOPLE = (
    Hint("- +", "half a day"),
    Hint("v", "leave", "ask('leave')"),
    Hint("x", "leaves", "leaves"),
    Hint("J", "joins", "ask('joins')"),
    Hint("o", "on call", "on_call"),
    Hint("p", "person", "ask('person')"),
    Hint("e", "share, place", "ask('edit')"),
    Hint("H", "heads", "ask('heads')"),
    Hint("f", "focus", "ask('focus')"),
    Hint("r", "why", "ask('reason')"),
    Hint("t", "targets", "part"),
    Hint("?", "all keys", "help"),
)
_TARGETS = (
    Hint("← →", "a point"),
    Hint("shift", "five"),
    Hint("space", "take from this one", "mark"),
    Hint("=", "to 100", "even"),
    Hint("r", "why", "ask('reason')"),
    Hint("t", "people", "part"),
    Hint("?", "all keys", "help"),
)
_ESC = Hint("esc", "back", "leave")
_CONFIRM = (Hint("enter", "confirm", "confirm"), Hint("u", "undo", "undo"))


def hints(on_targets: bool, changed: bool) -> tuple[Hint, ...]:
    """The keys that matter now."""
    part = _TARGETS if on_targets else _PEOPLE
    return (*(_CONFIRM if changed else ()), *part, _ESC)


HELP = (
    f"{KEY}   a team's line: net engineer-weeks by week; below it its load, the line is its net",
    "",
    "↑ ↓ ← →, h j k l    a week of a person; page up and down, home and end; or a click",
    "-  +                half a day less or more in that week (of a plain team: of its net)",
    "v                   leave over days; o on call that week, again: not",
    "J  x                joins on a day, with ramp-up; leaves the team from that week on, again: stays",
    "p  e  d             add a person; name, share, place and days; take out",
    "H  f                how many people; focus and interrupts of the team",
    "C  P                closed days; places and their public holidays, on or off",
    "n  N                a plain net instead of people; a new team",
    "=                   count anew what the people give, where the stored net is another",
    "r                   why: the reason goes with the decision",
    "I                   people and leave from a file",
    "u                   undo in the draft",
    "t tab               the odds target and the aims of the slices, and back",
    "  ← →               a point less or more, with shift five: the others give it, or take it",
    "  space             take from, and give to, this one alone;  = brings aims that are off to 100",
    "enter               confirm: what fits is written, what does not opens the trade sheet",
    "esc                 back; a draft with changes asks once",
)

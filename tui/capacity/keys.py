"""The keys of the capacity screen: what they run, what is shown of them, and the long list."""

from __future__ import annotations

from tui.capacity.grid import KEY, CapacityGrid
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable

CAPACITY = Keys(
    "Capacity",
    Key("capacity.less", "minus", "Half a day less", "half_day(-1)"),
    Key("capacity.more", "plus", "Half a day more", "half_day(1)"),
    Key("capacity.leave", "v", "Leave over days", "ask('leave')", bar="leave"),
    Key("capacity.on_call", "o", "On call this week", "on_call", bar="on call"),
    Key("capacity.joins", "J", "Joins on a day", "ask('joins')", bar="joins"),
    Key("capacity.leaves", "x", "Leaves the team from this week", "leaves", bar="leaves"),
    Key("capacity.person", "p", "Add a person", "ask('person')", bar="person"),
    Key("capacity.edit", "e,s", "Name, share, place; a team's name", "ask('edit')", bar="share, place"),
    Key("capacity.remove", "d,delete", "Take a person out; remove a team", "remove"),
    Key("capacity.heads", "H", "How many people", "ask('heads')", bar="heads"),
    Key("capacity.focus", "f", "Focus and interrupts", "ask('focus')", bar="focus"),
    Key("capacity.closure", "C", "Closed days", "ask('closure')"),
    Key("capacity.places", "P", "Places and public holidays", "ask('places')"),
    Key("capacity.plain", "n", "A plain net of the team", "ask('plain')"),
    Key("capacity.team", "N", "A new team", "ask('team')"),
    Key("capacity.merge", "M", "Merge into another team", "ask('merge')"),
    Key("capacity.reason", "r", "Why", "ask('reason')", bar="why"),
    Key("capacity.import", "I", "Import people and leave", "ask('import')"),
    Key("capacity.undo", "u", "Undo in the draft", "undo", bar="undo"),
    Key("capacity.part", "t,tab", "Targets, or people", "part", bar="targets"),
    Key("capacity.left", "left,h", "A point less", "shift(-1)", bar="a point", show=False),
    Key("capacity.right", "right,l", "A point more", "shift(1)", show=False),
    Key("capacity.far_left", "shift+left", "Five points less", "shift(-5)", bar="five", show=False),
    Key("capacity.far_right", "shift+right", "Five points more", "shift(5)", show=False),
    Key("capacity.mark", "space", "Take from this one alone", "mark", bar="take from this one", show=False),
    Key("capacity.even", "equals_sign", "Bring to 100; count again", "even", bar="to 100", show=False),
    Key("capacity.confirm", "enter", "Confirm", "confirm", bar="confirm"),
    Key("capacity.help", "question_mark,f1", "Keys", "help", bar="all keys"),
    Key("capacity.leave_screen", "escape", "Back to the board", "leave", bar="back"),
)


def hints(on_targets: bool, changed: bool, on_person: bool = True) -> tuple[Hint, ...]:
    """The keys that matter now: of the targets, of a person, or of a team as a whole."""
    first = CAPACITY.hints("confirm", "undo") if changed else ()
    if on_targets:
        part = (
            _both("left", "right", "a point"),
            _both("far_left", "far_right", "five"),
            *CAPACITY.hints("mark", "even", "reason"),
            CAPACITY["part"].hint("people"),
        )
    elif not on_person:
        team = CAPACITY["plain"].hint("net"), CAPACITY["heads"].hint("by people"), CAPACITY["team"].hint("new team")
        part = (*team, *CAPACITY.hints("person", "focus", "part", "reason"), CAPACITY["edit"].hint("name"))
    else:
        others = ("leave", "leaves", "joins", "on_call", "person", "edit", "heads", "focus", "reason", "part")
        part = (_both("less", "more", "half a day"), *CAPACITY.hints(*others))
    return (*first, *part, *CAPACITY.hints("help", "leave_screen"))


def _both(one: str, other: str, label: str) -> Hint:
    return Hint((CAPACITY[one], CAPACITY[other]), label)


#: What the marks mean, before the list of keys.
MARKS = f"{KEY}   a team's line: net engineer-weeks by week; below it its load, the line is its net"
_WEEKS = (*RowTable.LOOK.rows, CapacityGrid.KEYS["left"], CapacityGrid.KEYS["right"])
HELP = (
    Hint(_WEEKS, "a week of a person; page up and down, home and end; or a click"),
    _both("less", "more", "half a day less or more in that week (of a plain team: of its net)"),
    _both("leave", "on_call", "leave over days; on call that week, again: not"),
    _both("joins", "leaves", "joins on a day, with ramp-up; leaves the team from that week on, again: stays"),
    Hint(
        (CAPACITY["person"], CAPACITY["edit"], CAPACITY["remove"]),
        "add a person; name, share, place and days; take out",
    ),
    _both("heads", "focus", "how many people; focus and interrupts of the team"),
    _both("closure", "places", "closed days; places and their public holidays, on or off"),
    _both("plain", "team", "a plain net instead of people; a new team"),
    _both("edit", "remove", "on a team's line: its name; remove it, what it holds goes to another team"),
    CAPACITY["merge"].hint("merge the team into another one, with its items and its people"),
    CAPACITY["reason"].hint("why: the reason goes with the decision"),
    CAPACITY["import"].hint("people and leave from a file"),
    CAPACITY["undo"].hint("undo in the draft"),
    CAPACITY["part"].hint("the odds target and the aims of the slices, and back"),
    _both("left", "right", "there: a point less or more; the others give it, or take it"),
    _both("far_left", "far_right", "there: five points"),
    CAPACITY["mark"].hint("there: take from, and give to, this one alone; of the target: whether it is each team's"),
    CAPACITY["even"].hint("there: bring aims that are off to 100; of a team, count again what the people give"),
    CAPACITY["confirm"].hint("confirm: what fits is written, what does not opens the trade sheet"),
    CAPACITY["help"].hint("this list"),
    CAPACITY["leave_screen"].hint("back; a draft with changes asks once"),
)

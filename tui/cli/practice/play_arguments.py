"""The arguments of the commands that play a case: begun, gone on with, ended, and looked back at."""

from __future__ import annotations

from tui.cli.parser import Own


def add_plays(own: Own) -> None:
    """``start``, ``show``, ``next``, ``ask``, ``tell``, those of a room, ``debrief`` and ``end``."""
    start = own(
        "start",
        "Begin a play of a case, in a workspace of its own: nothing of it touches yours. In a terminal the board opens "
        "on it. NAME is a case that comes with makeroom, or a file of your own.",
        "  makeroom practice start ferry\n  makeroom practice start ours.toml --dir ~/plays/monday --no-board\n"
        "  makeroom practice start timesheet --facilitate",
        "practice.plays",
        "start",
    )
    start.add_argument("name", metavar="NAME", help="a case of makeroom practice, or a file.toml")
    start.add_argument("--dir", default="", metavar="DIR", help="the folder of the play, else one beside your data")
    start.add_argument(
        "--facilitate", action="store_true", help="lead it for others: you have the script, they take roles"
    )
    start.add_argument("--no-board", action="store_true", help="only begin it, and say where it is")
    own(
        "show",
        "Show a play: what it is about, your own brief, what was said so far, and whether anything is to come.",
        "  makeroom practice show",
        "practice.plays",
        "show",
    )
    forward = own(
        "next",
        "Let the next event of a play happen, and say who says what.",
        "  makeroom practice next",
        "practice.plays",
        "forward",
    )
    forward.add_argument("event", nargs="?", default="", metavar="EVENT", help="this one, by its key, if it can come")
    ask = own(
        "ask",
        "Ask in a play what is known of an item: evidence comes to whoever asks, where there is any.",
        "  makeroom practice ask 'seat map'",
        "practice.plays",
        "ask",
    )
    ask.add_argument("item", metavar="ITEM", help="its title, a part that no other has, its key or its number")
    _add_tell(own)
    _add_room(own)
    debrief = own(
        "debrief",
        "Debrief a play from its log alone: options, evidence, hidden costs, precedent, principles, who was not heard, "
        "odds and mix, times, and what was told to whom, beside earlier plays of the case.",
        "  makeroom practice debrief\n  makeroom practice debrief -o monday.html --with room-b.json",
        "practice.debriefs",
        "run",
    )
    debrief.add_argument(
        "--with", dest="rooms", action="append", default=[], metavar="FILE", help="what --json said in another room"
    )
    debrief.add_argument("-o", "--output", default="", metavar="FILE", help="write it as FILE.html or FILE.md instead")
    debrief.add_argument("--overwrite", "--force", action="store_true", help="write over a file that is there already")
    end = own(
        "end",
        "End a play: its debrief is kept for the next one to be compared with, the play too unless --delete.",
        "  makeroom practice end --delete",
        "practice.plays",
        "end",
    )
    end.add_argument("--delete", action="store_true", help="delete the workspace of the play; its debrief stays")


def _add_tell(own: Own) -> None:
    from tui.cli.plain_change import add_plain
    from tui.forms.practice import TOLD

    add_plain(own, TOLD, "practice.plays", "tell")


def _add_room(own: Own) -> None:
    """``role``, ``lead`` and ``write``."""
    from tui.cli.plain_change import add_plain
    from tui.forms.practice import WRITTEN

    role = own(
        "role",
        "Take a role in a play that somebody leads, and read its brief, which is for you alone; without a role, who "
        "plays which. --as says who you are.",
        "  makeroom practice role\n  makeroom practice role sales --as Ben\n"
        "  makeroom practice role sales --give-back --as Ben",
        "practice.parts",
        "role",
    )
    role.add_argument("role", nargs="?", default="", metavar="ROLE", help="its key, its name, or who it is")
    role.add_argument("--give-back", action="store_true", help="somebody else may take it")
    lead = own(
        "lead",
        "Take the lead of a play where whoever led it has left. In a terminal the board opens with the script.",
        "  makeroom practice lead --as Cleo",
        "practice.parts",
        "lead",
    )
    lead.add_argument("--no-board", action="store_true", help="only take it, and say how others come in")
    add_plain(own, WRITTEN, "practice.parts", "write")

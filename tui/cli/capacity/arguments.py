"""The arguments of ``makeroom people`` and ``makeroom team``, and the examples in their help."""

from __future__ import annotations

import argparse

from tui.cli.parser import Commands, Own, Parser, later, make, within
from tui.cli.trade.arguments import add_way

_DAY = "a day as 2027-02-08, or a week of the quarter as w6"


def add_people(commands: Commands) -> None:
    """``people`` with its own commands; alone it shows who is there."""
    top = make(
        commands,
        "people",
        "Show who is in each team, and how net capacity comes about: gross, less holidays, leave, focus, interrupts. "
        "Its own commands change it; what makes the plan short may need a swap.",
        "  makeroom people --team Pay\n"
        "  makeroom people team Pay --heads 3 --focus 80 --interrupts 10\n"
        "  makeroom people leave Ines --from 2027-02-08 --to 2027-02-12 --because 'skiing'\n"
        "  makeroom people change Tom --ends w5 --swap 1 --by Jo --because 'Tom leaves'",
    )
    top.set_defaults(run=later("capacity.people", "show"))
    top.add_argument("--team", default="", metavar="NAME", help="only this team")
    top.later = lambda: _add_changes(top)


def _add_changes(top: Parser) -> None:
    own = within(top)
    _add_persons(own)
    _add_away(own)
    _add_teams(own)
    one = own(
        "together",
        "Make several changes as one decision, each in quotes: what one takes, another may give.",
        "  makeroom people together 'change Tom --ends w5' 'add Ada --team Pay --starts w6 --ramp 2' --by Jo",
        "capacity.changes",
        "together",
    )
    one.add_argument("changes", nargs="+", metavar="CHANGE", help="as after makeroom people: 'leave Ines --from w6'")
    add_way(one)


def _add_persons(own: Own) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.people import ADD, CHANGE

    one = _change(
        own,
        "add",
        "Add a person to a team that has people.",
        "  makeroom people add Ada --team Pay --share 80 --starts 2027-02-01 --ramp 2 --ramp-half 4 --place Munich",
    )
    add_asks(one, ADD)
    one.add_argument("--team", required=True, metavar="NAME", help="their team")
    one = _change(
        own,
        "change",
        "Change somebody's share, place, first or last day, ramp-up or name; the rest stays.",
        "  makeroom people change Ines --share 60\n"
        "  makeroom people change Tom --ends w5                    his last day is the last of that week\n"
        "  makeroom people change Tom --ends ''                    he stays",
    )
    _add_person(one)
    add_asks(one, CHANGE)
    one = _change(
        own,
        "remove",
        "Remove somebody who was never there, with all days away; for a last day use change --ends.",
        "  makeroom people remove 'engineer 4' --team Pay",
    )
    _add_person(one)


def _add_away(own: Own) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.people import LEAVE

    one = _change(
        own,
        "leave",
        "Days on which somebody is away; --remove takes them back.",
        "  makeroom people leave Ines --from 2027-02-08 --to 2027-02-12\n"
        "  makeroom people leave Ines --from w6 --kind on-call\n"
        "  makeroom people leave Ines --from 2027-02-08 --to 2027-02-12 --remove",
    )
    _add_person(one)
    add_asks(one, LEAVE)
    one.add_argument("--remove", action="store_true", help="remove exactly these days away")
    one = _change(
        own,
        "days",
        "Take days from somebody's week, or give them back.",
        "  makeroom people days Ines w6 -0.5\n  makeroom people days Ines w6 0.5",
    )
    _add_person(one)
    one.add_argument("week", metavar="WEEK", help=_DAY)
    one.add_argument("days", metavar="DAYS", help="-0.5 is half a day less, 0.5 gives it back")


def _add_teams(own: Own) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.people import CLOSED, FOCUS, PLACE

    one = _change(
        own,
        "team",
        "Set how many people a team has, its focus and interrupts; or a plain number instead of people.",
        "  makeroom people team Pay --heads 4                      engineer 1 and so on come and go\n"
        "  makeroom people team Pay --heads                        as many as give the net that it has\n"
        "  makeroom people team Pay --focus 80 --interrupts 10\n"
        "  makeroom people team Pay --plain 34",
    )
    one.add_argument("name", metavar="TEAM", help="its name, or a part that no other has")
    one.add_argument("--heads", nargs="?", const="", metavar="N", help="so many people; whoever has a name stays")
    add_asks(one, FOCUS)
    one.add_argument(
        "--plain", nargs="?", const="", metavar="NET", help="net engineer-weeks instead of people; else the present net"
    )
    one.add_argument("--recount", action="store_true", help="what the people give becomes the net capacity")
    one = _change(
        own,
        "closed",
        "Days on which nobody works: everybody, a team or a place; --remove opens them again.",
        "  makeroom people closed --from 2027-02-12 --name 'company day'\n"
        "  makeroom people closed --from w7 --of Munich\n"
        "  makeroom people closed --from w7 --of Munich --remove",
    )
    add_asks(one, CLOSED)
    one.add_argument("--remove", action="store_true", help="open exactly these days again")
    one = _change(
        own,
        "place",
        "Make or change a place: its public holidays count for those who work there.",
        "  makeroom people place Munich --country DE-BY\n"
        "  makeroom people place Munich --holidays off\n"
        "  makeroom people place Munich --remove",
    )
    one.add_argument("name", metavar="PLACE", help="its name; made where there is none of that name")
    add_asks(one, PLACE)
    one.add_argument("--remove", action="store_true", help="nobody works there any more")


def _change(own: Own, name: str, what: str, example: str) -> Parser:
    one = own(name, what, example, "capacity.changes", "run")
    one.set_defaults(edit=name)
    add_way(one)
    return one


def _add_person(to: argparse.ArgumentParser) -> None:
    to.add_argument("subject", metavar="NAME", help="who, or a part of the name that no other has")
    to.add_argument(
        "--team", default=argparse.SUPPRESS, metavar="NAME", help="their team, where several have that name"
    )


def add_team(commands: Commands) -> None:
    """``team`` with its own commands; alone it shows the teams."""
    top = make(
        commands,
        "team",
        "Show the teams, each with its load, its net and its odds. Its own commands make, rename, merge and remove "
        "them; what makes the plan short may need a swap.",
        "  makeroom team\n"
        "  makeroom team add 'Platform 5 people' 'Billing: 26'\n"
        "  makeroom team rename Pay Payments\n"
        "  makeroom team merge Mobile --into Core\n"
        "  makeroom team remove Mobile --to Core --swap 1 --by Jo",
    )
    top.set_defaults(run=later("capacity.teams", "show"))
    top.later = lambda: _add_team_changes(top)


def _add_team_changes(top: Parser) -> None:
    own = within(top)
    one = _team_change(
        own,
        "add",
        "Add teams: a name, with its net engineer-weeks or how many people it has.",
        "  makeroom team add 'Platform 5 people'\n  makeroom team add Core 'Billing: 26' Pay=34",
    )
    one.add_argument("names", nargs="+", metavar="TEAM", help="as Core, 'Billing: 26', Pay=34 or 'Platform 5 people'")
    one = _team_change(own, "rename", "Rename a team; all that it holds stays.", "  makeroom team rename Pay Payments")
    _add_team_name(one)
    one.add_argument("new", metavar="NEW", help="its new name")
    one = _team_change(
        own,
        "merge",
        "Merge a team into another one, with its items, its people or its net, and its record.",
        "  makeroom team merge Mobile --into Core",
    )
    _add_team_name(one)
    one.add_argument("--into", required=True, metavar="NAME", help="the team that it becomes a part of")
    one = _team_change(
        own,
        "remove",
        "Remove a team, with its people, its net and its record of finished quarters; another one takes its items.",
        "  makeroom team remove Mobile --to Core",
    )
    _add_team_name(one)
    one.add_argument("--to", default="", metavar="NAME", help="the team that its items go to")


def _team_change(own: Own, name: str, what: str, example: str) -> Parser:
    one = own(name, what, example, "capacity.teams", name)
    add_way(one)
    return one


def _add_team_name(to: argparse.ArgumentParser) -> None:
    to.add_argument("name", metavar="NAME", help="the team, or a part of its name that no other has")

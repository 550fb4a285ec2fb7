"""The arguments of the command that takes people and leave from a file."""

from __future__ import annotations

from tui.cli.parser import Commands, add_actor, add_db, add_json, later, make


def add_import_people(commands: Commands) -> None:
    """``makeroom import-people``."""
    one = make(
        commands,
        "import-people",
        "Take over people and leave. A CSV file has a row for each person or leave, with columns name, team, start, "
        "end, share (as 0.8 or 80), leave from, leave to, and where known days, kind (leave, on-call, away), location, "
        "ramp and ramp half (weeks). A calendar file (.ics) has leave of people who are here, or of --person. "
        "Importing a file again changes nothing.",
        "  makeroom import-people people.csv --dry-run\n"
        "  makeroom import-people people.csv --team Pay\n"
        "  makeroom import-people leave.ics --person Ines",
    )
    one.add_argument("file", metavar="FILE", help="the file to read: .csv, or .ics for a calendar")
    one.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    one.add_argument(
        "--team", metavar="NAME", help="the team for rows that name none; of a calendar, whose leave counts"
    )
    one.add_argument("--person", metavar="NAME", help="whose leave a calendar is")
    one.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column holds a field, as in name=Engineer; may be repeated",
    )
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2027 is meant")
    one.add_argument("--delimiter", metavar="C", help="what separates cells: , ; | or tab")
    one.add_argument("--encoding", metavar="NAME", help="the file's encoding, as in cp1252")
    add_json(one)
    one.set_defaults(run=later("imports.people"))
    add_db(one)
    add_actor(one)

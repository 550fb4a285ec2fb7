"""``makeroom export``: plan, decisions and one-offs as a file or on standard output."""

from __future__ import annotations

import argparse

from store.common.errors import Refused, refused_about
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.cli.files.outputs import ExportOut
from tui.cli.printing import DONE, print_json, say, say_aside, say_text
from tui.cli.progress_line import progress
from tui.cli.workspace import desk
from tui.exports.formats import FORMATS, Format, asides, export, format_of, require
from tui.session.weeks import Weeks

_INSTEAD = "name another file, or add --overwrite"


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError where nothing can be written; then nothing was."""
    target = arguments.output
    with refused_about(after=". Try: makeroom export --help"):
        format = _format(arguments.format or ("json" if arguments.json and target == "-" else None), target)
        kind = arguments.what or format.kinds[0]
        require(kind, format)
        if format.name == "xlsx" and target == "-":
            raise Refused("a workbook is not text: name its file with -o FILE.xlsx")
    with desk(arguments) as session:
        with progress() as watch:
            content = export(session.now, kind, format, watch, weeks=Weeks(session))
        notes = asides(session.state, format)
    for note in notes if not arguments.json or target == "-" else ():
        say_aside(f"note: {note}")
    if target == "-" and isinstance(content, str):
        say_text(content)
        return DONE
    path = expanded(target)
    write_report_file(path, content, unless_there="" if arguments.overwrite else _INSTEAD)
    if arguments.json:
        print_json(ExportOut(file=str(path.absolute()), what=kind, format=format.name, notes=list(notes)))
        return DONE
    say(f"written to {path}")
    return DONE


def _format(name: str | None, target: str) -> Format:
    """The format that is named, else the one that the file's name asks for; on standard output Markdown."""
    if name:
        return FORMATS[name]
    return FORMATS["md"] if target == "-" else format_of(target)

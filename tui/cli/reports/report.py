"""A report as the command line gives it: lines of text, JSON, or a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from rich.cells import cell_len

from scenarios.reports.paper import Paper, PaperBars
from scenarios.reports.paper_page import paper_html, paper_markdown
from store.common.errors import Refused
from store.common.text import short
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.cli.columns import columns
from tui.cli.outputs import Output
from tui.cli.printing import DONE, print_json, say
from tui.cli.reports.outputs import ReportListedOut, ReportsOut
from tui.drawing.wrap import wrapped
from tui.reports.report_list import REPORTS

_INSTEAD = "name another file, or add --overwrite"
#: Columns of a sentence, and cells of the longest bar.
_WIDE, _BAR = 110, 40


def listing(arguments: argparse.Namespace) -> int:
    """Which reports there are."""
    if arguments.json:
        rows = [ReportListedOut(name=row.name, tells=row.tells, command=f"makeroom {row.command}") for row in REPORTS]
        print_json(ReportsOut(reports=rows))
        return DONE
    for line in columns([("report", "tells", "command"), *((row.name, row.tells, row.command) for row in REPORTS)]):
        say(line)
    return DONE


def deliver(arguments: argparse.Namespace, paper: Paper, described: Callable[[str], Output]) -> int:
    """Write it to the file that is asked for, and say it, or print what ``described`` makes of it for the file's path.

    Raises Refused for a file that is neither a page nor Markdown, and StoreError where it cannot be written.
    """
    path = None
    if arguments.output:
        write = writer_of(arguments.output)
        path = expanded(arguments.output)
        write_report_file(path, write(paper), unless_there="" if arguments.overwrite else _INSTEAD)
    if arguments.json:
        print_json(described(str(path.absolute()) if path is not None else ""))
        return DONE
    if path is not None:
        for sentence in paper.headline:
            say(sentence.words)
        say(f"written to {path}")
        return DONE
    for line in paper_lines(paper):
        say(line)
    return DONE


def writer_of(output: str) -> Callable[[Paper], str]:
    """What makes the file, by its ending. Raises Refused for another ending."""
    ending = output.rpartition(".")[2].casefold()
    if ending in ("html", "htm"):
        return paper_html
    if ending in ("md", "markdown"):
        return paper_markdown
    raise Refused(f"-o {short(output, 60)}: a report is written as a page or as Markdown; name it FILE.html or FILE.md")


def paper_lines(paper: Paper) -> Iterator[str]:
    """All of it as lines of text."""
    yield paper.title
    yield from wrapped(paper.about, _WIDE)
    if paper.headline:
        yield ""
    for sentence in paper.headline:
        yield from wrapped(sentence.words, _WIDE)
    for part in paper.parts:
        yield ""
        yield part.heading
        for sentence in part.sentences:
            yield from (f"  {row}" for row in wrapped(sentence.words, _WIDE))
        if part.bars is not None:
            yield from _bars(part.bars)
        for table in part.tables:
            yield from columns(table.words)


def _bars(bars: PaperBars) -> Iterator[str]:
    yield f"  {bars.about}"
    most = max((amount for _, amount, _ in bars.rows), default=0.0) or 1.0
    width = max((cell_len(name) for name, _, _ in bars.rows), default=0)
    for name, amount, words in bars.rows:
        bar = "#" * round(_BAR * amount / most)
        yield f"  {name}{' ' * (width - cell_len(name))}  {bar}{' ' if bar else ''}{words}"

"""``makeroom look``: what finished issues went to, printed at once; no workspace is touched."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from scenarios.figures.amounts import currency, use_currency
from scenarios.look.first_look import FirstLook, Lead, Period
from scenarios.look.quarters import quarters_from
from scenarios.look.rules import read_rule
from scenarios.look.words import headline_of, notes_of
from scenarios.plan.mix import ONE_OFF
from scenarios.reports.look_page import look_html, look_markdown
from store.common.currencies import currency_meant
from store.common.errors import Refused, refused_about
from store.common.text import short
from store.database.places import expanded
from store.imports.accounts.table import AccountsOptions, rate_wish
from store.imports.issues.reader import IssueOptions
from store.imports.mappings import SourceMapping
from store.imports.options import column_wish
from store.records import Command, Slice, State
from store.sidecars.report_files import write_report_file
from store.workspace.defaults import beginning
from tui.cli.look.outputs import (
    LookAccountOut,
    LookHintOut,
    LookLeadOut,
    LookLeftOut,
    LookOut,
    LookPartOut,
    LookQuarterOut,
    LookRuleOut,
    LookUnmatchedOut,
    LookUnplannedOut,
)
from tui.cli.look.text import look_lines
from tui.cli.printing import DONE, print_json, say
from tui.cli.progress_line import progress
from tui.look.draft import LookDraft, read_look, taken_look

_INSTEAD = "name another file, or add --overwrite"


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence."""
    state = _fresh(arguments.currency)
    draft = draft_of(arguments, state)
    write = _writer(arguments.output)
    with progress() as watch:
        file = read_look(draft, state, watch)
        look = taken_look(draft, state, file)
    path = None if write is None else expanded(arguments.output)
    if path is not None and write is not None:
        write_report_file(path, write(look), unless_there="" if arguments.overwrite else _INSTEAD)
    if arguments.json:
        print_json(look_out(arguments, look, str(path.absolute()) if path is not None else ""))
        return DONE
    if path is not None:
        say(headline_of(look))
        say(f"written to {path}")
        return DONE
    for line in look_lines(look):
        say(line)
    return DONE


def _writer(output: str) -> Callable[[FirstLook], str] | None:
    """What makes the file that is asked for, by its ending; None where none is. Raises Refused for another ending."""
    if not output:
        return None
    ending = output.rpartition(".")[2].casefold()
    if ending in ("html", "htm"):
        return look_html
    if ending in ("md", "markdown"):
        return look_markdown
    raise Refused(f"-o {short(output, 60)}: a look is written as a page or as Markdown; name it FILE.html or FILE.md")


def _fresh(code: str | None) -> State:
    """What a fresh workspace would hold, in a currency: a look is taken beside it, and none is made."""
    state = State().overlay(beginning("look", date.today()))
    if code:
        meant = currency_meant(code, "")
        if meant is None:
            raise Refused(f"--currency {short(code, 20)}: that is no currency; write its code, as EUR")
        state = state.overlay(Command("", "", (state.workspace.model_copy(update={"currency": meant}),)))
    use_currency(state.workspace.currency)
    return state


def draft_of(arguments: argparse.Namespace, state: State) -> LookDraft:
    """What the arguments say. Raises StoreError, or Refused, with a sentence for what means nothing."""
    letters = [row.letter for row in sorted(state.each(Slice), key=lambda row: (row.position, row.id))]
    with refused_about(before="--rule "):
        own = tuple(read_rule(text, letters) for text in arguments.rule)
    with refused_about(before="--fiscal "):
        fiscal = quarters_from(arguments.fiscal)
    return LookDraft(
        path=Path(arguments.file),
        source=SourceMapping(
            arguments.format or "",
            arguments.delimiter or "",
            arguments.encoding or "",
            arguments.sheet or "",
            header_line=arguments.header_line or 0,
        ),
        options=IssueOptions(
            points_per_ew=arguments.points_per_week,
            hours_per_ew=arguments.hours_per_week,
            columns=dict(column_wish(text) for text in arguments.column),
            dates=arguments.dates,
            decimal=arguments.decimal,
        ),
        accounts=expanded(arguments.accounts) if arguments.accounts else None,
        accounts_options=AccountsOptions(rates=dict(rate_wish(text) for text in arguments.rate)),
        own=own,
        usual=not arguments.no_usual,
        fiscal=fiscal,
        since=arguments.since,
        by=arguments.by,
    )


def look_out(arguments: argparse.Namespace, look: FirstLook, output: str = "") -> LookOut:
    """The look as JSON has it."""
    return LookOut(
        file=arguments.file,
        format=look.source.format,
        rows=look.source.rows,
        unit=look.unit,
        currency=currency(),
        first=look.first,
        last=look.last,
        headline=headline_of(look),
        total=_period(look, look.total),
        quarters=[_period(look, each) for each in look.quarters],
        accounts=[
            LookAccountOut(
                name=row.name, amount=row.amount, issues=row.issues, one_offs=row.one_offs, revenue=row.revenue
            )
            for row in look.accounts
        ],
        accounts_named=look.accounts_named,
        lead=_lead(None, look.lead),
        lead_by_slice=[_lead(letter, lead) for letter, lead in look.lead_by_slice],
        rules=[
            LookRuleOut(
                rule=None if each.rule is None else each.rule.text,
                issues=each.issues,
                amount=each.amount,
                samples=list(each.samples),
            )
            for each in look.rules
        ],
        several=look.several,
        unmatched=LookUnmatchedOut(
            issues=look.unmatched.issues,
            amount=look.unmatched.amount,
            samples=list(look.unmatched.samples),
            kinds=[LookHintOut(kind=kind, issues=count) for kind, count in look.unmatched.hints],
        ),
        unsized=look.unsized,
        undated=look.undated,
        left=[LookLeftOut(reason=reason, rows=count) for reason, count in look.source.left],
        notes=list(notes_of(look)),
        output=output,
    )


def _period(look: FirstLook, period: Period) -> LookQuarterOut:
    unplanned = period.unplanned
    return LookQuarterOut(
        name=period.name,
        amount=period.amount,
        issues=period.issues,
        parts=[
            LookPartOut(slice=letter or None, amount=part.amount, issues=part.issues, share=period.share(letter))
            for letter in look.letters
            if (part := period.parts.get(letter)) is not None
        ],
        one_offs=period.share(ONE_OFF),
        band=period.band,
        unplanned=LookUnplannedOut(
            issues=unplanned.issues, amount=unplanned.amount, known=unplanned.known, share=unplanned.share
        ),
    )


def _lead(letter: str | None, lead: Lead) -> LookLeadOut:
    return LookLeadOut(slice=letter, issues=lead.issues, median=lead.half, within_85=lead.most)

"""``makeroom look``: what finished issues went to, printed at once; a workspace is touched where it is kept alone."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scenarios.figures.amounts import currency, use_currency
from scenarios.look.first_look import FirstLook, Lead, Period
from scenarios.look.quarters import quarters_from
from scenarios.look.rules import LookRule, letters_of, read_rule
from scenarios.look.words import headline_of, notes_of
from scenarios.plan.mix import ONE_OFF
from scenarios.reports.look_page import look_html, look_markdown
from scenarios.trade.guard import Guarded
from store.common.currencies import currency_meant
from store.common.errors import Refused, refused_about
from store.common.text import short
from store.database.places import expanded
from store.database.watch import Watch
from store.imports.accounts.table import AccountsOptions, rate_wish
from store.imports.issues.keep import KeepPlan
from store.imports.issues.reader import IssueOptions
from store.imports.mappings import SourceMapping
from store.imports.memory import Memory
from store.imports.options import column_wish
from store.imports.table import Table
from store.records import Command, State
from store.sidecars.report_files import write_report_file
from store.workspace.defaults import beginning
from tui.cli.imports.look_then_write import look_then_write
from tui.cli.look.outputs import (
    LookAccountOut,
    LookHintOut,
    LookKeptOut,
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
from tui.look.draft import LookDraft, issues_in, read_look, read_tables, taken_look
from tui.look.kept_words import keep_lines, planned_keep

_INSTEAD = "name another file, or add --overwrite"


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence."""
    write = _writer(arguments.output)
    look, kept = _kept(arguments) if arguments.keep else (_looked(arguments), None)
    path = None if write is None else expanded(arguments.output)
    if path is not None and write is not None:
        write_report_file(path, write(look), unless_there="" if arguments.overwrite else _INSTEAD)
    if arguments.json:
        print_json(look_out(arguments, look, str(path.absolute()) if path is not None else "", kept))
        return DONE
    if path is not None:
        say(headline_of(look))
        say(f"written to {path}")
    else:
        for line in look_lines(look):
            say(line)
    if kept is not None:
        say()
        for line in kept.lines:
            say(line)
        say(kept.outcome)
    return DONE


@dataclass(frozen=True)
class _Kept:
    """What was kept of a look, or would be."""

    plan: KeepPlan
    lines: tuple[str, ...]
    path: Path
    dry_run: bool

    @property
    def done(self) -> bool:
        """Whether anything was written."""
        return not self.dry_run and not self.plan.command.empty

    @property
    def outcome(self) -> str:
        """What was written, and where."""
        if self.dry_run:
            return "nothing written (dry run)"
        if not self.done:
            return "nothing to write: everything is here already"
        return f"written to {self.path} as one step; undo in the app takes it back"


def _looked(arguments: argparse.Namespace) -> FirstLook:
    """The look beside a fresh workspace, which is not made."""
    for option, said in (("--dry-run", arguments.dry_run), ("--team", arguments.team)):
        if said:
            raise Refused(f"{option} is about what is kept: add --keep")
    state = _fresh(arguments.currency)
    draft = draft_of(arguments, state)
    with progress() as watch:
        return taken_look(draft, state, read_look(draft, state, watch))


def _kept(arguments: argparse.Namespace) -> tuple[FirstLook, _Kept]:
    """The look beside the workspace, and what was kept there."""
    if arguments.currency:
        raise Refused("--currency does not go with --keep: amounts are in the workspace's own (makeroom currency)")
    taken: list[tuple[FirstLook, tuple[str, ...]]] = []

    def read(watch: Watch) -> tuple[Table, Table | None]:
        return read_tables(draft_of(arguments, None), watch)

    def prepare(
        state: State, tables: tuple[Table, Table | None], options: None, memory: Memory, watch: Watch
    ) -> tuple[KeepPlan, Guarded, None]:
        use_currency(state.workspace.currency)
        draft = draft_of(arguments, state)
        file = issues_in(draft, state, *tables, watch)
        plan = planned_keep(draft, state, file, arguments.team or "")
        taken.append((taken_look(draft, state, file), tuple(keep_lines(plan, draft, state))))
        return plan, Guarded.of(state, plan.command), None

    _, plan, _, path = look_then_write(arguments, read, None, prepare)
    look, lines = taken[-1]
    return look, _Kept(plan, lines, path, arguments.dry_run)


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
            raise Refused(f"--currency {short(code, 20)}: that is not a currency; write its code, as EUR")
        state = state.overlay(Command("", "", (state.workspace.model_copy(update={"currency": meant}),)))
    use_currency(state.workspace.currency)
    return state


def draft_of(arguments: argparse.Namespace, state: State | None) -> LookDraft:
    """What the arguments say, without the rules where nobody knows yet which slices there are. Raises StoreError, or
    Refused, with a sentence for what means nothing."""
    own: tuple[LookRule, ...] = ()
    if state is not None:
        with refused_about(before="--rule "):
            own = tuple(read_rule(text, letters_of(state)) for text in arguments.rule)
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


def look_out(arguments: argparse.Namespace, look: FirstLook, output: str, kept: _Kept | None) -> LookOut:
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
        kept=None if kept is None else _kept_out(kept),
    )


def _kept_out(kept: _Kept) -> LookKeptOut:
    history = kept.plan.history
    return LookKeptOut(
        done=kept.done,
        dry_run=kept.dry_run,
        database=str(kept.path.absolute()),
        history=0 if history is None else history.new + len(history.updated),
        accounts=len(kept.plan.accounts),
        rules=[f"{rule.field}:{rule.value}={rule.slice}" for rule in kept.plan.rules],
        lines=list(kept.lines),
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

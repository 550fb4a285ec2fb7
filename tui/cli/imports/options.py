"""What ``makeroom import`` was told: the arguments, on top of a saved mapping."""

from __future__ import annotations

import argparse

from store.imports.mappings import SourceMapping, load_mapping
from store.imports.options import ImportOptions, column_wish, mends_of, rule_wish, statuses_said, team_wish


def mapping_of(arguments: argparse.Namespace) -> SourceMapping:
    """The mapping that is named, with what the arguments say in place of what it says.

    Raises StoreError with a sentence for what means nothing.
    """
    saved = load_mapping(arguments.mapping) if arguments.mapping else SourceMapping()
    kept = saved.options
    options = ImportOptions(
        points_per_ew=arguments.points_per_week if arguments.points_per_week is not None else kept.points_per_ew,
        hours_per_ew=arguments.hours_per_week if arguments.hours_per_week is not None else kept.hours_per_ew,
        columns={**kept.columns, **dict(column_wish(text) for text in arguments.column)},
        teams=tuple(team_wish(text) for text in arguments.team) or kept.teams,
        # Of two rules for the same thing, the one that comes last counts.
        rules=(*kept.rules, *(rule_wish(text) for text in arguments.map)),
        include_done=arguments.include_done or kept.include_done,
        include_hidden=arguments.include_hidden or kept.include_hidden,
        history=arguments.history or kept.history,
        interrupts=arguments.interrupts,
        dates=arguments.dates or kept.dates,
        parents=arguments.parents or kept.parents,
        on_conflict={"here": "here", "source": "source", "ask": None}[arguments.on_conflict]
        if arguments.on_conflict
        else kept.on_conflict,
        ignored=tuple(dict.fromkeys((*kept.ignored, *arguments.ignore))),
        statuses={**kept.statuses, **statuses_said(arguments.take_status, arguments.leave_status)},
        decimal=arguments.decimal or kept.decimal,
        mends=mends_of(arguments.set),
        on=arguments.on,
    )
    return SourceMapping(
        arguments.format or saved.format,
        arguments.delimiter or saved.delimiter,
        arguments.encoding or saved.encoding,
        arguments.sheet or saved.sheet,
        options,
        saved.header,
        arguments.header_line or saved.header_line,
    )


def bytes_of(arguments: argparse.Namespace) -> SourceMapping:
    """What the arguments of the other commands say of the bytes of a table."""
    return SourceMapping(
        delimiter=arguments.delimiter or "",
        encoding=arguments.encoding or "",
        sheet=arguments.sheet or "",
        header_line=arguments.header_line or 0,
    )

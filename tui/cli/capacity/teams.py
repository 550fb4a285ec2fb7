"""``makeroom team``: the teams, and making, renaming, merging and removing them, through the door."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from scenarios.capacity.draft import CapacityDraft, propose_people
from scenarios.capacity.team_changes import merge_teams, propose_teams, remove_team, rename_team
from scenarios.figures.names import team_named
from scenarios.trade.door import Proposal
from store.common.errors import refused_about
from store.common.team_names import read_team
from store.records import State
from tui.cli import plan_outputs
from tui.cli.printing import DONE, print_json, say
from tui.cli.trade.door import Way, through_the_door
from tui.cli.workspace import desk
from tui.drawing.words import teams_sentence


def show(arguments: argparse.Namespace) -> int:
    """Each team with its load, its net and its odds."""
    with desk(arguments) as session:
        found = plan_outputs.status_of(session.now, session.workspace.path)
        if arguments.json:
            print_json(found)
            return DONE
        for line in plan_outputs.team_lines(found.teams):
            say(line)
        if sentence := teams_sentence(session.now.forecast):
            say(sentence)
        if not found.teams:
            say("no team yet: makeroom team add 'Platform 5 people' makes one")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """New teams, as they are typed."""
    named = [read_team(text) for text in arguments.names]
    return _asked(arguments, lambda state: propose_teams(state, {}, None, named, arguments.because), create=True)


def rename(arguments: argparse.Namespace) -> int:
    """Another name."""

    def make(state: State) -> Proposal:
        team = team_named(state, arguments.name)
        return propose_people(state, rename_team(CapacityDraft(state), team.id, arguments.new), arguments.because)

    return _asked(arguments, make)


def merge(arguments: argparse.Namespace) -> int:
    """Two teams become one."""

    def make(state: State) -> Proposal:
        return merge_teams(state, team_named(state, arguments.name).id, team_named(state, arguments.into).id)

    return _asked(arguments, make)


def remove(arguments: argparse.Namespace) -> int:
    """One team less; another takes what it holds."""

    def make(state: State) -> Proposal:
        team = team_named(state, arguments.name)
        to = team_named(state, arguments.to).id if arguments.to else None
        with refused_about(after="" if arguments.to else " (--to TEAM)"):
            return remove_team(state, team.id, to)

    return _asked(arguments, make)


def _asked(arguments: argparse.Namespace, make: Callable[[State], Proposal], create: bool = False) -> int:
    way = Way.of(arguments)
    with desk(arguments, write=True, create=create) as session:
        return through_the_door(arguments, session, make(session.state), way)

"""Who decided: what nobody is named for is filled with who is at the keyboard, and a name that was said stays."""

from scenarios.trade.changes import DecidedBy, baseline, drop, fill, fill_command
from scenarios.trade.decision_records import with_decider
from store.records import Command, Decision, Item
from tests.scenarios.making import add_item, forecast, planned


def deciders(command: Command) -> list[str]:
    return [put.decided_by for put in command.puts if isinstance(put, Decision)]


def test_what_nobody_is_named_for():
    state = planned([2.0, 3.0])
    add_item(state, 3, 1.0, state="below")
    before = forecast(state)
    entry = before.plan.entries[0]
    for said, name, who in (("", "Maya", "Maya"), ("Jo", "Maya", "Jo"), (" ", "Maya", "Maya"), ("", "", "")):
        by = DecidedBy(said)
        for command in (
            drop(state, entry, before, by),
            fill_command(state, fill(state, before), before, by),
            baseline(state, before, by),
        ):
            named = with_decider(command, name)
            assert [each.strip() for each in deciders(named)] == [who]
            # All else is as it was.
            assert [put for put in named.puts if isinstance(put, Item)] == [
                put for put in command.puts if isinstance(put, Item)
            ]

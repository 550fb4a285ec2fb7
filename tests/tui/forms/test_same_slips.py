"""The same slip gets the same sentence, typed into a form or on the command line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from scenarios.decisions.log import log_of
from scenarios.decisions.log_search import query_of, search
from store.common.errors import Refused
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, state_of
from tui.forms.card import FORMS
from tui.requests.add_flow import _draft
from tui.session.session import Session

db, shell = shells.db, shells.shell
PORTAL = "Supplier self-service portal"


@pytest.mark.parametrize(
    ("section", "field", "option", "slip", "says"),
    [
        ("promise", "needs", "--needs", "Drak mode", "did you mean 42 “Dark mode”?"),
        ("promise", "needs", "--needs", "the", "could be"),
        ("kind", "slice", "--slice", "Featurse", "did you mean F “Features”?"),
        ("rules", "principle", "--principle", "luck", "there is no principle “luck”"),
        ("deal", "deal_amount", "--deal", "[red]lots[/]", "“[red]lots[/]” is not an amount"),
        ("deal", "deal_closes", "--closes", "2027-02-30", "“2027-02-30” is not a day"),
    ],
)
def test_of_the_request_card(
    db: Path, shell: Shell, section: str, field: str, option: str, slip: str, says: str
) -> None:
    state = state_of(db)
    row = item(state, PORTAL)
    values = {each.name: each.value for each in FORMS[section].fields(state, row.id)}
    with pytest.raises(Refused) as refused:
        FORMS[section].read(state, row.id, {**values, field: slip})
    assert refused.value.field == field
    assert says in str(refused.value)
    assert f"{option}: {refused.value}" in shell.refused("card", PORTAL, option, slip)


def test_of_a_team(db: Path, shell: Shell) -> None:
    with Workspace.open(db, read_only=True) as workspace:
        board = SimpleNamespace(session=Session(workspace, "--db"))
        empty = dict.fromkeys(("title", "size", "slice", "customer", "chance", "deal", "team"), "")
        with pytest.raises(Refused) as refused:
            _draft({**empty, "title": "More", "team": "Wbe"}, board, [])
    assert refused.value.field == "team"
    assert str(refused.value).endswith("did you mean “Web”?")
    assert str(refused.value) in shell.refused("item", PORTAL, "--version", "dry=Wbe:1")
    assert str(refused.value) in shell.refused("capacity", "Wbe=3")


def test_of_a_customer(db: Path, shell: Shell) -> None:
    """As the log's search line says it, and both commands that name one; the memo's form asks the same matcher."""
    state = state_of(db)
    said = search(state, log_of(state), query_of("customer:Aldermor")).unknown
    assert said.startswith("there is no customer “Aldermor”: they are ")
    assert said.endswith("; did you mean “Aldermoor Foods”?")
    shell.lines("decline", PORTAL, "--by", "Ana", "--because", "not now")
    for words in (("decisions",), ("memo", "account")):
        assert said in shell.refused(*words, "--customer", "Aldermor")

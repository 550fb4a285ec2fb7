"""A case as the text of its file: TOML in the order in which somebody reads it, with what each part is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import tomli_w
from pydantic import BaseModel

from scenarios.practice.case import Case, CaseEvent, CaseItem, CasePromise, CaseRequest

_HEAD = """\
Made from a quarter of a workspace: names are made up, money is multiplied by one number that is kept nowhere,
and days are moved by whole weeks. Sizes and capacity (engineer-weeks), shares and aims are as they are there.
What is still to be written says so. makeroom practice check names what does not fit together, with line and key.
"""
#: What stands above each part.
_ABOVE = {
    "quarter": "The quarter; target is the least odds at which a plan fits.",
    "teams": "Teams, each with its weeks (engineer-weeks, net) or its people.",
    "accounts": "Accounts, with their revenue of a year.",
    "slices": "Kinds of work: aim, floor and ceiling are percent of planned effort; aims add up to 100.",
    "charter": "The charter's figures.",
    "principles": "Rules that the company agreed on.",
    "roles": "Roles. What they want, know and may give is their private brief: it is the tension of the case.",
    "items": "Items: low (P10), likely (P50), high (P90) in engineer-weeks by team. First the plan, by rank.",
    "events": (
        "What happens, in the order of the key >. A minute lets it come by the clock, too. Kinds: ask, escalation,\n"
        "promise, leaves, evidence, competitor, change of mind, louder, news. Take # away from an example to use it."
    ),
    "look_at": "What to look at in the debrief.",
    "ends": "At least two ends that can be defended, and by what.",
}


def text_of_case(case: Case) -> str:
    """The file of a case that is still to be written, with two examples of events as comments."""
    own = _plain(case)
    tables = {key: own.pop(key) for key in _ABOVE if key in own}
    parts = [_comment(_HEAD), _rows({"name": case.name, **own})]
    for key, above in _ABOVE.items():
        found = tables.get(key)
        if found:
            texts = [f"[[{key}]]\n{_rows(row)}" for row in found] if isinstance(found, list) else []
            parts.append(_comment(above) + ("\n".join(texts) or f"[{key}]\n{_rows(found)}"))
        if key == "events":
            parts += [_comment(f"[[events]]\n{_rows(_plain(event))}") for event in _examples(case)]
    return "\n".join(parts)


def _comment(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.strip().splitlines())


def _rows(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    return tomli_w.dumps({"k": plain}).removeprefix("k = ").removesuffix("\n")


def _key(key: str) -> str:
    return tomli_w.dumps({key: 1}).removesuffix(" = 1\n")


def _plain(model: BaseModel) -> dict[str, Any]:
    return {key: _lists(each) for key, each in model.model_dump(exclude_defaults=True).items() if each is not None}


def _lists(value: Any) -> Any:
    """As TOML has it: lists, and nothing for what is not there."""
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items() if each is not None}
    return [_lists(each) for each in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def _examples(case: Case) -> Iterator[CaseEvent]:
    """Something that is asked for, and a promise of it by somebody above."""
    who, to = case.roles[-1].who, next(role.who for role in case.roles if role.key == case.player)
    account = case.accounts[0].name if case.accounts else ""
    asked = CaseItem(
        title="Something that does not fit",
        slice="O",
        state="inbox",
        sizes={case.teams[0].name: (2.0, 3.0, 5.0)},
        request=CaseRequest(by=who, account=account, claimed="1 week"),
    )
    says = "What is asked for, and by when. One sentence that a decent person could say."
    yield CaseEvent(key="first-ask", kind="ask", minute=2, who=who, to=to, says=says, asks=asked)
    due = case.quarter.ends - timedelta(weeks=2)
    yield CaseEvent(
        key="promised",
        kind="promise",
        minute=10,
        after="first-ask",
        who="Somebody above",
        item=asked.title,
        says="I have told them that they get it.",
        promise=CasePromise(to=account or "the customer", due=due),
    )

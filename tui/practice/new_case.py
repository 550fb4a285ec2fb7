"""The text of a new case: a small one to write over, or one made of a workspace's own quarter."""

from __future__ import annotations

import re
from random import Random

from scenarios.practice.case_text import text_of_case
from scenarios.practice.own_quarter import own_quarter
from store.common.errors import Refused
from store.common.text import short
from store.records import State
from tui.practice.case_list import fresh_state, supplied_cases
from tui.practice.supplied import supplied_text

_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def case_word(name: str) -> str:
    """A name as a case has one. Raises Refused where it is none, or one of those that come with makeroom."""
    if not _WORD.fullmatch(name):
        raise Refused(
            f"“{short(name, 60)}” is not the name of a case: small letters a to z, digits and -, at most 40, "
            "as in our-case"
        )
    if name in {case.name for case in supplied_cases()}:
        raise Refused(f"“{name}” is a case that comes with makeroom, and debriefs are compared by name: take another")
    return name


def sample_case(name: str) -> str:
    """A small case that can be played as it is, with what each part is for."""
    return supplied_text("new_case.toml").replace('name = "ours"', f'name = "{name}"', 1)


def own_case(name: str, state: State, chance: Random) -> tuple[str, tuple[str, ...]]:
    """A case from the quarter of a workspace, disguised, and what of it could not be carried over.

    Raises Refused where there is no plan to begin from.
    """
    found = own_quarter(name, state, fresh_state(), chance)
    return text_of_case(found.case), found.left

"""A case's file: its text as a case, refused with file, line and key where it does not read, and all that is wrong."""

from __future__ import annotations

from scenarios.practice.case import Case
from scenarios.practice.case_checks import faults_of
from scenarios.practice.toml_text import read_toml
from scenarios.snapshots.toml_faults import at_fault
from store.common.errors import StoreError
from store.records import State


def read_case(text: str, name: str) -> Case:
    """The case in a text; ``name`` is what errors call it. Raises StoreError where it does not read."""
    return read_toml(text, name, Case)


def case_faults(text: str, name: str, fresh: State) -> list[StoreError]:
    """Everything that is wrong with the text of a case, each with file, line and key; nothing where it can be played.

    ``fresh`` is the state of a fresh workspace.
    """
    try:
        case = read_case(text, name)
    except StoreError as error:
        return [error]
    return [at_fault(text, name, fault.path, fault.words) for fault in faults_of(case, fresh)]


def sound_case(text: str, name: str, fresh: State) -> Case:
    """The case in a text. Raises StoreError with the first of :func:`case_faults`."""
    for error in case_faults(text, name, fresh):
        raise error
    return read_case(text, name)

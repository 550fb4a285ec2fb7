"""What a form and a command ask alike, without a screen: fields, what is wrong with them, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One line of a form; ``hint`` is shown while the field has the cursor. Where ``names_file``, the name of a file
    here is completed as it is typed."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    names_file: bool = False

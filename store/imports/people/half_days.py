"""Halves of days that a leave begins or ends with: said behind a date, in columns of their own, or by the hours."""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.imports.finished_words import NO
from store.imports.people.leave_words import hours_as_days
from store.imports.plain_words import bare_words

#: how a day's part stands behind a date
_PART = re.compile(r"(?<=\d) ?\(?(morning|afternoon|am|pm|all day|full day|half day|half)\)?$", re.IGNORECASE)
_TIME = re.compile(r"[T ,](\d{1,2})[:.](\d{2})(?::\d{2})?(?: ?([ap])\.?m\.?)?$", re.IGNORECASE)
_WHOLE = ("all", "full", "whole", "ganz", "toute", "journee", "dia completo", "completo", "jornada completa",
          "start of", "end of")  # fmt: skip
_EARLY = ("morning", "am", "first half", "vormittag", "matin", "manana", "manha", "mattina", "午前", "rano")
_LATE = ("afternoon", "pm", "second half", "nachmittag", "apres midi", "tarde", "pomeriggio", "午後", "popoludn")
#: hours of a leave within one day from which on it is all of it
_A_DAY = 6.0


def apart(cell: str) -> tuple[str, str]:
    """A date and the part of the day behind it (empty: none is said): ``2027-02-12 (Afternoon)``."""
    found = _PART.search(cell)
    # "5/2/2027 9:00 AM" is a time of day.
    if found is None or re.search(r"\d[:.]\d\d *$", cell[: found.start()]):
        return cell, ""
    return cell[: found.start()].rstrip(), found[1]


def says_part(cell: str) -> bool:
    """Whether a cell says that a leave is a part of a day: ``Afternoon``, ``half``, ``yes``; not ``All day``."""
    plain = " ".join(bare_words(cell))
    return bool(plain) and plain not in NO and not plain.startswith(_WHOLE)


def days_with_halves(first: date, last: date, begins: str, ends: str) -> float | None:
    """How many working days lie from the first to the last, by what is said of the parts of both; None: all of them."""
    early, late = " ".join(bare_words(begins)), " ".join(bare_words(ends))
    if first == last:
        over_noon = early.startswith(_EARLY) and late.startswith(_LATE)
        return 0.5 if (says_part(begins) or says_part(ends)) and not over_noon else None
    halves = (says_part(begins) and not early.startswith(_EARLY)) + (says_part(ends) and not late.startswith(_LATE))
    if not halves:
        return None
    whole = sum((first + timedelta(days=at)).weekday() < 5 for at in range((last - first).days + 1))
    return max(whole - halves / 2, 0.5)


def days_by_hours(begins: str, ends: str) -> float | None:
    """How much of one day lies between two times of it; None for all of it, and where there are no times."""
    found = [_hour(cell) for cell in (begins, ends)]
    if found[0] is None or found[1] is None or not 0 < found[1] - found[0] < _A_DAY:
        return None
    return max(hours_as_days(found[1] - found[0]), 0.5)


def _hour(cell: str) -> float | None:
    found = _TIME.search(cell.strip())
    if found is None:
        return None
    hour = int(found[1]) % 12 + (12 if found[3].casefold() == "p" else 0) if found[3] else int(found[1])
    return hour + int(found[2]) / 60

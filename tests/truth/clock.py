"""A clock that is set: commands run in this process on the day that a test says."""

from __future__ import annotations

import datetime as real
import pkgutil
import sys
from importlib import import_module
from typing import Any

import pytest

import scenarios
import store
import tui.cli
from store.records import RECORDS

#: The rooms whose modules take their days from ``datetime``.
_ROOMS = (scenarios, store, tui.cli)


class _Of(type):
    """Whatever is of the real class is of this one: records hold real days."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.__bases__[0])


class Clock:
    """Begins at ``at``, and goes on by a minute with each time that it is read for a moment."""

    def __init__(self, patch: pytest.MonkeyPatch, at: real.datetime) -> None:
        self.at = clock_at = at
        clock = self

        class Day(real.date, metaclass=_Of):
            @classmethod
            def today(cls) -> Any:
                return clock.at.date()

        class Moment(real.datetime, metaclass=_Of):
            @classmethod
            def now(cls, tz: real.tzinfo | None = None) -> Any:
                clock.at += real.timedelta(seconds=1)
                return clock.at.astimezone(tz) if tz is not None else clock.at.replace(tzinfo=None)

        del clock_at
        for room in _ROOMS:
            for each in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
                import_module(each.name)
        # A record learns the types of its columns when it is first asked: they are real days.
        for record in RECORDS:
            record.columns()
        for name, module in sorted(sys.modules.items()):
            if name.partition(".")[0] in ("scenarios", "store", "tui"):
                for word, is_now in (("date", Day), ("datetime", Moment)):
                    if getattr(module, word, None) is getattr(real, word):
                        patch.setattr(module, word, is_now)

    def set(self, day: str) -> None:
        """It is nine in the morning of that day."""
        self.at = real.datetime.combine(real.date.fromisoformat(day), real.time(9)).astimezone()

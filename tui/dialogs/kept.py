"""What was typed into a dialog outlives it: a refusal or a lost terminal must not cost anybody their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

#: What was typed, by a dialog's own names.
Typed = Mapping[str, str]


@runtime_checkable
class Keeps(Protocol):
    """A dialog that can be filled in again with what was typed."""

    def kept(self) -> dict[str, str]:
        """What was typed or chosen so far; empty where nothing was. Asked while it is open, or after its answer."""

    def refill(self, typed: Typed, *, last: bool) -> Any:
        """Before it is shown: fill in. An answer that is not None stands, and it need not be shown.

        ``last`` says that nothing was asked after it: then it is shown in any case.
        """


@runtime_checkable
class Tells(Protocol):
    """A screen that goes along to the seats that follow."""

    def told(self) -> dict[str, Any]:
        """What they need to show it too, for JSON: ids, and no titles."""


@runtime_checkable
class Renews(Protocol):
    """A screen over the board that shows the plan, and goes on with what others change of it."""

    def renew(self, words: str) -> None:
        """The plan is another one now; ``words`` tell who changed what."""

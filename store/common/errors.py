"""What cannot be, as a sentence for people: the one refusal, and those kinds of it that somebody treats apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):  # noqa: N818 - it is an answer to what somebody asked, as often as a mistake
    """What cannot be; ``str(error)`` is the sentence to show, ``field`` what it is about (empty where nobody said)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@contextmanager
def refused_about(field: str = "", *, before: str = "", after: str = "") -> Iterator[None]:
    """What is refused within is about this field where it says none itself; words may stand before and after it."""
    try:
        yield
    except Refused as error:
        error.field = error.field or field
        error.args = (f"{before}{error}{after}",)
        raise


class StoreError(Refused):
    """What the workspace or a file refuses; ``str(error)`` is the whole sentence: what, where, what to do."""


class NoWorkspaceError(StoreError):
    """There is no file of that name; none was made."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"There is no workspace at {path}: makeroom import or add begins one there, --db names another."
        )


class NotAWorkspaceError(StoreError):
    """The file is not a makeroom workspace, or is damaged; it was left as it is."""


class NewerWorkspaceError(StoreError):
    """The file was written by a newer makeroom; it was left as it is."""


class ReadOnlyError(StoreError):
    """The file or its folder cannot be written."""


class StaleError(StoreError):
    """A record changed after the screen that wants to write it was built; nothing was written."""


class ReplacedError(StaleError):
    """The journal is not the continuation of what was read: the file was restored. Load everything anew."""


class OutcomeUnknownError(StoreError):
    """The disk failed at the last step of a change and cannot say whether it was kept: look before repeating it."""

"""What a long import says while it works, and how it is stopped: between rows, with nothing written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from store.common.errors import StoreError
from store.common.values import Value

#: rows between two words to whoever waits
EVERY = 1_000
One = TypeVar("One")


class StoppedError(StoreError):
    """Somebody stopped the import; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was written.")


class Watch(Value):
    """``progress`` is told what is being done, how many rows of it are done, and of how many (None: not known); an
    empty word when somebody is asked something meanwhile.

    ``stop`` is asked as often; once it says yes, :class:`StoppedError` is raised.
    """

    progress: Callable[[str, int, int | None], None] = lambda _what, _done, _total: None
    stop: Callable[[], bool] = lambda: False

    def look(self, what: str, done: int, total: int | None = None) -> None:
        """Tell how far it is, and see whether to go on. Raises :class:`StoppedError`."""
        if self.stop():
            raise StoppedError
        self.progress(what, done, total)

    def over(self, what: str, rows: Iterable[One], total: int | None = None) -> Iterator[One]:
        """The rows, with a look before the first and every :data:`EVERY` of them."""
        for done, row in enumerate(rows):
            if not done % EVERY:
                self.look(what, done, total)
            yield row

    def portions(self, what: str, rows: Sequence[One]) -> Iterator[Sequence[One]]:
        """The rows, :data:`EVERY` of them at a time, with a look before each portion."""
        for start in range(0, len(rows), EVERY):
            self.look(what, start, len(rows))
            yield rows[start : start + EVERY]


#: For callers who neither show progress nor stop.
NOBODY = Watch()

"""Python's collector of garbage, kept away from work that makes records by the ten thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing is collected meanwhile.

    Of thousands of new records that are all kept, looking for garbage among them would cost more than making them; in
    a thread, it would hold up all others for as long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

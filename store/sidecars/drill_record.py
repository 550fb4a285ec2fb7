"""What one person chose in their drills, and how it went: their own record, beside their workspaces and in none.

::

    [[attempts]]
    drill = "one-loud-account"
    at = 2027-01-11T09:30:00+01:00
    choice = 2
    because = "We have no second account that asks."
    went = "badly"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from store.common.errors import StoreError
from store.common.text import clean
from store.database.places import data_folder

#: Bytes of a record that is read, and characters of a reason.
MOST_BYTES, MOST_REASON = 20_000_000, 300


@dataclass(frozen=True)
class Attempt:
    """A drill once taken: the choice, from 1 on, why, and how it went; ``went`` is empty until that is told."""

    drill: str
    at: datetime
    choice: int
    because: str
    went: str = ""


def drill_record_path() -> Path:
    """Where it is kept. Raises StoreError where nobody has a home."""
    return data_folder() / "practice" / "drills.toml"


def load_attempts() -> Sequence[Attempt]:
    """All attempts, the first one first. Raises StoreError for a file that cannot be read: it is left as it is."""
    path = drill_record_path()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise StoreError(f"{path} is too large to be a record of drills: move it away, and a new one is begun.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(f"{path} is not valid TOML: {error}. Mend it, or move it away.") from error
    rows = content.get("attempts", [])
    if not isinstance(rows, list):
        raise StoreError(f"{path}: attempts is not a list of tables. Mend it, or move it away.")
    return tuple(_read(row, at, path) for at, row in enumerate(rows, 1))


def _read(row: Any, at: int, path: Path) -> Attempt:
    match row:
        case {"drill": str(drill), "at": datetime() as moment, "choice": int(choice), "because": str(because)}:
            went = row.get("went", "")
            if moment.tzinfo is not None and choice > 0 and went in ("", "badly", "so-so", "well"):
                return Attempt(clean(drill), moment, choice, clean(because), went)
    raise StoreError(
        f"{path}: attempt {at} is none. It has drill, at (a time with its zone), choice (from 1 on), because and, once "
        "it is told, went (badly, so-so or well). Mend it, or move the file away."
    )


def save_attempts(attempts: Sequence[Attempt]) -> Path:
    """Keep them, as a whole; returns where. Raises StoreError with a sentence."""
    import tomli_w

    from store.sidecars.snapshot_files import write_whole

    path = drill_record_path()
    content = tomli_w.dumps({"attempts": [_written(each) for each in attempts]}).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from error
    return path


def _written(attempt: Attempt) -> Mapping[str, Any]:
    row = {"drill": attempt.drill, "at": attempt.at, "choice": attempt.choice, "because": attempt.because}
    return {**row, "went": attempt.went} if attempt.went else row

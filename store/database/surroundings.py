"""What a file depends on besides itself: SQLite's version, space on the disk, and the kind of file system."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from store.database.connection import SQLITE_VERSION
from store.database.findings import Finding

#: Bytes that should be free, whatever the size of the file.
LEAST_SPACE = 50_000_000
#: And so many times the file: its write-ahead log, a backup, and the next one.
TIMES = 3
# fmt: off
_NETWORK = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p",
    "afs", "ceph", "fuse.ceph", "glusterfs", "fuse.glusterfs", "lustre", "gfs2", "ocfs2",
    "beegfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "davfs", "fuse.davfs2", "virtiofs", "vboxsf",
    "fuse.vmhgfs-fuse", "drvfs",
))
# fmt: on
MOUNTS = Path("/proc/mounts")


def look_around(path: Path) -> Iterator[Finding]:
    """Findings on what the file at ``path`` depends on."""
    yield sqlite_finding(SQLITE_VERSION)
    yield _space(path)
    yield _network(path)


def sqlite_finding(version: str) -> Finding:
    """On SQLite's bug of lost commits in 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6."""
    numbers = tuple(int(part) for part in version.split(".")[:3])
    mended = numbers >= (3, 51, 3) or numbers < (3, 7)
    mended = mended or ((3, 50, 7) <= numbers < (3, 51)) or ((3, 44, 6) <= numbers < (3, 45))
    if mended:
        return Finding("ok", "sqlite-version", f"SQLite {version}")
    return Finding(
        "warning",
        "sqlite-version",
        f"SQLite {version} can lose a commit that overlaps a checkpoint of another process (mended in 3.51.3, 3.50.7 "
        "and 3.44.6); makeroom's own lock keeps its processes out of that, other programs it cannot",
        "let no other program write the file; or use a Python with a newer SQLite",
    )


def _space(path: Path) -> Finding:
    try:
        free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    except OSError as error:
        return Finding("note", "space", f"how much space is free is not known ({error.strerror})")
    said = f"{free / 1e9:,.1f} GB free, the file has {size / 1e6:,.1f} MB"
    if free >= max(LEAST_SPACE, TIMES * size):
        return Finding("ok", "space", said)
    return Finding("warning", "space", said, "free some space: backups and changes will fail soon")


def _network(path: Path) -> Finding:
    kind = file_system(path)
    if kind is None:
        return Finding("note", "file-system", "whether the file lies on a network file system is not known here")
    if kind in _NETWORK:
        return Finding(
            "warning",
            "file-system",
            f"the file lies on a network file system ({kind}), whose locks do not always hold",
            "keep it on a disk of the machine where everybody works, and reach that by ssh",
        )
    return Finding("ok", "file-system", f"a local file system ({kind})")


def file_system(path: Path) -> str | None:
    """The kind of file system that a path lies on, as Linux calls it; None where that is not known."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        mounts, place = MOUNTS.read_text("utf-8", "surrogateescape"), path.resolve()
    except OSError:
        return None
    kind, longest = None, -1
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        # Blanks and the like stand there as three octal digits.
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), parts[1]))
        # A later line lies over an earlier one.
        if place.is_relative_to(point) and len(point.parts) >= longest:
            kind, longest = parts[2], len(point.parts)
    return kind

"""Who may read and write a workspace: one account alone, or the members of a group; by the modes of its files.

Nothing beside the file says so: a file that its group may write is the group's, and whatever is made beside it gets the
same group and the same rights, whatever the umask of who makes it.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from store.common.errors import NoWorkspaceError, ReadOnlyError, StoreError
from store.common.values import Value
from store.database.places import backups_folder, scenarios_folder

_GROUP = stat.S_IRGRP | stat.S_IWGRP
_BESIDE = ("-wal", "-shm", "-journal", ".lock")
_SEATS = ".seats"


class Sharing(Value):
    """The number of the group that a workspace is shared with; None where it is one account's own."""

    group: int | None = None

    def apply(self, made: Path | int, *, folder: bool = False) -> None:
        """Give what was just made, a path or an open file, the group and the rights; as far as the system lets."""
        if sys.platform == "win32":
            return
        with suppress(OSError):
            if self.group is not None:
                os.chown(made, -1, self.group)
        with suppress(OSError):
            os.chmod(made, (0o2770 if folder else 0o660) if self.group is not None else 0o700 if folder else 0o600)


def sharing_of(path: Path) -> Sharing:
    """How the workspace at ``path`` is shared, or would be if it were made now: as its folder passes on."""
    try:
        found = path.stat()
        return Sharing(found.st_gid if found.st_mode & _GROUP == _GROUP else None)
    except OSError:
        pass
    with suppress(OSError):
        found = path.parent.stat()
        if found.st_mode & stat.S_ISGID and found.st_mode & stat.S_IWGRP and not found.st_mode & stat.S_IWOTH:
            return Sharing(found.st_gid)
    return Sharing()


def make_file(path: Path) -> None:
    """Make the empty file of a workspace that is not there yet, with the rights that it is to have."""
    sharing = sharing_of(path)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            sharing.apply(descriptor)
        finally:
            os.close(descriptor)


def make_folder(folder: Path, path: Path) -> None:
    """Make a folder beside the workspace at ``path``, unless it is there. Raises OSError."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        sharing_of(path).apply(folder, folder=True)


def share(path: Path, group: str | None) -> None:
    """Share a workspace, and all that belongs to it, with a group of this machine; with None make it one's own.

    Raises StoreError with a sentence where that cannot be; then nobody has got in.
    """
    sharing = Sharing(None if group is None else _number_of(group))
    folder = path.absolute().parent
    if not path.is_file():
        raise NoWorkspaceError(path)
    others = sorted(name for name in os.listdir(folder) if not name.startswith(path.name))
    if group is not None and others:
        raise StoreError(
            f"{folder} holds other things, too ({', '.join(others[:3])}), and a group may write all of a folder: move "
            "the workspace, with all that is called like it, into a folder of its own, then share it."
        )
    if group is not None and os.getuid() != 0 and sharing.group not in {os.getgid(), *os.getgroups()}:
        raise StoreError(f"You are not in the group {group}, so you cannot share with it. Nothing was changed.")
    folders = [backups_folder(path), scenarios_folder(path), path.with_name(path.name + _SEATS)]
    files = [path, *(path.with_name(path.name + end) for end in _BESIDE)]
    try:
        for each in folders:
            for top, inner, names in os.walk(each):
                # What somebody was typing stays for their own eyes.
                files += [Path(top) / name for name in names if not name.endswith(".draft")]
                folders += [Path(top) / name for name in inner]
        _require_own([path, folder])
        for each in folders:
            if each.is_dir() and not each.is_symlink():
                sharing.apply(each, folder=True)
        for each in files:
            if each.is_file() and not each.is_symlink():
                sharing.apply(each)
        if group is not None or not others:
            sharing.apply(folder, folder=True)
    except OSError as error:
        raise ReadOnlyError(f"{path} could not be shared: {error.strerror or error}.") from error


def access_in_words(path: Path) -> str:
    """Who may open a workspace, as a part of a sentence."""
    try:
        found = path.stat()
    except OSError:
        return "private once it is made"
    if sys.platform == "win32":
        return "as the folder says"
    if found.st_mode & (stat.S_IROTH | stat.S_IWOTH) and path.absolute().parent.stat().st_mode & stat.S_IXOTH:
        return "everybody on this machine may read it; makeroom share --private keeps them out"
    if found.st_mode & _GROUP == _GROUP:
        return f"shared with the group {_name_of(found.st_gid)}"
    return "private: for one account alone; makeroom share GROUP lets others of this machine in"


def group_of(path: Path) -> str | None:
    """The name of the group that a workspace is shared with; None where it is shared with none."""
    group = sharing_of(path).group if path.exists() else None
    return None if group is None else _name_of(group)


def _require_own(paths: list[Path]) -> None:
    for path in paths:
        if os.getuid() not in (0, path.stat().st_uid):
            raise StoreError(f"{path} belongs to another account, which alone can share it. Nothing was changed.")


def _number_of(group: str) -> int:
    if sys.platform == "win32":
        raise StoreError("Groups are not known on this system.")
    import grp

    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        raise StoreError(f"There is no group {group} on this machine: ask its administrator for one.") from None


def _name_of(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)

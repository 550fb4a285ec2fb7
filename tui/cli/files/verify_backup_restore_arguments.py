"""The arguments of the commands that keep the workspace safe."""

from __future__ import annotations

from tui.cli.parser import Commands, add_db, add_json, later, make


def add_keeping(commands: Commands) -> None:
    """``makeroom verify``, ``backup`` and ``restore``."""
    one = make(
        commands,
        "verify",
        "Look through the whole workspace: is everything in it as it was written? Changes nothing. Says what to do "
        "where it is not; the last line has the last seal, which proves the journal later if it is kept elsewhere.",
        "  makeroom verify\n  makeroom --db team.db verify --json",
    )
    add_json(one)
    one.set_defaults(run=later("files.verify_backup_restore", "verify_file"))
    add_db(one)
    one = make(
        commands,
        "backup",
        "Make a verified copy of the workspace, while others go on working in it. One is made every hour in which "
        "there is a change, too: the last 24 stay, and one a day for 30 days. Those made with this command stay.",
        "  makeroom backup\n  makeroom backup --to /mnt/safe/team-before-the-meeting.db",
    )
    one.add_argument("--to", metavar="PATH", help="a file that is not there yet, or a folder")
    add_json(one)
    one.set_defaults(run=later("files.verify_backup_restore", "backup"))
    add_db(one)
    one = make(
        commands,
        "share",
        "Say who may open the workspace on this machine: it is private as it is made; with a group, its members may "
        "work on it and on all that belongs to it (backups, scenarios, seats), whatever their umask.",
        "  makeroom --db /srv/plan/team.db share planners\n  makeroom --db /srv/plan/team.db share --private",
    )
    one.add_argument("group", metavar="GROUP", nargs="?", help="a group of this machine")
    one.add_argument("--private", action="store_true", help="for your own account alone again")
    add_json(one)
    one.set_defaults(run=later("files.verify_backup_restore", "share_file"))
    add_db(one)
    one = make(
        commands,
        "restore",
        "Go back to a backup. Without a name, lists them; with one, shows what would be lost and gained, and restores "
        "it once that is confirmed. The workspace as it was is kept, and those who have it open see the change.",
        "  makeroom restore\n"
        "  makeroom restore 20261121T100000Z-hourly          look at it first\n"
        "  makeroom restore 20261121T100000Z-hourly --yes",
    )
    one.add_argument("backup", metavar="BACKUP", nargs="?", help="its name in the list, or its path")
    one.add_argument("--yes", action="store_true", help="restore it without asking")
    add_json(one)
    one.set_defaults(run=later("files.verify_backup_restore", "restore_file"))
    add_db(one)

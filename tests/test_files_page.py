"""docs/files.md names every file that makeroom keeps: the names come from the code that writes them."""

from __future__ import annotations

from pathlib import Path

from store.database.connection import LOCK_SUFFIX
from store.database.notes import note_file
from store.database.places import backups_folder, data_folder, demo_path, log_path, scenarios_folder, templates_folder
from store.imports.mappings import mapping_path
from store.sidecars.preferences import preferences_path
from store.sidecars.seats import DRAFT, seats_folder
from store.sidecars.visits import visits_path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "files.md"


def test_each_file_is_named() -> None:
    plan, page = Path("/x/plan.db"), PAGE.read_text(encoding="utf-8")
    files = [
        f"{plan.name}{LOCK_SUFFIX}",
        *(f"{each(plan).name}/" for each in (backups_folder, scenarios_folder, seats_folder)),
        DRAFT,
        (data_folder() / "makeroom.db").name,
        demo_path().path.name,
        *(each.name for each in (preferences_path(), visits_path(), log_path())),
        f"{templates_folder().name}/",
        f"{mapping_path('mine').parent.name}/",
        *(f"{note_file(kind, plan).parent.name}/" for kind in ("status", "frames", "boards")),
    ]
    assert [name for name in files if f"`{name}`" not in page] == []

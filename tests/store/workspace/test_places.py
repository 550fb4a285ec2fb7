"""Which file is opened, and who said so."""

from pathlib import Path

from store.database.places import database_path, demo_path


def test_the_command_line_goes_before_the_environment(tmp_path):
    place = database_path(str(tmp_path / "a.db"), {"MAKEROOM_DB": "b.db"})
    assert (place.path, place.chosen) == (tmp_path / "a.db", "--db")


def test_the_environment_goes_before_the_default():
    place = database_path(None, {"MAKEROOM_DB": "~/b.db"})
    assert (place.path, place.chosen) == (Path.home() / "b.db", "MAKEROOM_DB")


def test_the_default_is_the_users_own_with_the_demo_beside_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    place = database_path(None, {"MAKEROOM_DB": ""})
    assert (place.path.name, place.chosen) == ("makeroom.db", "default")
    assert demo_path().path == place.path.with_name("demo.db")

"""The wheel holds everything that the app needs, and runs outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SCRIPT = """
import asyncio, sys
from pathlib import Path

import scenarios, store, tui
from store.demo.demo import open_demo
from tui.app.app import MakeroomApp
from tui.cli import main
from tui.session.session import Session

site = Path(sys.argv[1])
for room in (scenarios, store, tui):
    assert Path(room.__file__).is_relative_to(site), room.__file__

async def look():
    with open_demo(Path("demo.db")) as workspace:
        app = MakeroomApp(Session(workspace))
        async with app.run_test(size=(120, 40)):
            print(app.screen.query_one("SidePanel").size.width, app.screen.query_one("PlanTable").row_count())

asyncio.run(look())
sys.exit(main(["where"]))
"""


def test_it_opens_the_demo_from_elsewhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("makeroom-*.whl")
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    environ = {**os.environ, "PYTHONPATH": str(site), "XDG_DATA_HOME": str(elsewhere), "NO_COLOR": ""}
    run = [sys.executable, "-c", SCRIPT, str(site)]
    found = subprocess.run(run, cwd=elsewhere, env=environ, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    # Wide as the stylesheet says, and 18 items in plan, the line, 42 below.
    assert found.stdout.splitlines()[0] == "45 61"
    assert str(elsewhere) in found.stdout

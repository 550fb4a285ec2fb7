"""The walls between the rooms: what a plan means is calculated without a screen and without a database."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "scenarios").rglob("*.py")
    if path.stem != "__init__"
)


def loaded_after(*modules: str) -> set[str]:
    """Every module that a fresh Python has loaded after importing these."""
    code = "import sys\n" + "".join(f"import {module}\n" for module in modules) + "print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_scenarios_need_neither_screen_nor_database():
    loaded = loaded_after(*MODULES)
    assert {
        "scenarios.trade.door",
        "scenarios.odds.forecast",
        "scenarios.requests.quick_add",
        "store.records",
    } <= loaded
    unwanted = {
        "textual",
        "rich",
        "sqlite3",
        "_sqlite3",
        "sqlite_utils",
        "tui",
        "store.workspace.workspace",
        "store.database.connection",
    }
    assert not unwanted & loaded


@pytest.mark.parametrize("module", MODULES)
def test_nothing_in_scenarios_opens_a_file(module):
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "")}
            assert not {"os", "io", "pathlib", "shutil", "socket", "subprocess", "tempfile", "urllib"} & names
        assert not (isinstance(node, ast.Name) and node.id == "open")


def test_the_store_needs_no_screen():
    loaded = loaded_after("store.workspace.workspace", "store.imports.reader", "store.demo.demo")
    assert "sqlite3" in loaded
    assert not {"textual", "rich", "scenarios", "tui"} & loaded

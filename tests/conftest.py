"""Lets ``pytest`` find the rooms and the tests' own helpers from wherever it is called."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

"""Lets ``pytest`` find the rooms and the tests' own helpers from wherever it is called."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# What a command notes down to be quicker next time stays out of the home of whoever runs the tests.
_NOTES = TemporaryDirectory(prefix="makeroom-notes-")
os.environ["XDG_CACHE_HOME"] = _NOTES.name

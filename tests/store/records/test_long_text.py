"""A long run of blanks or digits costs no more time than it has letters: in processor time."""

import time

import pytest

from store.common.text import clean
from store.imports.formats.azure import _PERSON
from store.imports.numbers import amount
from store.imports.quarters import calendar_number


@pytest.mark.parametrize("read", [clean, amount, calendar_number, lambda text: _PERSON.sub("", text)])
@pytest.mark.parametrize("run", [" ", "\t", "1"])
def test_a_long_run_blocks_nobody(read, run):
    # One that squares takes minutes for it.
    began = time.process_time()
    read(f"2026{run * 20_000}x\x00")
    assert time.process_time() - began < 2

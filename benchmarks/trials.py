"""Tries changed code with the tests that run it: every trial is a fork of a process that has already collected them.

A function that was changed takes the place of the one that is loaded. What takes effect while modules are imported (a
constant, a default, what a decorator calls) is tried in a process that imports everything anew from the changed file.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import json
import math
import os
import resource
import shutil
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType

# What tests and code import from elsewhere is loaded once, before the first fork.
import highspy
import hypothesis
import numpy
import pydantic
import pytest
import sqlite_utils

LOADED: tuple[ModuleType, ...] = (highspy, hypothesis, numpy, pydantic, pytest, sqlite_utils)
#: Of the tests that run a changed line, the quickest that take so many seconds of processor time together: what only
#: slower ones would notice counts as survived.
ENOUGH = 5.0
#: Of a property.
EXAMPLES = 25
#: A trial that takes so many times the processor time of its tests unchanged, and so many seconds more, never ends:
#: killed. So is one in which nothing wanted to run in so many seconds together: it waits for ever. Never by the
#: clock alone: on a busy machine a trial that goes well takes long.
TIMES, MORE, WAITS = 8, 20, 120
#: Bytes of address space, lest a change that piles up without end takes the machine.
MEMORY = 6 << 30
#: A function: its file below the tree, its name, its first line.
Key = tuple[str, str, int]
#: A line: its file below the tree, its number.
Line = tuple[str, int]
_OWN = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
#: Loaded functions and their new code.
Replaced = list[tuple[FunctionType, CodeType]]


@dataclass(frozen=True)
class Mutant:
    """One changed file: the whole of its text, the same as a tree at the places of the original, the function that is
    another (none where the change is outside of all), and the lines of what was changed."""

    room: str
    file: str
    words: str
    text: str
    module: ast.Module
    function: Key | None
    lines: range


@dataclass
class Reached:
    """What the tests of a room run: tests by function and by line, with their file for what a fixture ran; seconds by
    test; and the functions that were already called while the modules were imported."""

    tests: dict[Key, set[str]]
    by_line: dict[Line, set[str]]
    seconds: dict[str, float]
    imported: set[Key]

    def of(self, mutant: Mutant) -> list[str]:
        """The tests to try it with: quick ones of each file, then slower ones of each, as many as are quick enough."""
        if mutant.function is None or mutant.function in self.imported:
            near = {test for key, tests in self.tests.items() if key[0] == mutant.file for test in tests}
            return [*self._ordered(near), *self._ordered(self.seconds.keys() - near)]
        # A line within a longer expression may be told as another of it.
        exact = {test for line in mutant.lines for test in self.by_line.get((mutant.file, line), ())}
        return self._ordered(exact or self.tests.get(mutant.function, ()))

    def _ordered(self, tests: Iterable[str]) -> list[str]:
        chosen, spent = [], 0.0
        for test in sorted(tests, key=lambda test: (self.seconds[test], test)):
            spent += self.seconds[test]
            if spent > ENOUGH and chosen:
                break
            chosen.append(test)
        # What the fixtures of a file make is made once for each run of its tests.
        return sorted(chosen, key=lambda test: (round(math.log2(self.seconds[test] + 0.1)), _file_of(test)))


class UnsoundError(Exception):
    """The tests of a room fail without any change."""


def tried(tree: Path, tests: str, mutants: list[Mutant]) -> Iterator[tuple[Mutant, bool, int]]:
    """Each mutant, whether one of these tests noticed it, and how many tests run it. Raises UnsoundError."""
    reached_file, results = tree.parent / "reached.json", tree.parent / "results.jsonl"
    for file in (reached_file, results):
        file.unlink(missing_ok=True)
    swapped: dict[int, bool] = {}

    def room() -> int:
        return _pytest(tree, [*tests.split()], _Room(tree, mutants, reached_file, results))

    ended = _forked(room, None)
    if not reached_file.is_file():
        raise UnsoundError(f"they ended with {ended}")
    reached = _reached(reached_file)
    for line in results.read_text().splitlines() if results.is_file() else ():
        at, noticed = json.loads(line)
        swapped[at] = noticed
    controlled = False
    for at, mutant in enumerate(mutants):
        chosen = reached.of(mutant)
        if at in swapped:
            yield mutant, swapped[at], len(chosen)
            continue
        if not controlled:
            _control(tree, mutant, reached)
            controlled = True
        yield mutant, _anew(tree, mutant, chosen, reached), len(chosen)


def _control(tree: Path, mutant: Mutant, reached: Reached) -> None:
    """Everything imported anew, with the file as it was: that has to pass, in the order in which changes are tried."""
    as_it_was = replace(mutant, text=(tree / mutant.file).read_text(encoding="utf-8"))
    if _anew(tree, as_it_was, reached.of(mutant), reached):
        raise UnsoundError("in the order of the trials")


def _anew(tree: Path, mutant: Mutant, chosen: list[str], reached: Reached) -> bool:
    """Whether these tests notice it, everything being imported from the changed file."""
    files = list(dict.fromkeys(map(_file_of, chosen)))
    with _written(tree, mutant):
        return _forked(lambda: _pytest(tree, files, _Chosen(chosen)), _limit(chosen, reached)) != 0


class _Room:
    """A plugin: instead of running the tests, tries each mutant with those that run it, in a fork of this process."""

    def __init__(self, tree: Path, mutants: list[Mutant], reached: Path, results: Path) -> None:
        self.tree, self.mutants, self.reached, self.results = tree, mutants, reached, results
        self.called: set[CodeType] = set()
        self.lines: set[Line] = set()
        self.watched = {f"{tree}/{mutant.file}": mutant.file for mutant in mutants}
        sys.settrace(self._call)

    def _call(self, frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        self.called.add(frame.f_code)
        file = self.watched.get(frame.f_code.co_filename)
        if file is None:
            return None

        def line(inside: FrameType, event: str, argument: object) -> Callable[..., object]:
            self.lines.add((file, inside.f_lineno))
            return line

        return line

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        sys.settrace(None)
        imported = set(self._ours())
        _shortened(session.items)
        if _forked(lambda: self._looked(session, imported), None) != 0:
            return True
        reached = _reached(self.reached)
        items = {item.nodeid: item for item in session.items}
        loaded = _functions(self.tree)
        for at, mutant in enumerate(self.mutants):
            if mutant.function is None or mutant.function in reached.imported:
                continue
            chosen = reached.of(mutant)
            replaced = _replacements(self.tree, mutant, loaded)
            if replaced is None:
                continue
            noticed = bool(chosen) and self._noticed(mutant, replaced, [items[test] for test in chosen], reached)
            with self.results.open("a") as file:
                file.write(json.dumps([at, noticed]) + "\n")
        return True

    def _noticed(self, mutant: Mutant, replaced: Replaced, chosen: list[pytest.Item], reached: Reached) -> bool:
        with _written(self.tree, mutant):
            limit = _limit([item.nodeid for item in chosen], reached)
            return _forked(lambda: _swapped(replaced, chosen), limit) != 0

    def _ours(self) -> Iterator[Key]:
        root = f"{self.tree}/"
        for code in self.called:
            if code.co_filename.startswith(root):
                yield code.co_filename.removeprefix(root), code.co_name, code.co_firstlineno

    def _looked(self, session: pytest.Session, imported: set[Key]) -> int:
        """Run all tests once unchanged and write down what each runs; 1 where one fails."""
        tests: dict[Key, set[str]] = defaultdict(set)
        by_line: dict[Line, set[str]] = defaultdict(set)
        seconds: dict[str, float] = {}
        by_file: dict[str, list[str]] = defaultdict(list)
        for item in session.items:
            by_file[_file_of(item.nodeid)].append(item.nodeid)

        for item, after in zip(session.items, [*session.items[1:], None], strict=True):
            began = _spent()
            self.called, self.lines = set(), set()
            set_up = _SetUp(self)
            item.config.pluginmanager.register(set_up)
            threading.settrace(self._call)
            sys.settrace(self._call)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            sys.settrace(None)
            item.config.pluginmanager.unregister(set_up)
            if session.testsfailed:
                return 1
            seconds[item.nodeid] = _spent() - began
            for key in self._ours():
                tests[key].add(item.nodeid)
            for line in self.lines:
                by_line[line].add(item.nodeid)
            # What a fixture of a file ran, all tests of that file may judge.
            self.called = set_up.called
            for key in self._ours():
                tests[key].update(by_file[_file_of(item.nodeid)])
            for line in set_up.lines:
                by_line[line].update(by_file[_file_of(item.nodeid)])
        told = {
            "tests": [[*key, sorted(names)] for key, names in tests.items()],
            "lines": [[*line, sorted(names)] for line, names in by_line.items()],
            "seconds": seconds,
            "imported": sorted(imported),
        }
        self.reached.write_text(json.dumps(told))
        return 0


class _SetUp:
    """A plugin: what was called when the fixtures of one test were there."""

    def __init__(self, room: _Room) -> None:
        self.room = room
        self.called: set[CodeType] = set()
        self.lines: set[Line] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        self.called, self.lines = set(self.room.called), set(self.room.lines)


class _Chosen:
    """A plugin: runs these tests, in their order, until the first failure."""

    def __init__(self, tests: list[str]) -> None:
        self.tests = tests

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            os._exit(1)
        items = {item.nodeid: item for item in session.items}
        if not all(test in items for test in self.tests):
            os._exit(1)
        _shortened(session.items)
        os._exit(_run([items[test] for test in self.tests]))


def _swapped(replaced: Replaced, items: list[pytest.Item]) -> int:
    for function, code in replaced:
        function.__code__ = code
    return _run(items)


def _run(items: list[pytest.Item]) -> int:
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return 1
    return 0


def _shortened(items: list[pytest.Item]) -> None:
    """Properties take fewer examples, and look for no smaller one than the first that fails."""
    for item in items:
        test = getattr(item, "obj", None)
        said = getattr(test, "_hypothesis_internal_use_settings", None)
        if said is not None:
            phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
            short = hypothesis.settings(said, phases=phases, max_examples=min(said.max_examples, EXAMPLES))
            getattr(test, "__func__", test)._hypothesis_internal_use_settings = short


def _functions(tree: Path) -> dict[str, list[FunctionType]]:
    """By file, every function that is loaded, whatever wraps it."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(f"{tree}/"):
            found[each.__code__.co_filename].append(each)
    return found


def _replacements(tree: Path, mutant: Mutant, loaded: dict[str, list[FunctionType]]) -> Replaced | None:
    """The functions to change with their new code; nothing where that cannot be told for sure."""
    path = str(tree / mutant.file)
    codes: dict[tuple[str, int], list[CodeType]] = defaultdict(list)
    for code in _codes(compile(mutant.module, path, "exec")):
        codes[code.co_name, code.co_firstlineno].append(code)
    replaced = []
    for function in loaded[path]:
        old = function.__code__
        new = codes[old.co_name, old.co_firstlineno]
        if len(new) != 1:
            return None
        if new[0] != old:
            if new[0].co_freevars != old.co_freevars:
                return None
            replaced.append((function, new[0]))
    return replaced or None


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


@contextlib.contextmanager
def _written(tree: Path, mutant: Mutant) -> Iterator[None]:
    """The changed file in place, for processes that tests start; nothing compiled of it stays."""
    path = tree / mutant.file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(mutant.text, encoding="utf-8")
        _uncompiled(path)
        yield
    finally:
        path.write_text(before, encoding="utf-8")
        _uncompiled(path)
        shutil.rmtree(tree.parent / "tests", ignore_errors=True)


def _uncompiled(path: Path) -> None:
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()


def _reached(file: Path) -> Reached:
    said = json.loads(file.read_text())
    tests = {(path, name, line): set(names) for path, name, line, names in said["tests"]}
    by_line = {(path, line): set(names) for path, line, names in said["lines"]}
    return Reached(tests, by_line, said["seconds"], {tuple(key) for key in said["imported"]})


def _limit(chosen: list[str], reached: Reached) -> float:
    return TIMES * sum(reached.seconds[test] for test in chosen) + MORE


def _spent() -> float:
    """Seconds of processor time until now, with those of processes that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _OWN))


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _pytest(tree: Path, files: list[str], plugin: object) -> int:
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    os.environ["PYTHONPATH"] = str(tree)
    command = ["-q", "-n0", "--tb=no", "-p", "no:cacheprovider", f"--basetemp={tree.parent / 'tests'}", *files]
    return int(pytest.main(command, plugins=[plugin]))


def _forked(work: Callable[[], int], limit: float | None) -> int:
    """What the work returns in a process of its own; 1 where it failed, and -1 where it took too long."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setpgid(0, 0)
            nothing = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nothing, number)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit)))
            code = work()
        finally:
            os._exit(code)
    looked, idle = time.monotonic(), 0.0
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            # What a test started and did not live to stop.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            return os.waitstatus_to_exitcode(status)
        if limit is not None and (now := time.monotonic()) > looked + 1:
            idle += 0 if _wants_to_run(child) else now - looked
            looked = now
            if idle > WAITS:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return -1
        time.sleep(0.01)


def _wants_to_run(group: int) -> bool:
    """Whether any process of a group has work, done or waiting for a processor or a disk."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # What stands in front of the last bracket is its name.
            state, _, of, *_ = status.read_text().rpartition(")")[2].split()
            if int(of) == group and state in "RD":
                return True
    return False

"""The options that name a way out and its fields, and the arguments of ``makeroom ways``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from tui.cli.parser import Commands, make_working

#: In what was typed of fields, the one that what asks takes; those that leave are numbered from 0.
ASKS = -1
_FIELD = (
    "a field of the way out that is named last before it, as customers=4, size=2-3-5.5, or size:Pay=1 where several "
    "teams take part; may be repeated"
)


class _Named(argparse.Action):
    """An item that leaves, a way out, or a field of what was named last before it: what was typed keeps its order."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Raises ArgumentError for a field of nothing, and for a second way out of what asks."""
        if self.dest == "out":
            namespace.out = [*namespace.out, values]
            namespace.named_last = len(namespace.out) - 1
        elif self.dest == "way":
            if namespace.way:
                raise argparse.ArgumentError(self, "what asks takes one way out")
            namespace.way, namespace.named_last = values, ASKS
        elif not hasattr(namespace, "named_last"):
            raise argparse.ArgumentError(self, "it is a field of a way out, and comes after that")
        else:
            namespace.fields = [*namespace.fields, (namespace.named_last, values)]


def add_out(
    to: argparse.ArgumentParser, what: str = "let this item leave, or become its first version, or take"
) -> None:
    """``--out`` and ``--field``: what leaves, whole, down to its first version, or by a way out."""
    to.add_argument(
        "--out",
        action=_Named,
        default=[],
        metavar="ITEM[=VERSION]",
        help=f"{what} a way out, as 'Saved views=partner' with its fields after it; may be repeated",
    )
    _add_field(to)


def _add_field(to: argparse.ArgumentParser) -> None:
    to.add_argument("--field", dest="fields", action=_Named, default=[], metavar="NAME=VALUE", help=_FIELD)


def add_way_out(to: argparse.ArgumentParser) -> None:
    """``--way``: the way out that what asks takes."""
    to.add_argument(
        "--way",
        action=_Named,
        default="",
        metavar="KIND",
        help="it comes in, or is answered, by this way out (makeroom ways ITEM lists them), with its fields after it",
    )


def add_ways(commands: Commands) -> None:
    """``makeroom ways``."""
    one = make_working(
        commands,
        "ways",
        "requests.ways",
        "The ways out of a request besides yes and no, and of a planned item that could give way: what each asks for, "
        "what it takes of the teams, whether that fits, and those on record. With --way one of them, filled in. "
        "Changes nothing: makeroom trade ITEM --way KIND takes one, and makeroom trade ITEM --out 'PLANNED=KIND'.",
        "  makeroom ways 'Acme audit log'\n"
        "  makeroom ways 23 --way pilot --field size=1-1.2-2 --field customers=4 --field test='3 of 4 use it weekly'",
        function="run",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    add_way_out(one)
    _add_field(one)

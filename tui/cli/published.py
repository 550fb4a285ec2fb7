"""Every command's output by name: what ``docs/cli-schema.json`` is made from."""

from __future__ import annotations

from tui.cli.outputs import OUTPUTS as MEETING
from tui.cli.outputs import Output
from tui.cli.outputs_plans import PLANS

OUTPUTS: dict[str, type[Output]] = {**MEETING, **PLANS}

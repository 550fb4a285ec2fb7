"""The best swaps: what falls out for a request, a bigger estimate or lost capacity, on each named criterion.

`Swaps` finds them, `explain` says why, `flips` over which sizes the answer stays, `frontier` what is possible.
"""

from scenarios.solver import Stopped
from scenarios.swaps.criteria import NAMES, Criterion
from scenarios.swaps.search import Swap, Swaps

__all__ = ["NAMES", "Criterion", "Stopped", "Swap", "Swaps"]

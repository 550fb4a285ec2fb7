"""Any table: columns by the names that people give them."""

from store.imports.columns import Dialect
from store.imports.formats.format import Tabular

FORMAT = Tabular(Dialect("plain", ""))

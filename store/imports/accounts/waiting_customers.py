"""Who waits for an imported item: the customers that its row names."""

from __future__ import annotations

from collections.abc import Iterable

from store.imports.customer_cells import CustomerCells
from store.imports.memory import Memory, pairs_written
from store.records import Customer, Record, State, Wait, new_id
from store.records.account_names import AccountNames

MAX_NAME = 200


class Waiting:
    """Knows the customers by name, makes those that are new, and remembers who waits for what."""

    def __init__(self, state: State, memory: Memory, cells: Iterable[str] = ()) -> None:
        self._memory = memory
        self._accounts = AccountNames(state.each(Customer))
        self.cells = CustomerCells((customer.name for customer in state.each(Customer)), cells)
        self._waits = {(row.item_id, row.customer_id) for row in state.each(Wait)}
        self._once: set[tuple[int, int]] | None = None
        #: records to write
        self.puts: list[Record] = []
        #: names of the customers that this import makes
        self.new: list[str] = []

    def add(self, item_id: int, cells: Iterable[str]) -> bool:
        """The customers in a row's cells wait for its item; whether one of them did not before.

        Who was once imported as waiting, and was taken away here, stays away.
        """
        added = False
        for cell in cells:
            for part in self.cells.names(cell):
                name = part[:MAX_NAME].strip()
                if not name:
                    continue
                pair = item_id, self._customer(name)
                if pair in self._waits or (item_id > 0 and pair in self._ever()):
                    continue
                self._waits.add(pair)
                self.puts.append(Wait(id=new_id(), item_id=pair[0], customer_id=pair[1]))
                added = True
        return added

    def _customer(self, name: str) -> int:
        found = self._accounts.called(name)
        if found is None:
            found = Customer(id=new_id(), name=name)
            self._accounts.add(found)
            self.puts.append(found)
            self.new.append(name)
        return found.id

    def _ever(self) -> set[tuple[int, int]]:
        if self._once is None:
            self._once = pairs_written(self._memory, Wait.table, "item_id", "customer_id")
        return self._once

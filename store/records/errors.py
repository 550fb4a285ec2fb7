"""What can go wrong with the store, each as a sentence for people."""


class StoreError(Exception):
    """Something the user must know of; ``str(error)`` is the whole sentence: what, where, what to do."""


class NotAWorkspaceError(StoreError):
    """The file is not a makeroom workspace, or is damaged; it was left as it is."""


class NewerWorkspaceError(StoreError):
    """The file was written by a newer makeroom; it was left as it is."""


class ReadOnlyError(StoreError):
    """The file or its folder cannot be written."""


class StaleError(StoreError):
    """A record changed after the screen that wants to write it was built; nothing was written."""


class ReplacedError(StaleError):
    """The journal is not the continuation of what was read: the file was restored. Load everything anew."""


class OutcomeUnknownError(StoreError):
    """The disk failed at the last step of a change and cannot say whether it was kept: look before repeating it."""

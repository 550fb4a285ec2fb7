"""The least that a Textual app can be: one line of text. What it costs is Textual's own."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One Static."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("a bare Textual app")


if __name__ == "__main__":
    Bare().run()

"""Printing for the command line: tables and paragraphs, and one line for what went wrong."""

from __future__ import annotations

import codecs
import contextlib
import sys
import textwrap
import unicodedata
import warnings
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from mineral_ratio.checks.tables import printable
from mineral_ratio.errors import SourceSkippedWarning

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from mineral_ratio.checks.tables import Table as Tabled

_LEAST_WIDTH = 100  # columns: in a narrower table figures would be broken


def _spelled(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an output cannot write: a subscript is its digit."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKC", error.object[error.start : error.end]).replace("·", ".")
    return text.encode("ascii", "replace").decode("ascii"), error.end


codecs.register_error("mineral_ratio.spelled", _spelled)


def complain(text: str) -> None:
    """Tell what went wrong, in one line on standard error.

    Args:
        text: What went wrong.
    """
    click.echo(f"mineral-ratio: {printable(text)}", err=True)


@contextlib.contextmanager
def aside() -> Generator[None, None, None]:
    """Around loading plugins: what they print, and that one is skipped, goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        usual = warnings.showwarning

        def shown(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if issubclass(category, SourceSkippedWarning):
                complain(str(message))
            else:
                usual(message, category, *where, **more)

        warnings.showwarning = shown
        yield


def new_console() -> Console:
    """The standard output, whatever it can write."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="mineral_ratio.spelled")
    # Names come from files: none of what they hold is markup.
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, _LEAST_WIDTH)
    return console


def shown_table(table: Tabled) -> Table:
    """A table of text as the console shows it.

    Args:
        table: The table.
    """
    shown = Table(title=table.title, title_justify="left", title_style="bold")
    for heading in table.headings:
        words = heading in table.words
        # Figures are set right and never broken.
        shown.add_column(heading, justify="left" if words else "right", no_wrap=not words, overflow="fold")
    for row in table.rows:
        shown.add_row(*map(printable, row))
    shown.caption, shown.caption_justify = table.note or None, "left"
    return shown


def print_table(table: Tabled, console: Console) -> None:
    """Print a table and an empty line; nothing for a table without rows.

    Args:
        table: The table.
        console: Where to.
    """
    if table.rows:
        console.print(shown_table(table))
        console.print()


def print_indented(text: str, console: Console) -> None:
    """Print a paragraph whose lines all stand in from the margin, the later ones further.

    Args:
        text: The paragraph.
        console: Where to.
    """
    lines = textwrap.wrap(
        printable(text),
        console.width,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print("\n".join(lines), soft_wrap=True)

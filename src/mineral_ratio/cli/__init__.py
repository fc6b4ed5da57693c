"""The command line: ``mineral-ratio check product.toml``, ``audit table.csv`` and ``sources``.

Exit codes: 0; 1 if a rule that speaks of the product is below or above (with ``--strict`` also if
one is undecided, undefined or out of scope), with ``--fail-on-limits`` if a day of the product is above
a reference value that is not to be exceeded, with ``--strict`` if a source failed, or
if a content of a table is off theory; 2 for bad input.
"""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING, Any

import click

from mineral_ratio.cli.audit import audit_command
from mineral_ratio.cli.check import check_command
from mineral_ratio.cli.printing import complain
from mineral_ratio.cli.sources import sources_command

if TYPE_CHECKING:
    from collections.abc import Generator


class _Misuse(click.ClickException):
    """A command that was called in a way that it has not, told in one line with where to read on."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002  # as click calls it
        """Print it on standard error."""
        complain(self.message)


@contextlib.contextmanager
def _in_one_line() -> Generator[None, None, None]:
    try:
        yield
    except click.UsageError as error:
        told = error.format_message()
        # What click says to a call without anything is the whole help.
        if error.ctx is None or "\n" in told:
            raise
        end = "" if told.endswith((".", "?")) else "."
        raise _Misuse(f"{told}{end} See '{error.ctx.command_path} --help'.") from error


class _Commands(click.Group):
    """The commands; click's three lines for a wrong call become one."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """The context of a call of the group itself."""
        with _in_one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, whose own arguments are read here."""
        with _in_one_line():
            return super().invoke(ctx)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mineral_ratio")
def cli() -> None:
    """Mineral compounds and ratios: arithmetic with provenance."""


cli.add_command(audit_command)
cli.add_command(check_command)
cli.add_command(sources_command)

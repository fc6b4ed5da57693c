"""The directive ``command-help``: the help of a command, or of the program, asked for at each build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import mineral_ratio.cli

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class CommandHelp(SphinxDirective):
    """The help of a command, or without an argument of the whole program."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Ask the command itself."""
        self.env.note_dependency(mineral_ratio.cli.__file__)
        asked = CliRunner().invoke(
            mineral_ratio.cli.cli, [*self.arguments, "--help"], prog_name="mineral-ratio"
        )
        return [nodes.literal_block(text=asked.output, language="text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("command-help", CommandHelp)
    return {"parallel_read_safe": True}

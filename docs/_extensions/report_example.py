"""The directive ``report-example``: a report on a product file as a notebook shows it, made at each build."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

import mineral_ratio as mr

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ReportExample(SphinxDirective):
    """A report on a file of the repository, as ``page`` or as ``picture``, for the person of ``person``."""

    required_arguments = 2
    option_spec = {"person": directives.unchanged_required, "alt": directives.unchanged}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Build the page or the picture."""
        file, shown = self.arguments
        path = Path(self.env.srcdir).parent / file
        self.env.note_dependency(str(path))
        person = mr.LifeStage.parse(self.options["person"])
        report = mr.check(mr.Product.from_file(path), person=person)
        text = report._repr_html_() if shown == "page" else self._picture(report)
        return [nodes.raw("", text, format="html")]

    def _picture(self, report: mr.CheckReport) -> str:
        image = BytesIO()
        report.plot().savefig(image, format="png", dpi=150)
        data = b64encode(image.getvalue()).decode("ascii")
        return f'<img src="data:image/png;base64,{data}" alt="{escape(self.options["alt"])}" width="800">'


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("report-example", ReportExample)
    return {"parallel_read_safe": True}

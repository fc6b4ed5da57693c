"""Tables with a filter above them, made at each build: what the pages of bundled data are built from."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import mineral_ratio as mr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DATA = Path(mr.__file__).parent / "data"
_HERE = Path(__file__).parent
# Words on two lines of a cell are two words to the filter.
_LINE, _APART = re.compile("<br>|</li>|</summary>"), r"\g<0>\n"


def small(label: str, texts: Iterable[str]) -> str:
    """Names or identifiers under a name, or nothing."""
    text = ", ".join(texts)
    return f"<br><small>{label}{escape(text)}</small>" if text else ""


def folded(summary: str, texts: Iterable[str], note: str = "") -> str:
    """Texts and a note that open at a click on their summary."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<details><summary>{escape(summary)}</summary><ul>{items}</ul>{escape(note)}</details>"


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[str] = ()
) -> str:
    """A table whose rows can be filtered; each cell knows its heading, for narrow screens.

    Args:
        caption: What stands above it.
        heads: The headings.
        rows: The cells of each row, as HTML.
        figures: Headings whose cells keep on one line.
    """
    head = "".join(f'<th scope="col">{title}</th>' for title in heads)
    lines = []
    for row in rows:
        cells = [
            f'<td data-head="{title}"{" class=figure" * (title in figures)}>{_LINE.sub(_APART, cell)}</td>'
            for title, cell in zip(heads, row, strict=True)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    body = "\n".join(lines)
    return (
        f'<div class="table-wrapper"><table class="docutils filtered"><caption>{escape(caption)} '
        f"<span></span></caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


class FilteredTables(SphinxDirective):
    """The filter and the tables that it filters; a page says what the tables are."""

    what: str
    """What can be asked for."""
    such_as: str
    """Examples of it."""

    def tables(self) -> Iterable[str]:
        """The tables, each as HTML."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Build the tables from what is bundled."""
        for file in (*_DATA.glob("*.csv"), *_HERE.glob("*.py"), *_HERE.glob("*.html")):
            self.env.note_dependency(str(file))
        parts = {"what": self.what, "such as": self.such_as, "tables": "\n".join(self.tables())}
        page = (_HERE / "filtered_tables.html").read_text(encoding="utf-8")
        for name, text in parts.items():
            page = page.replace(f"<!-- {name} -->", text)
        return [nodes.raw("", page, format="html")]

"""The 76,500 records of the package ``chemicals`` as a source of compounds, asked for one at a time.

Installed, it answers after the bundled compounds. What it holds was gathered from PubChem by a machine;
a record whose formula contradicts its own names or structure is refused with the reason.
"""

from mineral_ratio_chemicals.source import SOURCE as SOURCE

__all__ = ["SOURCE"]

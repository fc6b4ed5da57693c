"""Whether the built site's ``objects.inv``, which other projects link by, has all that is public.

``python docs/check_inventory.py docs/_build/html/objects.inv`` fails where a public name, or a public
member of a public class, is missing.
"""

from __future__ import annotations

import inspect
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import mineral_ratio
import mineral_ratio.testing

if TYPE_CHECKING:
    from collections.abc import Iterator


def _members(cls: type) -> Iterator[str]:
    """The fields of a class of attrs, and what the class and the library's bases of it define."""
    yield from (field.name for field in getattr(cls, "__attrs_attrs__", ()))
    for base in cls.__mro__:
        if base.__module__.startswith("mineral_ratio."):
            yield from (name for name, value in vars(base).items() if inspect.isroutine(value))
            yield from (name for name, value in vars(base).items() if isinstance(value, property))


def _public() -> Iterator[str]:
    """Every public name, and under each class its public members."""
    for module in (mineral_ratio, mineral_ratio.testing):
        for name in module.__all__:
            full, value = f"{module.__name__}.{name}", getattr(module, name)
            yield full
            if inspect.isclass(value):
                yield from (f"{full}.{each}" for each in _members(value) if not each.startswith("_"))


def main() -> None:
    """Compare the inventory with the library."""
    # Four lines about the file, then one for each object: its name, its domain and role, and where it is.
    packed = Path(sys.argv[1]).read_bytes().split(b"\n", 4)[4]
    lines = zlib.decompress(packed).decode("utf-8").splitlines()
    listed = {name for name, role, *_ in map(str.split, lines) if role.startswith("py:")}
    if missing := sorted(set(_public()) - listed):
        sys.exit(f"not in objects.inv: {', '.join(missing)}")


if __name__ == "__main__":
    main()

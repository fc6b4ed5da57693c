"""Names as labels print them: after the nutrient, with a brand, and as a chelate."""

from __future__ import annotations

import re

# TRAACS® and (TRAACS™), TRAACS(R) and TRAACS(TM): the word that a sign of trade stands at.
_BRAND = re.compile(r"[(\[]?[^\s()\[\]]+?(?:[®™℠]|\((?:R|TM)\))[)\]]?")
# "Magnesium (as magnesium oxide)", "zinc [from zinc oxide]", "as calcium citrate".
_FORM = re.compile(
    r"(?P<nutrient>[^()\[\]]*?)[\s(\[]*\b(?:as|from)\s+(?P<form>[^()\[\]]+)[)\]]?", re.IGNORECASE
)
# What a chelate is named for is its ligand; "zinc chelate" names none.
_CHELATE = re.compile(r"(?<=\w)\s+chelated?(?=\W*$)", re.IGNORECASE)
_LONGEST = 200
_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\band\b|\b(?:buffered )?with\b)\s*(?:(?:as|from)\s+)?", re.IGNORECASE)


def printed(name: str) -> tuple[str, str]:
    """The nutrient and the substance that a line of a label names.

    Args:
        name: What stands on the label, such as ``"Zinc (as TRAACS® zinc bisglycinate chelate)"``.

    Returns:
        The nutrient, which is empty where the line does not begin with it, and the substance without
        brand and without the word chelate: ``("Zinc", "zinc bisglycinate")``.
    """
    text = " ".join(_BRAND.sub(" ", name).split()).rstrip("*†‡§¶ ")
    found = _FORM.fullmatch(text)
    nutrient, form = (found["nutrient"], found["form"]) if found else ("", text)
    return nutrient.strip(" :,"), _CHELATE.sub("", form.strip())


def several(name: str) -> tuple[str, ...]:
    """The names of a line that lists several substances, as ``"calcium (as calcium carbonate, citrate)"``.

    Args:
        name: What stands on the label.

    Returns:
        The names, each with the nutrient before it where only the salt is printed twice; none where the
        line names one substance, or is longer than 200 characters.
    """
    if len(name) > _LONGEST:
        return ()
    nutrient, form = printed(name)
    texts = [_CHELATE.sub("", text) for text in _SEVERAL.split(form) if text]
    if len(texts) < 2:
        return ()
    metal = nutrient or texts[0].split()[0]
    return tuple(text if " " in text or text == metal else f"{metal} {text}" for text in texts)

"""Names: what counts as the same name."""

from __future__ import annotations

import functools
import re

HYDRATES = {
    "anhydrous": "0",
    "hemihydrate": "1/2",
    "monohydrate": "1",
    "sesquihydrate": "3/2",
    "dihydrate": "2",
    "hemipentahydrate": "5/2",
    "trihydrate": "3",
    "tetrahydrate": "4",
    "pentahydrate": "5",
    "hexahydrate": "6",
    "heptahydrate": "7",
    "octahydrate": "8",
    "nonahydrate": "9",
    "decahydrate": "10",
    "undecahydrate": "11",
    "dodecahydrate": "12",
    "tetradecahydrate": "14",
    "pentadecahydrate": "15",
    "hexadecahydrate": "16",
    "heptadecahydrate": "17",
    "octadecahydrate": "18",
}
"""Words for water of crystallization, and how many H2O each is."""

_WORDS = {count: word for word, count in HYDRATES.items()}
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii")
"""Oxidation states, from 1 on."""

# Spellings of the same word on the two sides of the Atlantic, and of trade.
_SPELLINGS = {
    "aluminum": "aluminium",
    "cesium": "caesium",
    "saltpetre": "saltpeter",
    "pentahemihydrate": "hemipentahydrate",
    "semihydrate": "hemihydrate",
    "septahydrate": "heptahydrate",
    **dict.fromkeys(("anh", "anh.", "anhyd", "anhyd.", "anhydr", "anhydr."), "anhydrous"),
}
# What all spellings of a word have in common.
_STEMS = {
    "aluminium": "alumin",
    "caesium": "esium",
    "saltpeter": "saltpet",
    **dict.fromkeys((*HYDRATES, *ROMANS), ""),
}
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "μ": "mu"}
_JOINTS = "-‐‑‒–—'’"
_BREAKS = ",;:_/()[]"
# Signs of trade and of footnotes, which are no part of a name; an asterisk can be the dot of a formula.
_MARKS = str.maketrans("", "", "®™©℠†‡§¶")
_BETWEEN = rf"[{_JOINTS}\s.:#_]*"


def _table(joint: str | None) -> dict[int, str | None]:
    return str.maketrans({**_GREEK, **dict.fromkeys(_BREAKS, " "), **dict.fromkeys(_JOINTS, joint)})


_JOINED, _PARTED = _table(None), _table(" ")


@functools.cache
def _hyphen() -> re.Pattern[str]:
    """A hyphen that could be a space: those of CAS numbers stand between digits."""
    return re.compile(rf"[{_JOINTS}][^\W\d_]|[^\W\d_][{_JOINTS}]")


@functools.cache
def _waters() -> re.Pattern[str]:
    """Water of crystallization, as in ``.7H2O``, ``x 7 H2O``, ``H2O``, ``7-hydrate``, ``hepta hydrate``."""
    lead = r"(?: ?[.·⋅∙•*×] ?|(?<![\w.,/]))"
    count = r"(?:(?<!\w)x ?)?(?P<{}>\d{{1,2}}(?:[./⁄]\d)?)"
    prefixes = "|".join(word.removesuffix("hydrate") for word in HYDRATES if word.endswith("hydrate"))
    return re.compile(
        rf"{lead}(?:{count.format('waters')} ?(?:mol )?)?h2o(?!\w|\)\d)"
        rf"|{lead}{count.format('count')}[{_JOINTS} ]?(?:hydrate|water|aq)\b"
        rf"|(?<!\w)(?P<prefix>{prefixes})[{_JOINTS} ]?hydrated?\b",
        re.IGNORECASE,
    )


@functools.cache
def _apart() -> re.Pattern[str]:
    """A hydrate that is not one word: most are, and are spared the longer search."""
    return re.compile(r"(?<![^\W\d_])hydrate|hydrated")


@functools.cache
def _additive() -> re.Pattern[str]:
    """The number of an additive, and which of its forms: ``E 170``, ``INS No. 341(ii)``, ``e500ii``."""
    return re.compile(
        rf"\A(?:e|ins)(?:{_BETWEEN}(?:number|no|nr))?{_BETWEEN}(\d{{3,4}}[a-h]?)(?:[\s(]*([ivx]+)\b)?"
    )


@functools.cache
def _registry() -> re.Pattern[str]:
    """What stands before the number of a registry: ``CAS No. ``, ``UNII:``."""
    return re.compile(rf"\Acas(?:{_BETWEEN}(?:registry|number|rn|no|nr))*{_BETWEEN}(?=\d)|\Aunii\b{_BETWEEN}")


@functools.cache
def _charge() -> re.Pattern[str]:
    """A charge that stands for an oxidation state: the ``3+`` or ``+3`` of ``iron(3+)``."""
    return re.compile(r"(?<=[(\s[])(?:\+([1-7])|([1-7])\+)(?=[])\s]|$)")


def _plain(text: str) -> str:
    """A text without its accidents of script: signs, sub- and superscripts, fractions, wide letters."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFKC", text.translate(_MARKS))


def _lower(text: str) -> str:
    """A text without its accidents of case and script."""
    return _plain(text).casefold()


def _hydrate(found: re.Match[str]) -> str:
    """The word for a number of waters, however it was written."""
    if found["prefix"]:
        return f" {found['prefix']}hydrate "
    count = (found["waters"] or found["count"] or "1").replace("⁄", "/")
    whole, point, _ = count.partition(".5")
    count = f"{2 * int(whole) + 1}/2" if point else count
    return f" {_WORDS.get(count, count + 'hydrate')} "


def _spelt(name: str) -> str:
    """A name in lower case, with one spelling for waters, oxidation states and numbers of registries."""
    text = _lower(name).strip().rstrip("*").replace("sulph", "sulf")
    if text.startswith(("e", "ins")):
        text = _additive().sub(r"e\1 \2", text)
    elif text.startswith(("cas", "unii")):
        text = _registry().sub("", text)
    if "+" in text:
        text = _charge().sub(lambda found: ROMANS[int(found[1] or found[2]) - 1], text)
    if "h2o" in text or "aq" in text or "water" in text or ("hydrate" in text and _apart().search(text)):
        text = _waters().sub(_hydrate, " ".join(text.split()))
    return text


def _words(spelt: str, table: dict[int, str | None]) -> list[str]:
    """The words of a name that was spelt out, hyphens read by a table."""
    words = [_SPELLINGS.get(word, word) for word in spelt.translate(table).split()]
    waters = [word for word in words if word in HYDRATES]
    if len(waters) > 1:  # "dihydrate (2 H2O)" says it twice
        words = [*(word for word in words if word not in HYDRATES), *dict.fromkeys(waters)]
    return words


def normal(name: str) -> str:
    """A name without its accidents: case, spaces, hyphens, Greek letters, sub- and superscripts, spelling.

    Args:
        name: Any name.

    Returns:
        Its words in lower case, a space between them; two names that agree in it are the same.
    """
    return " ".join(_words(_spelt(name), _JOINED))


def unordered(name: str) -> str:
    """A name's words in alphabetical order: ``dihydrate calcium chloride`` is calcium chloride dihydrate."""
    return keys(name)[0]


def keys(name: str) -> tuple[str, ...]:
    """What a name is looked up by: its words in alphabetical order, a hyphen also read as a space.

    ``di-calcium malate`` is dicalcium malate, and ``calcium-carbonate`` is calcium carbonate.
    """
    spelt = _spelt(name)
    key = " ".join(sorted(_words(spelt, _JOINED)))
    if (("-" not in name or key.isdigit()) and name.isascii()) or _hyphen().search(spelt) is None:
        return (key,)
    return key, " ".join(sorted(_words(spelt, _PARTED)))


def folded(text: str) -> str:
    """A text in which `parts` of names are found: as names are compared, its words not yet told apart."""
    return _lower(text).translate(_JOINED)


def parts(name: str) -> list[str]:
    """Texts that stand in the folded line of every table in which a name has a key of this one.

    A line that holds them may still have none: they are parts of its words, in any of its cells.

    Args:
        name: The name that is looked up.
    """
    # The words of the last key are parts of those of the first. What another spelling or "E 170" has
    # otherwise is left out of a word.
    words = (_STEMS.get(word, word.lstrip("e")) for word in keys(name)[-1].split())
    return [word[: word.index("sulf") + 3] if "sulf" in word else word for word in words]


def dried(name: str) -> tuple[str, str]:
    """A name without its water of crystallization, and the word for that.

    Args:
        name: A name or a formula with its water, such as ``"ZnSO4 (7H2O)"``.

    Returns:
        The rest as it was written, and the word, which is empty if there is none, or two that disagree.
    """
    words = [word for word in _words(_spelt(name), _JOINED) if word in HYDRATES]
    if len(words) != 1:
        return name, ""
    texts = (
        (text.strip(",;"), _words(_lower(text), _JOINED)) for text in _waters().sub(" ", _plain(name)).split()
    )
    return " ".join(text for text, read in texts if read and read[0] not in HYDRATES), words[0]

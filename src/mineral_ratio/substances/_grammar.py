"""The grammar of formulas: any text in, counts and charge out, or a refusal that points at its cause.

What was decided where chemists write one thing in several ways; dots and charges have modules of
their own:

* **Joints.** ``· • ∙ ⋅ ・ * × @`` always join two parts, and a dot does where ``_dots`` says so.
  A dot in front of the whole formula marks a radical (``.NO2``) and says nothing about composition.
* **Numbers in front** multiply their own part, up to the next joint: ``2CaSO4.H2O`` has one water. In
  front of a formula of one part they multiply its charge as well. They may be fractions (``1/2``, ``½``,
  ``1 1/2``), and have a decimal comma before water (``·1,5H2O``) and behind 0 (``Fe0,95O``). Where
  number and symbol are also a nuclide (``13CO2``) the text is refused; ``2H2O`` is twice water.
* **Spaces** may stand around joints, after coefficients, before a charge (``SO4 2-``) and before water
  (``MgSO4 7H2O``, ``MgSO4 x 7 H2O``, ``MgSO4, 7H2O``), and between the elements of the spaced spelling of
  crystallography (``C6 H12 O6``).
* **States** such as ``(aq)`` and ``(s)`` at the end are read and say nothing about composition.
* **Isotopes** are ``[44Ca]``, ``(44Ca)``, ``⁴⁴Ca``, ``^44Ca`` and D; only nuclides that occur in nature
  have a mass here.
* **Slips** such as ``CaCI2`` and ``CUSO4`` read as formulas and are refused; ``_slips`` tells which.
* **Ac, Pr, Ts and Ar** are elements, unless they stand where acetyl, propyl, tosyl and aryl stand
  (``NaOAc``). An element alone in square brackets is always that element.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from mineral_ratio.errors import FormulaError
from mineral_ratio.substances import _abbreviations, _dots, _markup, _misplaced, _slips
from mineral_ratio.substances._charges import LEVEL, read_charge
from mineral_ratio.substances._dots import FRACTIONS
from mineral_ratio.substances._plain import (
    AMBIGUOUS,
    MAX_DIGITS,
    PAIRS,
    SYMBOLS,
    whole_if_possible,
    within_limits,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mineral_ratio.substances._plain import Number

# One character for one, so that positions stay those of the text as given.
_ALIKE = {
    **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
    **dict.fromkeys(map(ord, "−–—‐‑‒﹣"), "-"),
    **dict.fromkeys(map(ord, "•∙⋅・‧●∗⸱⸳ꞏ᛫˙\u0387*＊×✕✖⨯@＠"), "·"),
    **dict.fromkeys(map(ord, "⁄∕"), "/"),
    **dict.fromkeys([ord("\t"), 0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x3000], " "),
}
_SIGNS = frozenset("+-⁺⁻")

_STATE = re.compile(r" *\((?:aq|am|ads|cr|gas|lc|liq|sln|vit|s|l|g)\.?\)$")
_LONGEST_STATE = 10
_FORM = re.compile(r"(?:[a-z]{1,5}|[α-ω]|D|L|DL)-(?=[A-Z(\[])")
_NUCLIDE_BY_MASS = re.compile(r"([A-Z][a-z]?)-([0-9]{1,3})")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_ISOTOPE = re.compile(
    r"\[([0-9]+|[⁰¹²³⁴-⁹]+)([A-Z][a-z]?)\]|\(([0-9]+)([A-Z][a-z]?)\)|(?:\^([0-9]+)|([⁰¹²³⁴-⁹]+))([A-Z][a-z]?)"
)
# Iodine or vanadium only in brackets with a count that stand behind no symbol: (I)2.
_OXIDATION_STATE = re.compile(r"\([IV]{2,}\)|(?<=[A-Za-z])\([IV]\)|\([IV]\)(?![0-9₀-₉])")
_WORD = r"[A-Z][a-z]?(?:[0-9]+(?:\.[0-9]+)?)?"
_SPACED = re.compile(rf"(?:{_WORD} +)+{_WORD}")
_MIXED = rf"[0-9]+ [0-9]+/[0-9]|[0-9]+(?:[./][0-9]+)?|[0-9]* ?[{FRACTIONS}]"
_JOINT_BEFORE_WATER = re.compile(
    rf"(?:,? +(?:[xX] *(?=[0-9{FRACTIONS}]))?|x(?=[0-9{FRACTIONS}]))"
    rf"(?=\(?(?:{_MIXED})? ?\(?(?:H2O|H₂O|D2O)(?:\)[0-9]*)?(?: |$))"
)
_SPACES = re.compile(" *")
_DECIMAL_COMMA = re.compile(r"(?<![0-9])0,(?=[0-9])|(?<=[·. ])[0-9]{1,3},(?=[0-9]{1,9} ?\(?(?:H2O|H₂O|D2O))")
_COUNT = re.compile(r"([0-9]+)|([₀-₉]+)(?:\.([₀-₉]+))?")
_DECIMALS = re.compile(r"\.([0-9]+)")
_COEFFICIENT = re.compile(
    r"(?:([0-9]+|[₀-₉]+|[⁰¹²³⁴-⁹]+(?=/))(?:\.([0-9]+)|/([0-9]+|[₀-₉]+)"
    rf"| ?([{FRACTIONS}])| ([0-9]+)/([0-9]+))?|([{FRACTIONS}])) *"
)
_RANGE = re.compile(r" *-+ *[0-9]")
_MULTIPLIED = re.compile(r"[A-Za-z(\[{^⁰¹²³⁴-⁹]")
_UNKNOWN = re.compile(r"[nmxyzδ](?= *[(\[{]?[A-Z])|X(?= *[(\[{]?H2O)")

# No count comes back from so far beyond; larger numbers would only cost time.
_FAR_OVER_LIMITS = 10**100
_NOTHING_JOINED = "a dot joins two parts, and nothing stands on one side of it"


class Token(NamedTuple):
    """A piece of a formula, in the order of the text.

    ``part`` starts a part with its coefficient; ``open`` and ``close`` are brackets; ``atom`` has a
    symbol or an isotope key. Atoms and closing brackets have a count.
    """

    kind: Literal["part", "open", "close", "atom"]
    text: str
    number: Number


class Part(NamedTuple):
    """One of the parts that dots join: its counts, coefficient included, and its tokens."""

    counts: dict[str, Number]
    tokens: list[Token]


class Reading(NamedTuple):
    """What a formula says."""

    counts: dict[str, Number]
    charge_number: int
    parts: list[Part]


class _Frame:
    """A bracket that is open, or the whole text: what was counted in it so far."""

    __slots__ = ("coefficient", "opened", "part", "position", "total")

    def __init__(self, opened: str, position: int) -> None:
        self.opened = opened
        self.position = position
        self.coefficient: Number = 1
        self.part: dict[str, Number] = {}
        self.total: dict[str, Number] = {}


def read(text: str, nuclides: Container[str]) -> Reading:
    """Read any text as a formula, in time linear in its length.

    Args:
        text: The text.
        nuclides: Isotope keys that have a mass.

    Raises:
        FormulaError: The text is not a formula, or is one in more than one way.
    """
    return _Reader(text, nuclides).read()


def add_counts(target: dict[str, Number], counts: Mapping[str, Number], factor: Number = 1) -> None:
    """Add counts, each times a factor, to those in target."""
    for key, count in counts.items():
        target[key] = whole_if_possible(target.get(key, 0) + count * factor)


class _Reader:
    """Reads one text, left to right, once."""

    def __init__(self, text: str, nuclides: Container[str]) -> None:
        self.given = text
        text = text.translate(_ALIKE)
        if "," in text:
            text = _DECIMAL_COMMA.sub(lambda number: f"{number[0][:-1]}.", text)
        self.text = text
        self.nuclides = nuclides
        self.start = len(text) - len(text.lstrip())
        self.end = len(text.rstrip())
        self.i = self.start
        self.level = ""  # with all digits on the line, as far as the atoms go
        self.begin = self.start
        self.charge = 0
        self.frames = [_Frame("", self.start)]
        self.tokens: list[Token] = []
        self.parts: list[Part] = []

    def refuse(self, message: str, position: int | None = None) -> NoReturn:
        """Say what is wrong at a position; where the reader stands, if none is given."""
        raise FormulaError(message, self.given, self.i if position is None else position)

    def read(self) -> Reading:
        """Read it all."""
        text = self.text
        if self.start >= self.end:
            self.refuse("the formula is empty", 0)
        if (state := _STATE.search(text, max(self.start, self.end - _LONGEST_STATE), self.end)) is not None:
            self.end = state.start()
        if not _SIGNS.isdisjoint(text):
            self._read_signs()
        self.level = text[: self.end].translate(LEVEL)
        spaced = _SPACED.fullmatch(text, self.start, self.end) is not None
        if text[self.start] in ".·" and text[self.start + 1 : self.start + 2].isalpha():
            self.i += 1  # a radical
        self._start_part()
        while self.i < self.end:
            self._read_unit(spaced=spaced)
        self._end_part()
        frame = self.frames[-1]
        if frame.opened:
            self.refuse(f"the bracket {frame.opened} is never closed", frame.position)
        return self._result(frame.total)

    def _read_signs(self) -> None:
        text, start, end = self.text, self.start, self.end
        if (form := _FORM.match(text, start, end)) is not None:
            self.refuse(f"{form[0]} tells of a form, which is no part of a formula: leave it out", start)
        nuclide = _NUCLIDE_BY_MASS.fullmatch(text, start, end)
        if nuclide is not None and f"[{nuclide[2]}{nuclide[1]}]" in self.nuclides:
            symbol, number = nuclide.groups()
            self.refuse(
                f"the {number} may be a mass number or the charge: "
                f"write [{number}{symbol}] or {symbol}^{number}-",
                nuclide.start(2),
            )
        self.end, self.charge = read_charge(text, start, end, self.refuse)

    def _result(self, counts: dict[str, Number]) -> Reading:
        _, first, *_ = self.parts[0].tokens
        number, charge = self.parts[0].tokens[0].number, Fraction(self.charge)
        if len(self.parts) == 1 and number != 1:
            key = f"[{number}{first.text}]"
            if first.text != "H" and key in self.nuclides:
                self.refuse(
                    f"{key[1:-1]} may be a number and an element or a nuclide: "
                    f"write {key}, or {number} times the formula as {number}(...)",
                    self.start,
                )
            charge *= number
            if charge.denominator != 1:
                self.refuse(f"{number} times the charge is not a whole number", self.start)
        for key, count in counts.items():
            if not within_limits(count):
                self._refuse_count(key)
        return Reading(counts, charge.numerator, self.parts)

    # -- units ----------------------------------------------------------------------------------

    def _read_unit(self, *, spaced: bool) -> None:
        text, i, end = self.text, self.i, self.end
        c = text[i]
        if (symbol := _SYMBOL.match(text, i, end)) is not None:
            self._read_symbol(symbol[0])
        elif (isotope := _ISOTOPE.match(text, i, end)) is not None:
            self._read_isotope(isotope)
        elif c in PAIRS:
            self._open(c)
        elif c in ")]}":
            self._close(c)
        elif c in ".·":
            self._join(i + 1)
        elif (water := _JOINT_BEFORE_WATER.match(text, i, end)) is not None:
            self._join(water.end())
        elif c == " ":
            self._read_space(spaced=spaced)
        else:
            self._refuse_character()

    def _read_symbol(self, symbol: str) -> None:
        start = self.i
        if symbol == "D":
            self.i += 1
            self._atom("[2H]")
            return
        if symbol not in SYMBOLS:
            self._refuse_symbol(symbol)
        after = start + len(symbol)
        bare = self.text[start - 1 : start] != "[" or self.text[after : after + 1] != "]"
        if symbol in AMBIGUOUS and bare:
            group = _abbreviations.group_at(self.level, self.start, start, symbol)
            if group is not None:
                self._refuse_abbreviation(*group)
        self.i = after
        self._atom(symbol)

    def _read_isotope(self, match: re.Match[str]) -> None:
        digits, symbol = (group for group in match.groups() if group)
        key = f"[{digits.translate(LEVEL)}{symbol}]"
        self.i += match[0][0] in "[(^"
        if symbol not in SYMBOLS:
            self.i += len(digits)
            self._refuse_symbol(symbol)
        if key not in self.nuclides:
            known = [str(n) for n in range(1, 300) if f"[{n}{symbol}]" in self.nuclides]
            those = f"those of {symbol} are {', '.join(known)}" if known else f"{symbol} has none"
            self.refuse(f"{key} is no naturally occurring nuclide, so no mass is kept for it here ({those})")
        self.i = match.end()
        self._atom(key)

    def _atom(self, key: str) -> None:
        part = self.frames[-1].part
        count = self._read_count(key, (part, (key,)))
        self.tokens.append(Token("atom", key, count))
        part[key] = whole_if_possible(part.get(key, 0) + count)

    def _open(self, bracket: str) -> None:
        if (state := _OXIDATION_STATE.match(self.text, self.i, self.end)) is not None:
            self.refuse(
                f"{state[0]} is an oxidation state, which is no part of a formula: leave it out, "
                "or leave out the brackets if the element is meant"
            )
        self.tokens.append(Token("open", bracket, 1))
        self.frames.append(_Frame(bracket, self.i))
        self.i += 1
        if bracket == "[" and (number := _COUNT.match(self.text, self.i, self.end)) is not None:
            self.refuse(
                f"a number right behind [ is the mass number of one nuclide, as in [44Ca]; "
                f"if {number[0]} is a count, use ()"
            )
        self._start_part()

    def _close(self, bracket: str) -> None:
        frame = self.frames[-1]
        if not frame.opened:
            self.refuse(f"{bracket} closes a bracket that was never opened")
        if PAIRS[frame.opened] != bracket:
            self.refuse(f"{bracket} does not match {frame.opened}, the bracket that is open")
        if not frame.part:
            self.refuse("nothing stands between the brackets")
        self._end_part()
        self.frames.pop()
        self.i += 1
        outer = self.frames[-1].part
        count = self._read_count(bracket, (outer, frame.total))
        self.tokens.append(Token("close", bracket, count))
        add_counts(outer, frame.total, count)
        for key, total in outer.items():
            if max(total.numerator, total.denominator) > _FAR_OVER_LIMITS:
                self._refuse_count(key)

    def _read_space(self, *, spaced: bool) -> None:
        text, end = self.text, self.end
        spaces = _SPACES.match(text, self.i, end)
        after = spaces.end() if spaces is not None else end
        if not (spaced or text[after] in ".·"):
            if text[after].islower() and text[after + 1 : after + 2] not in {"", " "}:
                self.i = after
                self._refuse_character()
            self.refuse(
                "a space inside the formula: leave it out, or join the parts with a dot, as in MgSO4·7H2O"
            )
        self.i = after

    # -- parts ----------------------------------------------------------------------------------

    def _join(self, after: int) -> None:
        if not self.frames[-1].part:
            decimal = _DECIMALS.match(self.text, self.i, self.end)
            hint = f"; a decimal is written 0.{decimal[1]}" if decimal is not None else ""
            self.refuse(_NOTHING_JOINED + hint)
        self._end_part()
        joint, self.i = self.i, after
        self._start_part()
        if self.i >= self.end:
            self.refuse(_NOTHING_JOINED, joint)

    def _start_part(self) -> None:
        while self.i < self.end and self.text[self.i] == " ":
            self.i += 1
        coefficient = self._read_coefficient()
        self.frames[-1].coefficient = coefficient
        if not self.frames[-1].opened:
            self.begin = self.i
        self.tokens.append(Token("part", "", coefficient))

    def _end_part(self) -> None:
        frame = self.frames[-1]
        if not (frame.part or frame.opened):
            self.refuse("there is no element in the formula", self.start)
        counts: dict[str, Number] = {}
        add_counts(counts, frame.part, frame.coefficient)
        add_counts(frame.total, counts)
        if not frame.opened:
            if (found := _slips.slip(self.level[self.begin : self.i].rstrip(" "))) is not None:
                self.refuse(found[1], self.begin + found[0])
            self.parts.append(Part(counts, self.tokens))
            self.tokens = []
        frame.part = {}

    # -- numbers --------------------------------------------------------------------------------

    def _read_coefficient(self) -> Number:
        text, start, end = self.text, self.i, self.end
        if (unknown := _UNKNOWN.match(text, start, end)) is not None:
            self._refuse_unknown(unknown[0])
        match = _COEFFICIENT.match(text, start, end)
        if match is None:
            return 1
        whole, decimals, denominator, beside, over, under, alone = match.groups()
        number: Number = self._number(whole, decimals, start) if whole else 0
        if denominator:
            number = Fraction(number) / self._number(denominator, None, match.start(3))
        if under:
            number += Fraction(int(over), self._number(under, None, match.start(6)))
        if sign := beside or alone:
            number += Fraction(unicodedata.numeric(sign)).limit_denominator(10)
        self.i = match.end()
        if _MULTIPLIED.match(text, self.i, end) is None:
            if _RANGE.match(text, self.i, end) is not None:
                self.refuse("numbers with a hyphen between them: write one number, such as 2 or 1.5", start)
            self.refuse(f"the number {match[0].strip()} has nothing to multiply", start)
        return whole_if_possible(number)

    def _read_count(self, owner: str, before: Iterable[Iterable[str]]) -> Number:
        """Read the count behind a symbol, a nuclide or a closing bracket; before it are these atoms."""
        text, start, end = self.text, self.i, self.end
        match = _COUNT.match(text, start, end)
        whole, lowered, lowered_decimals = match.groups() if match is not None else ("", None, None)
        if match is not None:
            self.i = match.end()
        if lowered:
            return self._number(lowered, lowered_decimals, start)
        decimals = _DECIMALS.match(text, self.i, end)
        if decimals is not None:
            elements = frozenset[str]().union(*before)
            verdict = _dots.judge(text, self.i, end, owner=owner, whole=whole, elements=elements)
            if verdict == "unclear":
                frame = self.frames[-1]
                begin = frame.position + len(frame.opened)
                self.refuse(_dots.both_readings(text, begin, self.i, end, whole))
            if verdict == "decimal":
                self.i = decimals.end()
                return self._number(whole or "0", decimals[1], start)
        return self._number(whole, None, start) if whole else 1

    def _number(self, whole: str, decimals: str | None, position: int) -> Number:
        whole, decimals = whole.translate(LEVEL), (decimals or "").translate(LEVEL)
        if max(len(whole), len(decimals)) > MAX_DIGITS:
            self.refuse(f"a number of more than {MAX_DIGITS} digits overflows", position)
        if whole[0] == "0" and len(whole) > 1:
            self.refuse(f"no number begins with 0, as {whole} does; is the letter O meant?", position)
        number = Fraction(f"{whole}.{decimals}") if decimals else int(whole)
        if number == 0:
            self.refuse("a number of zero: leave out what is not there", position)
        return whole_if_possible(number)

    # -- refusals -------------------------------------------------------------------------------

    def _refuse_count(self, key: str) -> NoReturn:
        self.refuse(f"the count of {key} overflows: too large, too small or too finely divided", self.start)

    def _refuse_unknown(self, letter: str) -> NoReturn:
        self.refuse(
            f"{letter} is an unknown number; an unknown amount, of water or anything else, has no mass"
        )

    def _refuse_abbreviation(self, name: str, position: int) -> NoReturn:
        self.refuse(_abbreviations.explain(name), position)

    def _refuse_symbol(self, symbol: str) -> NoReturn:
        text, start, end, i = self.text, self.start, self.end, self.i
        if (found := _abbreviations.covering(text, start, end, i)) is not None:
            self._refuse_abbreviation(*found)
        if symbol[0] in SYMBOLS and symbol[1:] in {"n", "x", "y", "z"}:
            self.i += 1
            self._refuse_unknown(symbol[1])
        self.refuse(_abbreviations.unknown_symbol(text, start, end, i, symbol))

    def _refuse_character(self) -> NoReturn:
        c, rest = self.given[self.i], self.text[self.i : self.end]
        if (found := _abbreviations.covering(self.text, self.start, self.end, self.i)) is not None:
            self._refuse_abbreviation(*found)
        if c in "nmxyzδ" and self.i > self.start and not rest[1:2].islower():
            self._refuse_unknown(c)
        if c.isascii() and c.isalpha():
            self._refuse_symbol(rest[:2] if rest[1:2].islower() else c)
        if rest[0] in _SIGNS and rest[1:2] in {"x", "y", "z", "n", "δ"}:
            self.i += 1
            self._refuse_unknown(rest[1])
        if c in _markup.CHARACTERS and (plain := self._without_markup()):
            self.refuse(f"mark-up of a web page or of TeX: write {plain}")
        # A sign or a dot may be a look-alike that was read as the plain one.
        meant = rest[0] if rest[0] in _SIGNS else c
        self.refuse(_misplaced.explain(meant, in_bracket=bool(self.frames[-1].opened)))

    def _without_markup(self) -> str:
        """The formula without mark-up, if it has some and can be read so; empty else."""
        plain = _markup.plain(self.given)
        if plain == self.given:
            return ""
        try:
            read(plain, self.nuclides)
        except FormulaError:
            return ""
        return plain

"""Intakes: the parts that one counts, and the life stage of whoever takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from mineral_ratio.errors import NotFoundError, UnitError, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Parts: TypeAlias = "frozenset[Part]"

Part = Literal["natural_food", "added_to_food", "water", "supplement", "medicine"]
PARTS: tuple[Part, ...] = ("natural_food", "added_to_food", "water", "supplement", "medicine")
"""The parts of an intake; a limit and an intake each say which of them they count."""

Sex = Literal["female", "male"]
SEXES: tuple[Sex, ...] = ("female", "male")

CONDITIONS = ("pregnant", "lactating", "premenopausal", "postmenopausal")
"""Conditions of women that authorities set values of their own for."""


def read_parts(value: str | Iterable[str]) -> frozenset[Part]:
    """The parts of an intake from their names; one text is one name.

    Args:
        value: Names of parts, none for "not said".

    Raises:
        NotFoundError: A name is none of `PARTS`.
        UnitError: The value is no text and no collection of texts.
    """
    try:
        names = (value,) if isinstance(value, str) else tuple(value)
    except TypeError:
        raise UnitError(
            f"what an intake counts is told by names, not {value!r:.40}", value, "parts of an intake"
        ) from None
    known: list[Part] = [part for part in PARTS if part in names]
    for name in names:
        if name not in PARTS:
            raise NotFoundError(str(name), "part of an intake", PARTS)
    return frozenset(known)


def spoken_parts(parts: Iterable[Part]) -> str:
    """Parts of an intake as words, in their own order: ``"water and supplement"``."""
    given = set(parts)
    words = [part.replace("_", " ") for part in PARTS if part in given]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _read_sex(value: str) -> Sex:
    return chosen(value, "sex", SEXES)


def _read_age(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 150:
        raise UnitError(f"an age is a number of years from 0 to 150, not {value!r:.40}", value, "age")
    return float(value)


def _read_condition(value: str) -> str:
    if value and value not in CONDITIONS:
        raise NotFoundError(str(value), "condition", CONDITIONS)
    return value


@attrs.frozen
class LifeStage:
    """Sex, age and condition: what authorities set their reference values by.

    Attributes:
        sex: ``"female"`` or ``"male"``.
        age: Years, from 0 to 150; a fraction for infants.
        condition: Empty, ``"pregnant"``, ``"lactating"``, ``"premenopausal"`` or ``"postmenopausal"``.

    Raises:
        NotFoundError: The sex or the condition is none of these.
        UnitError: The age is no such number, or the condition does not go with the sex.

    Examples:
        >>> LifeStage("male", 40)
        LifeStage(sex='male', age=40.0, condition='')
        >>> str(LifeStage.parse("female 31 pregnant"))
        'female, 31 years, pregnant'
    """

    sex: Sex = attrs.field(converter=_read_sex)
    age: float = attrs.field(converter=_read_age)
    condition: str = attrs.field(default="", converter=_read_condition)

    def __attrs_post_init__(self) -> None:
        if self.condition and self.sex != "female":
            raise UnitError(f"{self.condition} goes with female", self.condition, "condition")

    @classmethod
    def parse(cls, text: str) -> LifeStage:
        """Read ``"female 31"`` or ``"female 31 pregnant"``.

        Args:
            text: Sex, age in years, and a condition where there is one, with spaces between them.

        Raises:
            NotFoundError: The sex or the condition is not known.
            UnitError: The text is of another form, or the age is no number from 0 to 150.
        """
        words = text.split()
        if len(words) not in (2, 3):
            raise UnitError(f"a person is told as in 'female 31', not {text!r:.60}", text, "life stage")
        try:
            age = float(words[1])
        except ValueError:
            raise UnitError(f"an age is a number of years, not {words[1]!r:.40}", text, "age") from None
        return cls(_read_sex(words[0]), age, words[2] if len(words) == 3 else "")

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.sex, f"{self.age:g} years", self.condition)))

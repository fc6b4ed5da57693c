"""Every error and warning of the library, in one tree; imports nothing of ours.

Each error takes its fields positionally and keeps them in ``args``, so that it pickles and
copies; each also derives from the built-in exception that a caller would guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self, TypeVar

    Word = TypeVar("Word", bound=str)

_EXCERPT = 60


def _caret(text: str, position: int) -> str:
    """Two lines: the text around a position, and a caret under its column."""
    start = max(0, position - _EXCERPT)
    end = position + _EXCERPT
    before, after = "..." * (start > 0), "..." * (end < len(text))
    excerpt = "".join(c if c.isprintable() else " " for c in text[start:end])
    return f"  {before}{excerpt}{after}\n  {' ' * (len(before) + position - start)}^"


def _shown(name: str) -> str:
    """A name as messages quote it, cut where it is long."""
    return repr(name if len(name) <= _EXCERPT else f"{name[:_EXCERPT]}...")


class MineralRatioError(Exception):
    """Base of every error that the library raises.

    Catch it to catch all of them. Each of them is also the built-in exception that one would guess,
    keeps what it says in attributes, and pickles.
    """


class FormulaError(MineralRatioError, ValueError):
    """A text is not a formula, or is one in more than one way.

    The message has a caret under the character at fault. Where a text may be read in two ways it gives
    both readings, and the way to write each.

    Attributes:
        message: What is wrong, in one sentence.
        text: The text as it was given.
        position: Index into ``text`` of the character at fault (0-based).

    Examples:
        >>> try:
        ...     Formula.parse("MgZz2")
        ... except FormulaError as error:
        ...     print(error)
        no element has the symbol Zz
          MgZz2
            ^
    """

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message, text, position)
        self.message = message
        self.text = text
        self.position = position

    def __str__(self) -> str:
        return f"{self.message}\n{_caret(self.text, self.position)}"


class UnitError(MineralRatioError, ValueError):
    """A value is not an amount of the kind that is asked for.

    It is a bare number, text that is not a number and a unit, or a unit of something else; the message
    says how to write it.

    Attributes:
        message: What is wrong, and how to write it.
        value: The value as it was given.
        expected: The kind of amount that was expected, such as ``"mass"``.
    """

    def __init__(self, message: str, value: object, expected: str) -> None:
        super().__init__(message, value, expected)
        self.message = message
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        return self.message


class MassBalanceError(MineralRatioError, ValueError):
    """Fractions, an assay or contents are outside what conservation of mass allows.

    Raised when a compound, a material or a rule is built: the charges of ions do not cancel, contents
    sum to more than the whole or lie above theory, a basis has no loss. The message names the figures.
    A specification that is right often states another species, or another basis, than it was read as.
    """


class UndefinedRatioError(MineralRatioError, ArithmeticError):
    """A ratio has no value because its denominator is zero.

    A check of a rule gives the verdict ``"undefined"`` instead.
    """


class NoAtomicWeightError(MineralRatioError, LookupError):
    """An element has no standard atomic weight in the edition used.

    Technetium has none, as none of its isotopes is stable. An edition that has a weight can be made
    (`AtomicWeights.replace`) and passed.

    Attributes:
        symbol: Symbol of the element.
        edition: Name of the edition of atomic weights.
    """

    def __init__(self, symbol: str, edition: str) -> None:
        super().__init__(symbol, edition)
        self.symbol = symbol
        self.edition = edition

    def __str__(self) -> str:
        return (
            f"{self.symbol} has no standard atomic weight in {self.edition}; "
            "pass an AtomicWeights edition that has one, or name a nuclide"
        )


class UnknownChargeError(MineralRatioError, LookupError):
    """Equivalents cannot be counted: nothing says what charge an element carries.

    Describe the compound by its ions, ``ions="1 Fe2+, 1 sulfate"``, or pass ``charges={"Fe": 2}`` to
    the ratio.

    Attributes:
        analyte: The element or species asked for.
        substance: Name of the substance in which its charge is unknown.
    """

    def __init__(self, analyte: str, substance: str) -> None:
        super().__init__(analyte, substance)
        self.analyte = analyte
        self.substance = substance

    def __str__(self) -> str:
        return (
            f"the charge of {self.analyte} in {self.substance} is unknown; describe the compound "
            "by its ions, such as ions='1 Fe2+, 1 sulfate'"
        )


class UnknownContentError(MineralRatioError, LookupError):
    """A content cannot be known from what was given; it is never taken to be zero.

    Declare the content, or give the material its compound. A check of a rule gives the verdict
    ``"undecided"`` instead.

    Attributes:
        analyte: The element or species asked for.
        substance: Name of the material, blend or analysis that does not tell.
        reason: Why not, in a few words.
    """

    def __init__(
        self, analyte: str, substance: str, reason: str = "it is not stated, and no formula gives it"
    ) -> None:
        super().__init__(analyte, substance, reason)
        self.analyte = analyte
        self.substance = substance
        self.reason = reason

    def __str__(self) -> str:
        return f"the content of {self.analyte} in {self.substance} is not known: {self.reason}"


class NotFoundError(MineralRatioError, KeyError):
    """No element, substance, rule or source has this name.

    `Catalog.find` looks around without raising; a source that could not be read may have had the name.

    Attributes:
        name: The name that was looked up.
        kind: What was looked for, such as ``"compound"``.
        suggestions: Names that are close to it.
        failed_sources: Sources that could not be searched, or refuse what the name means in them, each
            with the reason.
        reason: What is wrong with the name itself, such as the check digit of a CAS number; empty if that is
            not known.
    """

    def __init__(
        self,
        name: str,
        kind: str = "substance",
        suggestions: Sequence[str] = (),
        failed_sources: Sequence[str] = (),
        reason: str = "",
    ) -> None:
        super().__init__(name, kind, tuple(suggestions), tuple(failed_sources), reason)
        self.name = name
        self.kind = kind
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        self.failed_sources: tuple[str, ...] = tuple(failed_sources)
        self.reason = reason

    def __str__(self) -> str:
        text = f"no {self.kind} is named {_shown(self.name)}"
        if self.reason:
            text += f": {self.reason}"
        if self.suggestions:
            text += "; did you mean " + " or ".join(repr(name) for name in self.suggestions) + "?"
        if self.failed_sources:
            text += " (no answer from " + "; ".join(self.failed_sources) + ")"
        return text


def chosen(value: str, kind: str, words: Sequence[Word]) -> Word:
    """The word that was chosen, spelt as it is.

    Args:
        value: What was given.
        kind: What the words are of, such as ``"sex"``.
        words: Those to choose from.

    Raises:
        NotFoundError: It is none of them; the error names them all.
    """
    for word in words:
        if value == word:
            return word
    raise NotFoundError(str(value), kind, words)


class AmbiguousNameError(MineralRatioError, LookupError):
    """A name fits several substances, and the choice changes the figures.

    Use the name of one of the candidates, or state a policy (``prefer="as-sold"``); see
    `Catalog.compound`.

    Attributes:
        name: The name that was looked up.
        candidates: One line for each substance it may mean.
        kind: What was looked for, such as ``"compound"``.
        undecided: Why the policy that was asked for did not decide; empty if none was.

    Examples:
        >>> try:
        ...     default_catalog().compound("zinc sulfate")
        ... except AmbiguousNameError as error:
        ...     for line in error.candidates:
        ...         print(line)
        zinc sulfate anhydrous: 40.5 % Zn, ZnSO4
        zinc sulfate monohydrate: 36.4 % Zn, ZnSO4.H2O
        zinc sulfate heptahydrate: 22.7 % Zn, ZnSO4.7H2O
    """

    def __init__(
        self, name: str, candidates: Sequence[str], kind: str = "substance", undecided: str = ""
    ) -> None:
        super().__init__(name, tuple(candidates), kind, undecided)
        self.name = name
        self.candidates: tuple[str, ...] = tuple(candidates)
        self.kind = kind
        self.undecided = undecided

    def __str__(self) -> str:
        why = f", and {self.undecided}" if self.undecided else ""
        lines = "".join(f"\n  {line}" for line in self.candidates)
        return f"{self.name!r} fits several {self.kind}s{why}; name the one that is meant:{lines}"


class ProductFileError(MineralRatioError, ValueError):
    """A product file cannot be read as a product.

    The error that it was made from, such as an `AmbiguousNameError`, is its ``__cause__``.

    Attributes:
        file: Name of the file.
        key: Where in the file, such as ``"ingredients[2].mass"``; empty for the file itself.
        message: What is wrong there.
        others: What is wrong with other ingredients, an error each.
    """

    def __init__(self, file: str, key: str, message: str, others: Sequence[ProductFileError] = ()) -> None:
        super().__init__(file, key, message, tuple(others))
        self.file = file
        self.key = key
        self.message = message
        self.others: tuple[ProductFileError, ...] = tuple(others)

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return "\n".join((f"{where}: {self.message}", *map(str, self.others)))


class SourceError(MineralRatioError):
    """A source of records cannot be used.

    A source that was passed in raises at once. That of a plugin is skipped with a
    `SourceSkippedWarning`, unless the catalogue is strict.

    Attributes:
        source: Name of the source.
        reason: Why it cannot be used.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"source {self.source!r}: {self.reason}"


class SourceLoadError(SourceError):
    """A source raised while it was imported or read.

    What it raised is the ``__cause__``, where there is one; a file may also just not be there.
    """


class SourceContractError(SourceError, TypeError):
    """A source is not what the plugin contract asks for.

    It is a class in place of an instance, lacks ``name``, ``api_version`` or ``__iter__``, or yields
    something else than the records of its group. The conformance kit of `mineral_ratio.testing` finds
    all of this in its tests.
    """


class SourceVersionError(SourceError):
    """A source is written for another version of the plugin contract.

    This library knows version 1; a newer source needs a newer library.
    """


class DuplicateSourceError(SourceError, ValueError):
    """Two sources carry the same name.

    Two that were passed in; rename one. A plugin whose name is taken is shadowed, which
    `Catalog.states` tells.
    """


class RecordError(MineralRatioError, ValueError):
    """One row of a source is wrong.

    Those of one file come together, as `RecordErrors`.

    Attributes:
        file: Name of the file that holds the row.
        line: Line of the row in that file (1-based).
        field: Name of the field at fault; empty for the whole row.
        message: What is wrong with it.
    """

    def __init__(self, file: str, line: int, field: str, message: str) -> None:
        super().__init__(file, line, field, message)
        self.file = file
        self.line = line
        self.field = field
        self.message = message

    def __str__(self) -> str:
        where = ":".join(part for part in (self.file, str(self.line), self.field) if part)
        return f"{where}: {self.message}"


class RecordErrors(MineralRatioError, ExceptionGroup[RecordError]):
    """All the bad rows of one source at once, each a `RecordError`.

    Loop over ``exceptions``, or catch them by ``except* RecordError``.
    """

    if TYPE_CHECKING:
        # None of them is a group, so that a type checker lets their fields be asked for.
        @property
        def exceptions(self) -> tuple[RecordError, ...]: ...  # noqa: D102

    def __new__(cls, message: str, exceptions: Sequence[RecordError], /) -> Self:  # noqa: D102
        return super().__new__(cls, message, exceptions)

    def derive(self, excs: Sequence[Any], /) -> RecordErrors:  # type: ignore[override]
        """A group of the same kind around some of the errors.

        Args:
            excs: The errors, each a `RecordError`.
        """
        return RecordErrors(self.message, excs)

    def __str__(self) -> str:
        return self.message + "".join(f"\n  {error}" for error in self.exceptions)


class SourceSkippedWarning(UserWarning):
    """A source was skipped because it could not be used; said once for each source.

    ``mineral-ratio sources`` and `Catalog.states` say why. ``Catalog(strict=True)`` makes it an error.
    """

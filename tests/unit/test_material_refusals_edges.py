"""What is refused of a material's specification, and what cannot be known of it, to the letter."""

from __future__ import annotations

import math

import pytest

import mineral_ratio as mr

MGO = mr.Compound("magnesia", formula="MgO")
EPSOM = mr.Compound("epsom salt", ions="1 Mg2+, 1 sulfate", water=7)
RUST = mr.Compound("rust", formula="Fe2O3")
REFUSED = [
    (
        lambda: mr.Material(MGO, assay=mr.Assay("98 %", of="CaO")),
        mr.MassBalanceError,
        ("magnesia: CaO shares no telling element with its compound",),
    ),
    (
        lambda: mr.Material(EPSOM, declared={"Mg": "9.8 %", "water": "51 %"}, water_content="51 %"),
        mr.MassBalanceError,
        ("epsom salt: its water is stated twice",),
    ),
    (
        lambda: mr.Material(MGO, assay=mr.Assay("98 %", of="MgO", basis="dried")),
        mr.MassBalanceError,
        ("magnesia: MgO is stated on the dried basis, so loss_on_drying must be given",),
    ),
    (
        lambda: mr.Material(
            MGO, assay=mr.Assay("98 %", of="MgO", basis="ignited"), loss_on_ignition=">= 3 %"
        ),
        mr.MassBalanceError,
        ("magnesia: loss_on_ignition >= 3 % would leave nothing; give its upper limit",),
    ),
    (
        lambda: mr.Material(MGO, assay=mr.Assay("98 %", of="MgO", basis="ignited"), loss_on_ignition="100 %"),
        mr.MassBalanceError,
        ("magnesia: loss_on_ignition 100 % would leave nothing; give its upper limit",),
    ),
    (
        lambda: mr.Material(
            EPSOM, assay=mr.Assay("98 %", of="MgSO4.7H2O", basis="anhydrous"), water_content="50 %"
        ),
        mr.MassBalanceError,
        (
            (
                "epsom salt: MgSO4.7H2O holds crystal water that has gone on the anhydrous basis; "
                "taking the loss off would count it twice: name the anhydrous species"
            ),
        ),
    ),
    (
        lambda: mr.Material(MGO, declared={"Mg": "70 %"}),
        mr.MassBalanceError,
        ("magnesia: declared Mg 70 % is more than 5 % above the theory of MgO, 60.3 %",),
    ),
    (
        lambda: mr.Material(MGO, declared={"Mg": "60 %", "Ca": "50 %"}),
        mr.MassBalanceError,
        ("magnesia: the least of its contents sum to 149.5 %",),
    ),
    (
        lambda: mr.Material(name="mix", declared={"Mg": "60 %", "Ca": "50 %"}),
        mr.MassBalanceError,
        ("mix: the least of its contents sum to 110 %",),
    ),
    (
        lambda: mr.Material(name="mix"),
        mr.MassBalanceError,
        ("a material without a compound needs a name and declared contents",),
    ),
    (
        lambda: mr.Material(MGO, excess=-1),
        mr.UnitError,
        ("-1 is no excess: write a fraction such as 0.05", -1, "mass fraction"),
    ),
    (
        lambda: mr.Material(name="mix", assay=mr.Assay("98 %", of="MgO")),
        mr.MassBalanceError,
        ("a material without a compound needs a name and declared contents",),
    ),
    (
        lambda: mr.Material(name="mix", declared={"Mg": "1 %", "magnesium": "2 %"}),
        mr.MassBalanceError,
        ("the content of Mg is declared twice",),
    ),
    (
        lambda: mr.Material(name="bran", declared={"Mg": "1 %"}).content("Ca"),
        mr.UnknownContentError,
        ("Ca", "bran", "it is not stated, and no formula gives it"),
    ),
    (
        lambda: mr.Material(name="bran", declared={"Mg": "1 %"}).mass_for("Ca", "1 g"),
        mr.UnknownContentError,
        ("Ca", "bran", "it is not stated, and no formula gives it"),
    ),
    (
        lambda: mr.Material(MGO).mass_for("Ca", "1 g"),
        mr.UnknownContentError,
        ("Ca", "magnesia", "it holds none, or may hold none"),
    ),
    (
        lambda: MGO.mass_for("Ca", "1 g"),
        mr.UnknownContentError,
        ("Ca", "magnesia", "it holds none, or may hold none"),
    ),
    (
        lambda: MGO.equivalents_per_mole("Fe"),
        mr.UnknownContentError,
        ("Fe", "magnesia", "it is not stated, and no formula gives it"),
    ),
    (lambda: RUST.equivalents_per_mole("Fe"), mr.UnknownChargeError, ("Fe", "rust")),
    (lambda: MGO.mass_fraction("malate"), mr.NotFoundError, ("malate", "element", ())),
    (
        lambda: mr.Material("MgO"),
        TypeError,
        ("a material is of a Compound, such as catalog.compound('magnesium oxide'), not 'MgO'",),
    ),
    (
        lambda: mr.Material(MGO, assay="98 %"),
        TypeError,
        ("an assay is an Assay, such as Assay('98 %', of='MgO'), not '98 %'",),
    ),
    (
        lambda: mr.Material(MGO, excess=math.inf),
        mr.UnitError,
        ("inf is no excess: write a fraction such as 0.05", math.inf, "mass fraction"),
    ),
    (
        lambda: mr.Material(MGO, excess="5 %"),
        mr.UnitError,
        ("'5 %' is no excess: write a fraction such as 0.05", "5 %", "mass fraction"),
    ),
    (
        lambda: mr.Material(RUST, declared={"Fe": "70 %"}).equivalents_per_mole("Fe"),
        mr.UnknownChargeError,
        ("Fe", "rust"),
    ),
]


@pytest.mark.parametrize(("refused", "error", "told"), REFUSED)
def test_a_refusal_names_the_material_and_the_figures(refused, error, told):
    """The error keeps all that it tells."""
    with pytest.raises(error) as caught:
        refused()
    assert caught.value.args[: len(told)] == told


def test_a_content_has_three_ends():
    """Another end is refused with what was given; the value is the one that is taken if none is named."""
    lot = mr.Material(MGO, declared={"Mg": "50 to 60 %"})
    for substance in (MGO, lot):
        with pytest.raises(mr.UnitError) as caught:
            substance.mass_for("Mg", "1 g", "middle")
        told = ("at is 'value', 'low' or 'high', not 'middle'", "middle", "end of a range")
        assert caught.value.args == told
        assert substance.mass_for("Mg", "1 g") == substance.mass_for("Mg", "1 g", "value")


def test_what_is_stated_by_itself_is_not_more_than_all():
    """The excess is for what follows by formula from a statement, not for the statement of what has none."""
    with pytest.raises(mr.MassBalanceError) as caught:
        mr.Material(name="mix", declared={"Mg": "103 %"})
    assert str(caught.value) == "mix: the least of its contents sum to 103 %"


def test_declared_contents_are_a_mapping():
    """The error keeps what was given instead."""
    with pytest.raises(mr.UnitError) as caught:
        mr.Material(MGO, declared="Mg 60 %")
    message = "declared contents are a mapping such as {'Mg': '>= 20 %'}, not 'Mg 60 %'"
    assert caught.value.args == (message, "Mg 60 %", "mass fraction")

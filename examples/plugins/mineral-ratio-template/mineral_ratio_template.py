"""Substances of one's own, served to every mineral_ratio catalogue in the same environment."""

import mineral_ratio as mr

SAMPLE = mr.Compound("sample A-17", ions="1 Mg2+, 1 carbonate", water=3, citations="Laboratory notebook 12")

POWDER = mr.Material(
    SAMPLE,
    name="house magnesium powder",
    declared={"Mg": "17 to 18 %"},
    citations=("Specification S-204, 2026",),
)

SOURCE = mr.StaticSource("mineral-ratio-template", [SAMPLE, POWDER])

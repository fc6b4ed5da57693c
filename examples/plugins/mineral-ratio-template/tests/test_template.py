import mineral_ratio_template

from mineral_ratio.testing import SourceConformance


class TestTemplate(SourceConformance):
    source = mineral_ratio_template.SOURCE

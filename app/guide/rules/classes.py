"""Whether the children and carers of a class are within the national standard.

托育机构设置标准（试行）, 国卫人口发〔2019〕58号: 10, 15, 20 and, mixed, 18 children; one carer for at
most 3, 5 and 7. For a mixed class it names no ratio.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class: the ages in completed months, its most children, the most for one carer (None: not said)."""

    band: str
    from_months: int
    to_months: int
    most: int
    per_carer: int | None
    source: str
    clause: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count means. `needed` carers for these children, `allowed` children for these carers."""

    rule: ClassRule
    children: int
    carers: int
    size_kept: bool
    ratio_kept: bool | None
    needed: int | None
    allowed: int

    @property
    def kept(self) -> bool:
        """Whether everything that the standard says is kept."""
        return self.size_kept and self.ratio_kept is not False


def judge(rule: ClassRule, children: int, carers: int) -> Verdict:
    """Compare one class with its rule."""
    size_kept = children <= rule.most
    if rule.per_carer is None:
        return Verdict(rule, children, carers, size_kept, None, None, rule.most)
    needed = -(-children // rule.per_carer)
    return Verdict(
        rule, children, carers, size_kept, carers >= needed, needed, min(rule.most, carers * rule.per_carer)
    )

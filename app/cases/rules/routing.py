"""Who answers a report: rules in the order they are tried, and the offices they lead to. Pure.

A rule names an office of the place; the case goes to the office of the same kind whose area is the smallest
around the spot (a district's before its city's). An office never handles a case about itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

ANY = "*"
HEALTH = "health"
"""Kind of office that coordinates childcare and sees every emergency."""
NOT_STATED, INFORMED = "not-stated", "informed"
STRENGTH = (NOT_STATED, INFORMED, "co", "primary", "lead")
"""Roles of the territory, the weakest first."""
NATIONAL = "c"
"""Confidence of a basis that no local document gives."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause of a document, and how surely it speaks of this office (a, b or c)."""

    document: str
    clause: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table. Offices are codes of units; in the nation's table they are kinds of office.

    Several kinds may lead: the first that the place has. The basis of the lead stands first.
    """

    id: str
    category: str
    kind: str
    form: str
    severity: str
    lead: tuple[str, ...]
    co: tuple[str, ...]
    inform: tuple[str, ...]
    territory_role: str
    basis: tuple[Basis, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    why: Mapping[str, str] = field(default_factory=dict)
    national: bool = False

    def fits(self, question: "Question") -> bool:
        """Tell whether the rule holds for a question on its day."""
        pairs = (
            (self.category, question.category),
            (self.kind, question.kind),
            (self.form, question.form),
            (self.severity, question.severity),
        )
        return (
            all(wanted in (ANY, asked) for wanted, asked in pairs)
            and (self.valid_from is None or self.valid_from <= question.on)
            and (self.valid_to is None or question.on <= self.valid_to)
        )

    @property
    def is_default(self) -> bool:
        """Whether nothing local stands behind it."""
        return self.national or all(basis.confidence == NATIONAL for basis in self.basis)


@dataclass(frozen=True, slots=True)
class Office:
    """A unit: what it is for, the area it is of, whom it belongs to, whether it can be given cases.

    `ground` marks offices that answer for an area as such, like a town's government.
    """

    code: str
    area: str
    kind: str
    parent: str | None = None
    inbox: bool = True
    ground: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of a report when it is routed; `about` is the unit it complains of."""

    area: str
    category: str
    kind: str
    form: str
    severity: str
    on: date
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Who has the case. Without `lead` every office that could is the one complained of: refer it."""

    rule: Rule
    lead: str | None
    co: tuple[str, ...]
    inform: tuple[str, ...]
    territory: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A place's rules, then the nation's; its offices; and the roles of its areas, by area.

    The role of the place itself holds for areas without a row.
    """

    place: str
    rules: tuple[Rule, ...]
    offices: Mapping[str, Office]
    roles: Mapping[str, str]
    _nearest: dict[tuple[str, str, bool], Office | None] = field(default_factory=dict, repr=False)

    def choose(self, question: Question) -> Answer | None:
        """Return who answers; None only for a desk without any rule that fits.

        Where the report is about the office that would lead, the office above it leads; else that of the next
        rule for the subject; else that of the rule for everything, with those who help by the first.
        """
        first: Rule | None = None
        for rule in self.rules:
            if not rule.fits(question):
                continue
            lead = self._lead(rule, question)
            if lead is not None:
                return self._answer(_helped(rule, first), lead, question)
            first = first or rule
        return self._answer(first, None, question) if first else None

    def _lead(self, rule: Rule, question: Question) -> Office | None:
        """Return the office that leads by a rule, or the next above it that the report is not about."""
        for name in rule.lead:
            office = self._near(rule, name, question.area)
            found = office
            while found is not None:
                if self._free(found, question.about) and (found.inbox or found is office):
                    return found
                found = self.offices.get(found.parent or "")
        return None

    def _answer(self, rule: Rule, lead: Office | None, question: Question) -> Answer:
        taken = {lead.code} if lead else set()
        co = list(self._more(rule, rule.co, question, taken))
        if question.severity == "e1":
            co += self._more(rule, (HEALTH,), question, taken, kinds=True)
        inform = tuple(self._more(rule, rule.inform, question, taken))
        ground = self._ground(question)
        role = self._role(rule, ground, question)
        units = tuple(office.code for office in ground)
        return Answer(rule, lead.code if lead else None, tuple(co), inform, units, role)

    def _more(
        self, rule: Rule, names: Iterable[str], question: Question, taken: set[str], *, kinds: bool = False
    ) -> Iterator[str]:
        """Yield further offices, each once, never the one complained of."""
        for name in names:
            office = self._near(rule, name, question.area, kinds=kinds)
            if office and office.code not in taken and self._free(office, question.about):
                taken.add(office.code)
                yield office.code

    def _near(self, rule: Rule, name: str, area: str, *, kinds: bool = False) -> Office | None:
        """Return the office that a rule's unit or kind means at a spot."""
        by_kind = rule.national or kinds
        key = (name, area, by_kind)
        if key not in self._nearest:
            named = self._of_kind(name) if by_kind else self.offices.get(name)
            self._nearest[key] = self._nearer(named, area) if named else None
        return self._nearest[key]

    def _nearer(self, named: Office, area: str) -> Office:
        if named.area != self.place:
            return named
        found = [
            office
            for office in self.offices.values()
            if area.startswith(office.area)
            and (office.kind == named.kind or (office.ground and named.ground))
            and named.code in (office.code, *self._above(office))
        ]
        return max(found, key=lambda office: len(office.area), default=named)

    def _of_kind(self, kind: str) -> Office | None:
        found = (o for o in self.offices.values() if o.kind == kind and o.area == self.place)
        return next(found, None)

    def _above(self, office: Office) -> Iterator[str]:
        parent = office.parent
        while parent:
            yield parent
            above = self.offices.get(parent)
            parent = above.parent if above else None

    def _free(self, office: Office, about: str | None) -> bool:
        """Tell whether an office may see a report: it is neither the one complained of nor below it."""
        return about is None or about not in (office.code, *self._above(office))

    def _ground(self, question: Question) -> list[Office]:
        """Return the offices that answer for the spot as such: its own, or all within a wider area."""
        inner = [o for o in self.offices.values() if o.ground and o.inbox and len(o.area) > len(self.place)]
        around = [office for office in inner if question.area.startswith(office.area)]
        if around:
            nearest = max(len(office.area) for office in around)
            found = [office for office in around if len(office.area) == nearest]
        else:
            found = [office for office in inner if office.area.startswith(question.area)]
        return [office for office in found if self._free(office, question.about)]

    def _role(self, rule: Rule, ground: list[Office], question: Question) -> str:
        """Return the part of the territory: the rule's, else that of the area, else that of the place.

        An area whose own role is weaker than the place's keeps it whatever the rule says.
        """
        if question.about and not ground:
            return NOT_STATED
        areas = {office.area for office in ground}
        area = areas.pop() if len(areas) == 1 else question.area
        usual = self.roles.get(self.place, NOT_STATED)
        own = self.roles.get(area, usual)
        role = rule.territory_role or own
        if STRENGTH.index(own) < STRENGTH.index(usual):
            role = min(role, own, key=STRENGTH.index)
        if role == NOT_STATED and question.severity == "e1" and ground:
            return INFORMED
        return role


def _helped(rule: Rule, first: Rule | None) -> Rule:
    """Return the rule for everything with the helpers of the rule whose office may not lead."""
    if first is None or rule.category != ANY or rule.national != first.national:
        return rule
    return replace(rule, co=first.co, inform=first.inform, territory_role=first.territory_role)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a step may take, for a subject, a purpose and a severity or for any."""

    id: str
    name: str
    category: str
    purpose: str
    severity: str
    amount: int
    unit: str
    local: bool = False

    def fits(self, category: str, purpose: str, severity: str) -> bool:
        """Tell whether it holds for a report."""
        pairs = ((self.category, category), (self.purpose, purpose), (self.severity, severity))
        return all(wanted in (ANY, asked) for wanted, asked in pairs)

    @property
    def closeness(self) -> tuple[bool, bool, bool, bool]:
        """How closely it speaks of a case: severity before subject before purpose; then the place's own.

        What is owed in an emergency is thus not put off by a time for a subject that says nothing of it.
        """
        return (self.severity != ANY, self.category != ANY, self.purpose != ANY, self.local)


def clocks_for(clocks: Iterable[Clock], category: str, purpose: str, severity: str) -> dict[str, Clock]:
    """Return the clocks that hold for a report by name; of several for a step, the closest."""
    found: dict[str, Clock] = {}
    for clock in clocks:
        held = found.get(clock.name)
        if clock.fits(category, purpose, severity) and (held is None or clock.closeness > held.closeness):
            found[clock.name] = clock
    return found

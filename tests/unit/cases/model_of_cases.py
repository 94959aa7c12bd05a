"""A second opinion on the life of a case, written by hand from the table of states (complaints, B.4).

It shares no code with the program: a table of lines as text, one sheet of paper a case, and hours counted
from the report instead of dates. Where the product says more than B.4, the line or question has a comment.
"""

from dataclasses import dataclass, field

NEW = "registered triage dispatched return-requested dispute accepted"
HANDS = "in-progress joint"
OVER = "not-accepted referred closed final merged withdrawn"

# where it stands | what happens | who does it | where it goes ("=" stays, "?" see `_goes`)
TABLE = f"""
registered                           | dispatch       | system      | dispatched
registered                           | queue          | system      | triage
triage                               | assign         | desk        | dispatched
dispatched                           | sign           | lead        | accepted
dispatched                           | object         | lead        | return-requested
return-requested                     | uphold         | desk        | dispatched
return-requested                     | insist         | desk        | dispatched
return-requested                     | dispute        | desk        | dispute
dispute                              | designate      | desk        | dispatched
dispatched accepted {HANDS}          | transfer       | desk        | dispatched
dispatched accepted                  | not-accept     | head desk   | not-accepted
{NEW} {HANDS}                        | refer          | lead desk   | referred
accepted                             | start          | lead        | ?
{HANDS}                              | add-co         | lead        | joint
joint                                | task-reply     | co          | joint
joint                                | task-override  | lead        | joint
{HANDS}                              | pause          | head desk   | paused
paused                               | resume         | lead system | ?
{HANDS}                              | extend         | head desk   | =
{HANDS} reopened                     | submit-reply   | lead        | reply-review
reply-review                         | approve        | head desk   | ?
reply-review                         | return-reply   | head desk   | ?
replied                              | follow-up      | system      | followup
replied followup                     | rate           | resident    | closed
replied followup                     | lapse          | system      | closed
replied followup closed              | reopen         | resident    | reopened
closed                               | request-review | resident    | review
review                               | finalise       | upper       | final
review                               | send-back      | upper       | reopened
{NEW} {HANDS} paused                 | withdraw       | resident    | withdrawn
{NEW} {HANDS} paused reopened        | merge          | lead desk   | merged
{OVER}                               | dispose        | system      | disposed
"""
# Beyond B.4, on purpose: `transfer` is the coordinating desk's; what a head takes, the desk may take where
# the office has no second person (not-accept, pause, extend, approve); follow-up is a timer of the next day,
# and a quick resident need not wait for it; `refer` and `merge` end what is being found or worked on, so a
# pause is lifted (refer) and a waiting reply returned (both) first; one may withdraw while the case rests.

WORDS_ENOUGH = 20
LONGEST_REST = 30
RESIDENTS = {"withdraw", "rate", "reopen", "request-review"}
MACHINES = {"dispatch", "queue", "follow-up", "lapse", "dispose"}
SWAPPED_DESKS = {"assign", "uphold", "transfer"}
NEED_REASON = {
    "assign",
    "object",
    "uphold",
    "insist",
    "designate",
    "transfer",
    "not-accept",
    "refer",
    "add-co",
    "task-override",
    "pause",
    "extend",
    "return-reply",
    "reopen",
    "request-review",
    "finalise",
    "send-back",
}
NEED_ANOTHER = {"not-accept", "pause", "extend"}  # the product's rule: proposed by one, taken by another
CODES = {
    "object": {"other-duty", "other-area", "other-level", "already-handled"},
    "refer": {"court", "arbitration", "reconsideration", "petition", "discipline", "police", "other-place"},
    "pause": {"testing", "papers", "court"},
    "not-accept": {
        "not-our-duty",
        "elsewhere-in-hand",
        "no-consumer-dispute",
        "over-three-years",
        "papers-missing",
        "name-refused",
        "answered-before",
        "unclear",
        "unlawful",
    },
}


def _lines():
    for line in TABLE.strip().splitlines():
        places, event, parts, goes = (cell.strip() for cell in line.split("|"))
        yield event, set(places.split()), set(parts.split()), goes


LINES = {event: (places, parts, goes) for event, places, parts, goes in _lines()}
PLACES = {place for places, _parts, _goes in LINES.values() for place in places} | {"disposed"}


@dataclass
class Ask:
    """What somebody asks to do: the step, the parts they play, their name and office, what they bring."""

    step: str
    parts: set
    person: str = ""
    office: str = ""
    to: str = ""
    because: str = ""
    code: str = ""
    length: int = 0
    proposed_by: str = ""
    lacking: int = 0
    given_away: int = 0
    alike: bool = True
    mine: bool = True
    free: bool = True


@dataclass
class Sheet:
    """One case on paper. Hours count from the report; a limit of None is no limit that was ever set."""

    place: str = "registered"
    hour: float = 0
    public_matter: bool = False
    triple: bool = False
    """Whether the desk approves after the head (abuse, unfiled care, the gravest)."""
    concerned: set = field(default_factory=set)
    office: str | None = None
    said_no: list = field(default_factory=list)
    told_to_keep: bool = False
    object_until: float | None = None
    answer_until: float = 240
    rate_until: float | None = None
    again_until: float | None = None
    review_until: float | None = None
    keep_until: float | None = None
    held: bool = False
    lengthened: int = 0
    asked: int = 0
    waiting_for: int = 0
    told_police: bool = True
    writer: str = ""
    signed: list = field(default_factory=list)
    signed_before: set = field(default_factory=set)
    again: int = 0
    joined_by: int = 0

    def judge(self, ask: Ask) -> str:
        """Return `illegal`, `no`, or where the case goes."""
        places, parts, _goes = LINES[ask.step]
        if self.place not in places or not parts & ask.parts:
            return "illegal"
        if ask.step not in RESIDENTS and ask.office in self.concerned:
            return "no"  # an office never handles a case about itself (B.1, 34)
        if ask.step in NEED_REASON and len(ask.because.strip()) < WORDS_ENOUGH:
            return "no"
        if ask.step in NEED_ANOTHER and ask.proposed_by in ("", ask.person):
            return "no"
        if ask.step in CODES and ask.code not in CODES[ask.step]:
            return "no"
        question = getattr(self, "_" + ask.step.replace("-", "_"), None)
        return self._goes(ask) if question is None or question(ask) else "no"

    def _goes(self, ask: Ask) -> str:
        goes = LINES[ask.step][2]
        if goes == "=":
            return self.place
        if ask.step == "approve":
            return "reply-review" if self.triple and not self.signed else "replied"
        # B.4 says in-progress; a case that was ever shared is joint again, or helpers could not hand in.
        return ("joint" if self.asked else "in-progress") if goes == "?" else goes

    def _another_office(self, ask):
        return bool(ask.to) and ask.to not in self.concerned

    def _fresh_office(self, ask):
        return self._another_office(ask) and ask.to not in self.said_no

    _dispatch = _assign = _uphold = _fresh_office
    _designate = _another_office  # final: even an office that said no

    def _transfer(self, ask):
        return self._fresh_office(ask) and ask.to != self.office

    def _add_co(self, ask):
        return self._fresh_office(ask) and ask.to != self.office

    def _sign(self, ask):
        return ask.free

    def _object(self, ask):
        in_time = self.object_until is None or self.hour <= self.object_until
        proposes_another = ask.to not in ("", self.office)
        return in_time and proposes_another and not self.told_to_keep and ask.office not in self.said_no

    def _dispute(self, _ask):
        return len(set(self.said_no)) > 1

    def _task_reply(self, ask):
        return ask.mine

    _task_override = _task_reply  # a task of this case that is still open

    def _pause(self, ask):
        return 1 <= ask.length <= LONGEST_REST

    def _extend(self, ask):
        return not self.lengthened and self.hour < self.answer_until and ask.length > 0

    def _submit_reply(self, ask):
        return not (ask.lacking or self.waiting_for or ask.given_away) and self.told_police

    def _approve(self, ask):
        if ask.person in {self.writer, *self.signed} or not self.told_police:
            return False
        publishes = bool(self.signed) or not self.triple
        if self.again and publishes and not {*self.signed, ask.person} - self.signed_before:
            return False  # a new pair of eyes after a reopening
        return not (self.triple and self.signed) or "desk" in ask.parts  # the desk signs last

    def _rate(self, _ask):
        return self.rate_until is None or self.hour <= self.rate_until

    def _lapse(self, _ask):
        return self.rate_until is not None and self.hour >= self.rate_until

    def _reopen(self, _ask):
        return self.again == 0 and (self.again_until is None or self.hour <= self.again_until)

    def _request_review(self, _ask):
        return self.again > 0 and (self.review_until is None or self.hour <= self.review_until)

    def _withdraw(self, _ask):
        return not self.public_matter and not self.joined_by  # those joined to it still wait

    def _merge(self, ask):
        return bool(ask.to) and ask.alike

    def _dispose(self, _ask):
        return self.keep_until is not None and self.hour >= self.keep_until and not self.held

    def take(self, ask: Ask) -> str:
        """Judge a step and, if it may be taken, write down what follows from it."""
        verdict = self.judge(ask)
        if verdict in ("illegal", "no"):
            return verdict
        self.place = verdict
        self._note_the_office(ask)
        self._note_the_work(ask)
        self._note_the_ends(ask, verdict)
        return verdict

    def _note_the_office(self, ask):
        if ask.step in SWAPPED_DESKS | {"dispatch"}:
            self.office, self.object_until, self.told_to_keep = ask.to, self.hour + 48, False
        if ask.step == "object":
            self.said_no.append(ask.office)
        if ask.step in ("insist", "designate"):
            self.told_to_keep = True
        if ask.step == "designate":
            self.office = ask.to

    def _note_the_work(self, ask):
        if ask.step == "add-co":
            self.asked, self.waiting_for = self.asked + 1, self.waiting_for + 1
        if ask.step in ("task-reply", "task-override"):
            self.waiting_for -= 1
        if ask.step == "extend":
            self.lengthened, self.answer_until = self.lengthened + 1, self.answer_until + 24 * ask.length
        if ask.step == "submit-reply":
            self.writer, self.signed = ask.person, []
        if ask.step == "approve":
            self.signed.append(ask.person)

    def _note_the_ends(self, ask, verdict):
        if verdict == "replied" and ask.step == "approve":
            self.signed_before |= set(self.signed)
            self.rate_until, self.again_until = self.hour + 240, self.hour + 720
        if verdict in OVER.split():
            self.keep_until, self.review_until = self.hour + 26280, self.hour + 720
        if verdict == "reopened":
            self.again, self.answer_until = self.again + 1, self.hour + 120

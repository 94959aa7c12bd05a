"""Why a step is refused: one sentence for each code of the guards and of the verbs behind the counter."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.cases.rules.guards import LONGEST_PAUSE, SHORTEST_REASON
from app.cases.rules.words import LONGEST_ANSWER, LONGEST_MESSAGE, SHORTEST_PART
from app.cases.service.publishing import SHORTEST as SHORTEST_OUTCOME

REFUSALS: Mapping[str, LazyString] = {
    "wrong-state": _l("The case is no longer at the point where this can be done."),
    "changed": _l("Somebody changed the case in the meantime. Look at it again before you go on."),
    "wrong-actor": _l("This is for another office or another person."),
    "reason-too-short": _l(
        "Write at least %(count)s characters, so that the reader understands why.", count=SHORTEST_REASON
    ),
    "target-missing": _l("Choose an office."),
    "target-is-concerned": _l("The case is about this office. Choose another one."),
    "target-has-refused": _l("This office has objected to the case already. Choose another one."),
    "target-helps-already": _l(
        "This office is asked to contribute already. Wait for its answer, or choose another."
    ),
    "target-is-lead": _l("The case lies with this office already. Choose another one."),
    "target-unknown": _l("Cases cannot be sent to this office. Choose one of the list."),
    "concerned": _l("The case is about your office. It must go to another one."),
    "conflict-declared": _l(
        "Sign only if nothing ties you to the matter. If something does, let a colleague sign."
    ),
    "no-return": _l("The coordinating office has decided that the case stays here."),
    "objected-before": _l("Your office has objected to this case once; that is the limit."),
    "objection-late": _l("The time for an objection is over."),
    "clause-missing": _l("Choose the ground of the objection."),
    "one-refusal-only": _l("Only one office has objected. A dispute needs two."),
    "same-person": _l("Whoever wrote or proposed it cannot decide it. A second person must."),
    "code-missing": _l("Choose one of the grounds."),
    "pause-too-long": _l("A pause lasts from 1 to %(days)s days.", days=LONGEST_PAUSE),
    "extended-before": _l("The date was extended once; that is the limit."),
    "extension-late": _l("The date has passed. It can only be extended before."),
    "days-missing": _l("Say by how many working days."),
    "elements-missing": _l(
        "A reply needs all five parts, each with at least %(count)s characters.", count=SHORTEST_PART
    ),
    "tasks-open": _l("Other offices have not answered yet. Wait, or go on without their contribution."),
    "report-first": _l(
        "Record first whom you told: police, civil affairs, education or the prosecutor "
        "(Law on the Protection of Minors, article 11)."
    ),
    "leak": _l("The text gives something away. Change it before it goes out."),
    "approved-before": _l(
        "You approved the earlier answer. After a reopening at least one other person must look at it."
    ),
    "desk-approves-last": _l("The coordinating office gives the second approval."),
    "not-your-task": _l("This was asked of another office, or has been answered."),
    "too-late": _l("The time for this is over."),
    "too-early": _l("It is too early for this."),
    "reopened-before": _l("The case has been reopened once."),
    "reopen-first": _l("A review follows a reopening."),
    "others-wait": _l("Reports of other people were joined to this case; they still wait for an answer."),
    "public-interest": _l("Other children may be in danger, so the case goes on."),
    "held": _l("The case is kept from disposal."),
    "not-the-same": _l(
        "Only open cases about the same facility and subject, which you may see, can be merged."
    ),
    "proposed-already": _l("This has been proposed already and waits for a second person."),
    "conversation-over": _l("The case has ended; no message can be sent any more."),
    "words-missing": _l("Write something first."),
    "words-too-long": _l("The text is longer than %(count)s characters.", count=LONGEST_MESSAGE),
    "reply-too-long": _l(
        "All parts of a reply together have at most %(count)s characters.", count=LONGEST_ANSWER
    ),
    "moment-wrong": _l("Say when they were told; the moment cannot lie in the future."),
    "not-urgent": _l("Only a case with a child in danger may be read before somebody allows it."),
    "not-allowed-to-read": _l("You are not allowed to read this now. Ask for it with a reason."),
    "facility-missing": _l("Say to which facility the notice goes."),
    "demands-missing": _l("Choose at least one thing that the facility is to do."),
    "day-wrong": _l("The day must lie after today."),
    "not-closed": _l("Only a closed case has an outcome for the public."),
    "outcome-too-short": _l("Write at least %(count)s characters in Chinese.", count=SHORTEST_OUTCOME),
}

FIELD: Mapping[str, tuple[str, ...]] = {
    "reason-too-short": ("reason", "words"),
    "target-missing": ("target",),
    "target-is-concerned": ("target",),
    "target-has-refused": ("target",),
    "target-helps-already": ("target",),
    "target-is-lead": ("target",),
    "target-unknown": ("target",),
    "not-the-same": ("target",),
    "conflict-declared": ("declared_free",),
    "clause-missing": ("code",),
    "code-missing": ("code", "told", "how"),
    "pause-too-long": ("days",),
    "days-missing": ("days",),
    "words-missing": ("text", "answer"),
    "words-too-long": ("text", "extra", "reason", "answer", "words"),
    "moment-wrong": ("day",),
    "facility-missing": ("facility",),
    "demands-missing": ("demands",),
    "day-wrong": ("due_on",),
    "not-your-task": ("task",),
}
"""Where a sentence belongs, if the form has one of these fields."""


def sentence(code: str) -> LazyString:
    """Return why a step is refused; a code without a sentence is a mistake and fails."""
    return REFUSALS[code]

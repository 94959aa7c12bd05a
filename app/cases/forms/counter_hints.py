"""The limits of what officers type, said before they are hit; the numbers are those of the rules."""

from flask_babel import lazy_gettext as _l

from app.cases.rules.guards import LONGEST_PAUSE, SHORTEST_REASON
from app.cases.rules.words import (
    LONGEST_ANSWER,
    LONGEST_MESSAGE,
    LONGEST_STORY,
    SHORTEST_PART,
    SHORTEST_STORY,
)
from app.cases.service.publishing import SHORTEST as SHORTEST_OUTCOME

REASON = _l(
    "From %(least)s to %(most)s characters, so that the reader understands why.",
    least=SHORTEST_REASON,
    most=LONGEST_MESSAGE,
)
TASK = _l("From %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_MESSAGE)
NEED = _l("At least %(least)s characters. Whoever decides reads this.", least=SHORTEST_REASON)
HOLD = _l("At least %(least)s characters.", least=SHORTEST_REASON)
WORDS = _l("At most %(most)s characters.", most=LONGEST_MESSAGE)
STORY = _l(
    "From %(least)s to %(most)s characters. No full names of children and no identity numbers.",
    least=SHORTEST_STORY,
    most=LONGEST_STORY,
)
REPLY = _l(
    "A reply needs all five parts, each with at least %(least)s characters; "
    "all together at most %(most)s characters.",
    least=SHORTEST_PART,
    most=LONGEST_ANSWER,
)
UNTOLD = _l("At least %(least)s characters, if nobody was told.", least=SHORTEST_REASON)
PAUSE = _l("From 1 to %(most)s days, days of rest included.", most=LONGEST_PAUSE)
DAY = _l("A day after today.")
CHINESE = _l(
    "From %(least)s to %(most)s characters; the Chinese text is needed.",
    least=SHORTEST_OUTCOME,
    most=LONGEST_MESSAGE,
)


def extension(most: int | None) -> object:
    """Return the hint of an extension, with its limit in working days where the rule of the case has one."""
    if most is None:
        return _l("At least 1 working day. The date can be moved once only.")
    return _l("From 1 to %(most)s working days. The date can be moved once only.", most=most)

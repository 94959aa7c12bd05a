"""Whether a person sends a report: the worded question of `app.core.human`, for one draft."""

from app.cases.service import drafts
from app.core import human
from app.core.human import Proof


def ask(draft: str) -> Proof:
    """Return a new question for a draft, given by the token that its browser holds."""
    return human.ask(_owner(draft))


def answered(draft: str) -> Proof:
    """Return what stands for a right answer, so that it is not asked again after another mistake."""
    return human.answered(_owner(draft))


def judge(token: str, answer: str, draft: str) -> str:
    """Return `right`, `wrong`, `hasty` (right, but faster than anybody reads), or `stale`."""
    return human.judge(token, answer, _owner(draft), drafts.LIFE)


def _owner(draft: str) -> str:
    return drafts.key_of(draft)[:16]

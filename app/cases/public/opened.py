"""The case that a browser has opened with its code, for half an hour after each look at it."""

from datetime import timedelta

from flask import session

from app.core import clock

LIFE = timedelta(minutes=30)


def open_case(case_id: int) -> None:
    """Let this browser look at a case."""
    session["case"] = {"id": case_id, "until": int((clock.now() + LIFE).timestamp())}


def opened() -> int | None:
    """Return the case this browser may look at, and let its half hour start anew."""
    found = session.get("case")
    if not isinstance(found, dict) or int(found.get("until", 0)) <= clock.now().timestamp():
        session.pop("case", None)
        return None
    case_id = int(found["id"])
    open_case(case_id)
    return case_id


def leave() -> None:
    """Forget the case, and everything else this browser holds."""
    session.clear()

"""What each sealed text of a case is bound to: an envelope opens nowhere but in its own place. Pure."""


def told(number: str) -> str:
    """Return what the story of a case is bound to."""
    return f"case:{number}:told"


def contact(number: str) -> str:
    """Return what the contact of a case is bound to."""
    return f"case:{number}:contact"


def words(number: str, message_id: int) -> str:
    """Return what the words of a message are bound to."""
    return f"case:{number}:message:{message_id}"


def task(number: str, task_id: int) -> str:
    """Return what the words of a sub-task are bound to."""
    return f"case:{number}:task:{task_id}"


def reply(number: str, reply_id: int) -> str:
    """Return what the words of a reply are bound to."""
    return f"case:{number}:reply:{reply_id}"


def proposal(number: str, proposal_id: int) -> str:
    """Return what the words of a proposal are bound to."""
    return f"case:{number}:proposal:{proposal_id}"


def gate(number: str, gate_id: int) -> str:
    """Return what the words about a mandatory report are bound to."""
    return f"case:{number}:gate:{gate_id}"


def reveal(number: str, reveal_id: int) -> str:
    """Return what the reason for reading something sealed is bound to."""
    return f"case:{number}:reveal:{reveal_id}"


def notice(number: str, notice_id: int) -> str:
    """Return what the words of a notice to a facility are bound to."""
    return f"case:{number}:notice:{notice_id}"


def file_name(file_id: str) -> str:
    """Return what the name of a file is bound to."""
    return f"file:{file_id}"

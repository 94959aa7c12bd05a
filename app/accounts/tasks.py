"""What the job worker does for this room."""


def forget_ended() -> int | None:
    """Delete sessions and one-time links whose time is over."""
    from app.accounts.service import sessions

    return sessions.forget_ended()

"""The staff door of accounts, and the door every other staff page is behind.

from app.accounts.staff import bring, door, offer
"""

from app.accounts.staff import cover, own, people, signing
from app.accounts.staff.door import bp, door, inside, prove
from app.accounts.staff.held import keep_typed
from app.accounts.staff.menu import offer
from app.accounts.staff.today import bring

__all__ = [
    "bp",
    "bring",
    "cover",
    "door",
    "inside",
    "keep_typed",
    "offer",
    "own",
    "people",
    "prove",
    "signing",
]

keep_typed(bp, "accounts.lend", "accounts.invite", "accounts.regrant")

"""The staff door of accounts, and the door every other staff page is behind.

from app.accounts.staff import door, offer
"""

from app.accounts.staff import own, people, signing
from app.accounts.staff.door import bp, door, inside
from app.accounts.staff.menu import offer

__all__ = ["bp", "door", "inside", "offer", "own", "people", "signing"]

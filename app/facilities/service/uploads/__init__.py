"""Verbs of the import screens: bring → choose or make a profile → look → decide → apply → take back.

A person's request only writes down what is wanted; the job worker does it (`working`), one file after
another, so that two files of one area wait for each other, and the page may be closed meanwhile.
"""

from app.facilities.service.uploads.asking import Stale, TooLate, ask, choose, decide, drop, look, speak_for
from app.facilities.service.uploads.bringing import Brought, TooManyWait, bring
from app.facilities.service.uploads.profiles import OtherProfileVersion, WrongProfile, save_profile
from app.facilities.service.uploads.working import work

__all__ = [
    "Brought",
    "OtherProfileVersion",
    "Stale",
    "TooLate",
    "TooManyWait",
    "WrongProfile",
    "ask",
    "bring",
    "choose",
    "decide",
    "drop",
    "look",
    "save_profile",
    "speak_for",
    "work",
]

"""The counter: what lies with an office, one case and its steps, sealed words, reports by telephone."""

from app.cases.staff import casepage, inbox, outward, phone, replies, reveals, steps, today
from app.cases.staff.desk import bp

__all__ = ["bp", "casepage", "inbox", "outward", "phone", "replies", "reveals", "steps", "today"]

"""The public door of events: what is on, booking a place, giving it back, who advises."""

from app.events.public import booking, experts, listing
from app.events.public.entry import bp

__all__ = ["booking", "bp", "experts", "listing"]

"""The public door of the finder: results, one facility, is it filed. Cacheable, no cookie, no session."""

from app.facilities.public import facility, find, verify
from app.facilities.public.entry import bp

__all__ = ["bp", "facility", "find", "verify"]

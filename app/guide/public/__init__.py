"""The public door of guidance: entrance and tools. What a family types into a tool is kept nowhere."""

from app.guide.public import (
    articles,
    cards,
    coverage,
    feedback,
    home,
    leaflet,
    policies,
    search,
    tools,
    tools_dates,
    tools_growth,
    tools_signs,
    topics,
)
from app.guide.public.entry import bp

__all__ = [
    "articles",
    "bp",
    "cards",
    "coverage",
    "feedback",
    "home",
    "leaflet",
    "policies",
    "search",
    "tools",
    "tools_dates",
    "tools_growth",
    "tools_signs",
    "topics",
]

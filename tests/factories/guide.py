"""A small content folder of guidance: a card, an article and an explainer, each in three languages."""

# ruff: noqa: E501 - tables and texts as they stand in their files

from datetime import date, datetime
from pathlib import Path

from app.core.clock import ZONE
from app.guide.loading.shelf import Shelf, load_shelf
from tests.addresses import CONTENT
from tests.sites import ROOT

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
LANGUAGES = ("zh-Hans", "ug", "en")
GLOSSARY = ROOT / "translations" / "glossary.csv"

TABLES = {
    "topics.csv": """code,order,name_zh-Hans,name_ug,name_en,about_zh-Hans,about_ug,about_en,seeds
safety,1,安全,بىخەتەرلىك,Safety,家里,ئۆيدە,At home,000:四
money,2,补贴,ياردەم پۇلى,Money,补贴,ياردەم پۇلى,Money,000:四
""",
    "bands.csv": """code,from_months,to_months,name_zh-Hans,name_ug,name_en
b3,3,6,3—6个月,3–6 ئاي,3–6 months
b4,6,8,6—8个月,6–8 ئاي,6–8 months
""",
    "sources.csv": """id,title_zh-Hans,title_ug,title_en,number,publisher_zh-Hans,publisher_ug,publisher_en,issued_on,status,\
url,read,note_zh-Hans,note_ug,note_en
guide-a,指南甲,قوللانما,Guide A,甲〔2022〕1号,卫健委,كومىتېت,Commission,2022-11-19,in-force,https://example.gov.cn/a,copy,,,
guide-b,指南乙,قوللانما ب,Guide B,,学会,جەمئىيەت,Society,2020,foreign,,summary,,,
""",
    "facts/water.csv": """key,says_zh-Hans,says_ug,says_en,low,high,unit,bands,source,clause,valid_from,valid_until,\
superseded_by,see_also,confidence,checked_on,quote_zh-Hans
cool-minutes,冲水的时间,سۇ بىلەن چايقاش ۋاقتى,Time under water,15,20,minute,all,guide-a,四,,,,,a,2026-11-21,
cool-minutes-b,另一种说法,باشقا قاراش,Another view,10,,minute,all,guide-b,,,,,cool-minutes,b,2026-11-21,
no-ice,不用冰,مۇز ئىشلەتمەڭ,No ice,,,,all,guide-a,五,,,,,a,2026-11-21,原话
food-start,开始吃辅食的月龄,باشلاش ۋاقتى,When to start,6,,month,b3|b4,guide-a,,,,,,a,2026-11-21,
money-now,每年的补贴,يىللىق ياردەم,Subsidy a year,3600,,yuan,all,national:filing-measures,,2025-01-01,,,,a,2026-11-21,
money-old,以前的补贴,بۇرۇنقى ياردەم,Subsidy before,1000,,yuan,all,guide-a,,2022-01-01,2024-12-31,money-now,,a,2026-11-21,
""",
}
FRONT = """---
topic: {topic}
kind: {kind}
bands: [all]
audience: [parents]
risk: {risk}
related: [{related}]
written_on: 2026-11-22
title: {title}
summary: {summary}
---
"""
BODIES = {
    "burn": (
        FRONT.format(topic="safety", kind="card", risk="R1", related="eating", title="烫伤", summary="先冲凉水。"),
        "::: key\n马上用凉水冲{{fact:cool-minutes}}。\n:::\n\n::: doctor\n- 打{{tel:ambulance}}{{claim:no-ice}}\n:::\n",
        {
            "ug": ("كۆيۈك", "سوغۇق سۇ.", "سوغۇق سۇ بىلەن {{fact:cool-minutes}} چايقاڭ.", "{{tel:ambulance}} غا{{claim:no-ice}}"),
            "en": ("Burns", "Cold water.", "Cool it for {{fact:cool-minutes}}.", "Call {{tel:ambulance}}{{claim:no-ice}}"),
        },
    ),
    "eating": (
        FRONT.format(topic="safety", kind="article", risk="R2", related="burn", title="辅食", summary="满{{fact:food-start}}开始。"),
        "::: key\n满{{fact:food-start}}开始，见[烫伤](guide:burn)。\n:::\n\n::: doctor\n- 不肯吃，问医生。\n:::\n",
        {
            "ug": ("تاماق", "{{fact:food-start}} دىن باشلاڭ.", "{{fact:food-start}} دىن [كۆيۈك](guide:burn).", "دوختۇردىن سوراڭ."),
            "en": ("Food", "Start at {{fact:food-start}}.", "At {{fact:food-start}}, see [burns](guide:burn).", "Ask a doctor."),
        },
    ),
    "money": (
        FRONT.format(topic="money", kind="explainer", risk="R3", related="", title="补贴", summary="多少钱。"),
        "::: key\n每年**{{fact:money-now}}**，从{{date:2025-01-01}}起。\n:::\n\n::: note\n以前是{{fact:money-old}}。\n:::\n",
        {"en": ("Money", "How much.", "**{{fact:money-now}}** from {{date:2025-01-01}}.", "It was {{fact:money-old}}.")},
    ),
}  # fmt: skip


def write(root: Path) -> Path:
    """Write the folder and return it; documents and telephone numbers are the real ones."""
    content = root / "content"
    for name, text in TABLES.items():
        put(content, name, text)
    for name in ("national", "places"):
        (content / name).symlink_to(CONTENT / name)
    for slug, (front, body, translations) in BODIES.items():
        put(content, f"zh-Hans/{slug}.md", front + body)
        second = "note" if slug == "money" else "doctor"
        for language, (title, summary, key, last) in translations.items():
            mark = "" if second == "note" else "- "
            text = f'---\ntitle: {title}\nsummary: {summary!r}\nmade_by: machine\nof: ""\n---\n'
            text += f"::: key\n{key}\n:::\n\n::: {second}\n{mark}{last}\n:::\n"
            put(content, f"{language}/{slug}.md", text)
    return content


def put(content: Path, name: str, text: str) -> None:
    """Write a file of `guide/`."""
    path = content / "guide" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(content: Path, name: str, old: str, new: str) -> None:
    """Replace a piece of a file of `guide/`; it must stand there."""
    path = content / "guide" / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old}"
    path.write_text(text.replace(old, new), "utf-8")


def read(content: Path) -> Shelf:
    """Read the folder as an import does."""
    return load_shelf(content, LANGUAGES, GLOSSARY, TODAY)

"""The guide for new workers is whole in each language, and every screen's link leads to a part of it."""

import pytest

from app.site.loading.counter import GuideError, Picture, picture, read
from app.site.rules.helping import PARTS, SECTIONS, section_of
from tests.addresses import CONTENT

LANGUAGES = ("zh-Hans", "ug")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_every_part_in_its_order(language):
    guide = read(CONTENT, language)
    assert tuple(part.code for part in guide.parts) == PARTS
    assert all(part.pieces for part in guide.parts)
    assert guide.introduction


def test_a_translation_by_a_machine_says_so():
    assert read(CONTENT, "ug").machine
    assert not read(CONTENT, "zh-Hans").machine


def test_it_can_be_read_in_ten_minutes():
    words = "".join(p for part in read(CONTENT, "zh-Hans").parts for p in part.pieces if isinstance(p, str))
    assert len(words) < 3000, "people read about 300 characters a minute"


def test_every_link_leads_to_a_part():
    assert set(SECTIONS.values()) <= set(PARTS)
    assert section_of("events_staff.something-new") == "events"
    assert section_of("nowhere.at-all") == ""
    assert section_of(None) == ""


@pytest.mark.parametrize("name", ["../../secret", "UPPER", "a.b", "none-such"])
def test_no_other_file_is_a_picture(name):
    assert picture(CONTENT, "zh-Hans", name) is None


def test_pictures_are_small_and_have_a_size():
    files = sorted((CONTENT / "counter" / "pictures").rglob("*.webp"))
    for path in files:
        assert path.stat().st_size <= 60 * 1024, path.name
    shown = [
        piece
        for language in LANGUAGES
        for part in read(CONTENT, language).parts
        for piece in part.pieces
        if isinstance(piece, Picture)
    ]
    assert all(width > 200 and height > 200 for width, height in (each.size for each in shown))
    assert len(shown) == len(files), "every picture is shown, each once"


@pytest.mark.parametrize("text", ["no title", "# T\n## without a word\n"])
def test_a_guide_that_cannot_be_read_says_where(tmp_path, text):
    folder = tmp_path / "counter" / "zh-Hans"
    folder.mkdir(parents=True)
    (folder / "guide.md").write_text(text)
    with pytest.raises(GuideError, match=r"guide\.md:\d"):
        read(tmp_path, "zh-Hans")

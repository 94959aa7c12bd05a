"""Catalogues are the same bytes for the same words, keep people's work, and tell every fault."""

import pytest
from babel.messages.catalog import Message
from catalogue_rules import Glossary, faults, letter_faults
from catalogues import Language, check, compile_one, dump, extract, merged, read

TEMPLATE = '{{ _("Hello %(name)s.", name="x") }}{{ ngettext("%(num)s place", "%(num)s places", 2) }}'
LOCALES = (
    '[[language]]\ncode = "zh-Hans"\nname = "中文"\n[[language]]\ncode = "ug"\nname = "x"\nstatus = "draft"\n'
)
UG, ZH = Language("ug", offered=True), Language("zh-Hans", offered=True)


@pytest.fixture
def root(tmp_path):
    words = tmp_path / "translations"
    words.mkdir()
    (words / "locales.toml").write_text(LOCALES, "utf-8")
    (words / "babel.cfg").write_text("[python: app/**.py]\n[jinja2: app/templates/**.html]\nsilent = false\n")
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "templates" / "a.html").write_text(TEMPLATE)
    (tmp_path / "app" / "b.py").write_text('from x import gettext as _\nSAID = _("Zebra")\nN_("Apple")\n')
    return tmp_path


def write(language: Language, root, **words: str) -> None:
    catalog = merged(extract(root), language, root / "translations")
    for message in catalog:
        if message.id and str(message.id) in words:
            message.string = words[str(message.id)]
    language.file(root / "translations").parent.mkdir(parents=True, exist_ok=True)
    language.file(root / "translations").write_bytes(dump(catalog))


def test_messages_come_from_code_and_templates_sorted_and_without_dates(root):
    text = dump(extract(root)).decode()
    assert [text.index(each) for each in ("num", "Apple", "Hello", "Zebra")] == sorted(
        text.index(each) for each in ("num", "Apple", "Hello", "Zebra")
    )
    assert "Date" not in text
    assert "a.html" not in text
    assert dump(extract(root)) == text.encode()


def test_a_template_that_cannot_be_read_is_an_error(root):
    (root / "app" / "templates" / "bad.html").write_text("{% if %}")
    with pytest.raises(Exception, match="Expected an expression"):
        extract(root)


def test_words_are_kept_when_messages_come_go_and_return(root):
    write(ZH, root, Zebra="斑马")
    code = root / "app" / "b.py"
    said = code.read_text()
    code.write_text("")
    write(ZH, root)
    assert "斑马" in ZH.file(root / "translations").read_text("utf-8")
    assert read(ZH.file(root / "translations"), ZH.locale).get("Zebra") is None
    code.write_text(said)
    write(ZH, root)
    assert read(ZH.file(root / "translations"), ZH.locale).get("Zebra").string == "斑马"


def test_a_catalogue_is_compiled_only_when_its_words_are_newer(root):
    write(ZH, root)
    assert compile_one(ZH, root / "translations")
    assert not compile_one(ZH, root / "translations")


def test_the_check_asks_for_every_word_of_an_offered_language_only(root):
    write(ZH, root)
    write(UG, root)
    (root / "translations" / "messages.pot").write_bytes(dump(extract(root)))
    found = check(root)
    assert sum("zh_Hans" in fault and "not translated" in fault for fault in found) == 4
    assert not any("/ug/" in fault for fault in found)
    (root / "app" / "b.py").write_text('_("New")')
    assert any("differs from the code" in fault for fault in check(root))


GOOD = [
    ("Hello %(name)s.", "ياخشىمۇسىز %(name)s."),
    ("Read <b>this</b>", "<b>بۇنى</b> ئوقۇڭ"),
    ("100%%", "100%%"),
]
BAD = [
    ("Hello %(name)s.", "ياخشىمۇسىز", "placeholders differ: name"),
    ("Hello", "ياخشىمۇسىز %(name)s", "placeholders differ: name"),
    ("Hello", "<b>ياخشى</b>", "HTML differs"),
    ("Hello", "", "not translated"),
    ("Hello", "کىتاب", "U+06A9"),
    ("Hello", "یاخشى", "U+06CC"),
    ("Hello", "بالىه", "U+0647"),
    ("Hello", "بـالا", "U+0640"),
    ("Hello", "با\u200cلا", "U+200C"),
    ("Hello", "بالا, ئانا", "should be “،”"),
    ("Hello", "بالا?", "should be “؟”"),
    ("Hello", "بالا 托育", "Chinese characters are left"),
    ("Hello", " بالا", "begins or ends with a space"),
    ("Hello", "ئاتا باغچا", "not our word"),
]


@pytest.mark.parametrize(("source", "string"), GOOD)
def test_a_good_translation_has_no_faults(source, string):
    assert list(faults(Message(source, string), "ug", 2, Glossary())) == []


@pytest.mark.parametrize(("source", "string", "sentence"), BAD)
def test_a_bad_translation_is_told(source, string, sentence):
    glossary = Glossary(forbidden={"ug": {"باغچا": "يەسلى"}})
    assert any(sentence in fault for fault in faults(Message(source, string), "ug", 2, glossary))


def test_plural_forms_are_counted_and_each_keeps_its_placeholders():
    message = Message(("%(num)s place", "%(num)s places"), ("%(num)s 个地方",))
    assert list(faults(message, "zh-Hans", 1, Glossary())) == []
    assert "it has 1 plural forms, ug has 2." in faults(message, "ug", 2, Glossary())
    assert any("differ" in each for each in faults(Message(message.id, ("地方",)), "zh-Hans", 1, Glossary()))


def test_a_forbidden_word_inside_the_right_word_is_no_fault():
    glossary = Glossary(forbidden={"zh-Hans": {"托育": "托育机构"}})
    assert list(faults(Message("x", "托育机构"), "zh-Hans", 1, glossary)) == []
    assert list(faults(Message("x", "托育"), "zh-Hans", 1, glossary))


def test_uyghur_letters_pass():
    assert list(letter_faults("بالا بېقىش ئورنى، ئۇيغۇرچە؛ ھەقىقىي؟ ژۇرنال")) == []

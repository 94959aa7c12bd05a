"""What readers send is taken by what it is, made anew, and cannot harm or tell on anybody."""

import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.core import photo_reader, photos
from app.core.photos import PdfRefused, PhotoRefused, ReaderUnavailable, read_pdf, read_photo, shown_name
from tests.sites import ROOT
from tests.unit.core import photo_files as files

TALKATIVE = [files.jpeg_with_words, files.png_with_words, files.webp_with_words]
SHOWN_ONLY = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
BOUNDED = """
import json, pathlib, resource, sys, time
from app.core import photos
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
codes = []
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        photos.read_photo(path.read_bytes(), path.name)
        code = "taken"
    except photos.PhotoRefused as refused:
        code = refused.code
    done = resource.getrusage(resource.RUSAGE_CHILDREN)
    codes.append([path.name, code, done.ru_utime + done.ru_stime - begun.ru_utime - begun.ru_stime])
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([codes, grown, done.ru_maxrss, "PIL" in sys.modules]))
"""


def code_of(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(PhotoRefused) as caught:
        read_photo(data, name)
    assert caught.value.code in photos.SENTENCES
    return caught.value.code


def near(jpeg: bytes, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = files.colours(jpeg).getpixel(place)
    return all(abs(one - other) < 16 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["a.jpg", "a.exe", "", "../../a.svg"])
def test_a_photo_is_taken_whatever_it_is_called(form, name):
    photo = read_photo(files.plain(form), name)
    assert (photo.width, photo.height) == files.colours(photo.jpeg).size == (64, 48)
    assert set(files.markers(photo.jpeg)) == set(files.markers(photo.thumbnail)) == SHOWN_ONLY


@pytest.mark.parametrize(
    ("size", "shown", "small"),
    [
        ((4000, 3000), (2000, 1500), (320, 240)),
        ((3001, 2500), (2000, 1666), (320, 267)),
        ((300, 200), (300, 200), (300, 200)),
        ((6000, 2), (2000, 1), (320, 1)),
    ],
)
def test_large_photos_are_made_smaller_and_small_ones_are_not_made_larger(size, shown, small):
    for form in ("JPEG", "PNG"):
        photo = read_photo(files.encoded(Image.new("RGB", size, "red"), form), "a")
        assert (photo.width, photo.height) == shown
        assert files.colours(photo.thumbnail).size == small


@pytest.mark.parametrize("make", [*TALKATIVE, files.jpeg_with_words_and_no_profile])
def test_nothing_that_was_written_beside_the_pixels_is_left(make):
    data = make()
    sent = Image.open(io.BytesIO(data))
    assert sent.getexif().get_ifd(0x8825)[2] == (29.0, 42.0, 52.0)
    assert data.count(files.CANARY) > 20
    photo = read_photo(data, "a.jpg")
    for jpeg in (photo.jpeg, photo.thumbnail):
        assert set(files.markers(jpeg)) == SHOWN_ONLY
        for trace in (b"CANARY", b"Exif", b"adobe", b"C\x00A\x00N\x00A", b"ICC_PROFILE", b"GPS"):
            assert trace not in jpeg


@pytest.mark.parametrize("make", TALKATIVE)
def test_colours_of_another_profile_are_turned_into_those_of_the_web(make):
    assert near(read_photo(make(), "a").jpeg, (20, 10), (0, 0, 255))


def test_a_broken_profile_is_as_good_as_none():
    data = files.encoded(Image.new("RGB", (9, 9), "red"), "JPEG", icc_profile=b"not a profile" * 20)
    assert near(read_photo(data, "a").jpeg, (4, 4), (254, 0, 0))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        (1, (2, 10)),
        (2, (37, 10)),
        (3, (37, 10)),
        (4, (2, 10)),
        (5, (10, 2)),
        (6, (10, 2)),
        (7, (10, 37)),
        (8, (10, 37)),
    ],
)
def test_a_photo_is_turned_as_its_camera_was_held(form, orientation, red):
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 16, 20))
    photo = read_photo(files.encoded(image, form, exif=files.exif(orientation)), "a")
    assert (photo.width, photo.height) == ((40, 20) if orientation < 5 else (20, 40))
    assert near(photo.jpeg, red, (254, 0, 0))


def test_a_note_of_the_camera_that_cannot_be_read_does_not_spoil_the_photo():
    exif = b"Exif\x00\x00II*\x00\xff\xff\xff\x7f"
    assert read_photo(files.encoded(Image.new("RGB", (40, 20), "red"), "JPEG", exif=exif), "a").width == 40


@pytest.mark.parametrize(
    ("image", "options", "colour"),
    [
        (Image.new("CMYK", (9, 9), (0, 255, 255, 0)), {"format": "JPEG"}, (254, 0, 0)),
        (Image.new("L", (9, 9), 128), {"format": "JPEG"}, (128, 128, 128)),
        (Image.new("I;16", (9, 9), 0x8080), {"format": "PNG"}, (128, 128, 128)),
        (Image.new("1", (9, 9), 1), {"format": "PNG"}, (255, 255, 255)),
        (Image.new("P", (9, 9), 0), {"format": "PNG", "transparency": 0}, (255, 255, 255)),
        (Image.new("RGB", (9, 9), "red"), {"format": "PNG", "transparency": (255, 0, 0)}, (255, 255, 255)),
        (Image.new("LA", (9, 9), (0, 0)), {"format": "PNG"}, (255, 255, 255)),
        (Image.new("RGBA", (9, 9), (255, 0, 0, 128)), {"format": "PNG"}, (255, 127, 127)),
        (Image.new("RGBA", (9, 9), (0, 0, 0, 0)), {"format": "WEBP"}, (255, 255, 255)),
    ],
    ids=["cmyk", "grey", "16 bit", "1 bit", "palette", "key colour", "grey alpha", "half", "webp alpha"],
)
def test_every_kind_of_pixel_is_shown_on_white(image, options, colour):
    options = dict(options)
    assert near(read_photo(files.encoded(image, options.pop("format"), **options), "a").jpeg, (4, 4), colour)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_many_frames_the_first_is_taken(form):
    assert near(read_photo(files.many_frames(form), "a").jpeg, (20, 10), (254, 0, 0))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    "tail",
    [files.HTML, files.PHP, files.plain("GIF"), b"%PDF-1.4 CANARY %%EOF", bytes(9999)],
    ids=["html", "php", "gif", "pdf", "zeros"],
)
def test_what_is_hidden_behind_a_photo_is_left_behind(form, tail):
    photo = read_photo(files.plain(form) + tail, "a.php.jpg")
    for trace in (b"CANARY", b"GIF8", b"%PDF", b"<?php", bytes(100)):
        assert trace not in photo.jpeg + photo.thumbnail


@pytest.mark.parametrize(("data", "code"), files.REFUSED.values(), ids=files.REFUSED.keys())
def test_what_is_no_photo_is_refused_by_name_with_a_way_on(data, code):
    with pytest.raises(PhotoRefused) as caught:
        read_photo(data, "C:\\fakepath\\IMG_1.jpg")
    assert caught.value.code == code
    said = caught.value.sentence % caught.value.values
    assert "IMG_1.jpg" in said
    assert "fakepath" not in said


def test_a_photo_of_the_greatest_size_is_read():
    photo = read_photo(
        files.encoded(Image.new("RGBA", (8000, 5000), "red"), "WEBP", lossless=True, method=0), "a"
    )
    assert (photo.width, photo.height) == (2000, 1250)


def test_bombs_cost_little_time_and_memory_and_the_worker_lives(tmp_path):
    bombs = {
        "a": files.png_that_claims(50_000, 50_000), "b": files.jpeg_that_claims(65_000, 65_000),
        "c": files.webp_that_claims(16_383, 16_383), "d": files.many_frames("WEBP", 1000),
        "e": files.many_frames("PNG", 1000), "f": files.plain("TIFF"), "g": files.plain("JPEG")[:300],
    }  # fmt: skip
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    codes, grown, child, loaded = json.loads(done.stdout)
    wanted = ["too-many-pixels"] * 3 + ["taken"] * 2 + ["not-a-photo", "damaged"]
    assert [code for _name, code, _seconds in codes] == wanted
    assert max(seconds for *_rest, seconds in codes) < 2
    assert grown < 50_000, "kilobytes of the worker"
    assert child < 150_000, "kilobytes of the reader"
    assert not loaded, "the worker itself never loads Pillow"


def test_a_photo_that_never_ends_is_stopped(tmp_path, monkeypatch):
    source = photos._READER.read_text("utf-8")
    shorter = source.replace(f"SECONDS: Final = {photo_reader.SECONDS}", "SECONDS: Final = 1")
    assert shorter != source
    (tmp_path / "reader.py").write_text(shorter, "utf-8")
    monkeypatch.setattr(photos, "_READER", tmp_path / "reader.py")
    assert code_of(files.many_scans(2000)) == "took-too-long"


def test_the_reader_gives_up_memory_files_and_answers():
    program = (
        "import sys; sys.path.append(sys.argv[1]); import photo_reader as reader; reader.confine()\n"
        "import resource\n"
        "for name in ('AS', 'CPU', 'FSIZE', 'NPROC', 'CORE'):\n"
        "    print(*resource.getrlimit(getattr(resource, 'RLIMIT_' + name)))\n"
        "try: bytearray(reader.MEMORY)\nexcept MemoryError: print('bounded')\n"
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"
    )
    command = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    folder = str(ROOT / "app" / "core")
    done = subprocess.run(
        [*command, sys.executable, "-I", "-c", program, folder], capture_output=True, text=True, check=False
    )
    limits = (photo_reader.MEMORY, photo_reader.SECONDS, photo_reader.ANSWER, 0, 0)
    assert done.stdout.split() == [*(str(each) for each in limits for _ in "ab"), "bounded"]
    assert "ValueError" in done.stderr or "PermissionError" in done.stderr, "a limit cannot be taken back"


@pytest.mark.parametrize(("script", "code"), [
    ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
    ("import os; os.abort()", "damaged"),
    ("print('no JSON')", "damaged"),
    ("print('[1]')", "damaged"),
    ("print('{\"code\": \"<script>\"}')", "damaged"),
    ("print('{\"width\": 1, \"height\": 1, \"sizes\": [6, 6]}\\n<html><html>')", "damaged"),
    ("", "damaged"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "took-too-long"),
    ("import time; time.sleep(60)", "took-too-long"),
])  # fmt: skip
def test_whatever_becomes_of_the_reader_the_photo_is_refused(tmp_path, monkeypatch, script, code):
    path = tmp_path / "reader.py"
    path.write_text(script)
    monkeypatch.setattr(photos, "_READER", path)
    monkeypatch.setattr(photos, "PATIENCE", 0.5)
    assert code_of(files.plain()) == code


def test_a_reader_that_cannot_work_is_not_the_photo_s_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(photos, "_READER", tmp_path / "missing.py")
    with pytest.raises(ReaderUnavailable):
        read_photo(files.plain(), "a")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    with pytest.raises(ReaderUnavailable):
        read_photo(files.plain(), "a")


SOUND = {
    "jpeg": files.jpeg_with_words(),
    "png": files.png_with_words(),
    "webp": files.webp_with_words(),
    "frames": files.many_frames("PNG", 3),
}


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(SOUND)),
    changes=st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.floats(0.05, 1.0),
)
def test_damage_anywhere_ends_in_an_answer(name, changes, cut):
    broken = bytearray(SOUND[name][: int(len(SOUND[name]) * cut)])
    for place, value in changes:
        broken[place % min(len(broken), 2000)] = value
    head, _newline, rest = photo_reader.answer(bytes(broken)).partition(b"\n")
    facts = json.loads(head)
    if "code" in facts:
        assert facts["code"] in photos.SENTENCES
    else:
        assert sum(facts["sizes"]) == len(rest)
        assert b"CANARY" not in rest


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_pdf_is_taken_as_it_is():
    assert read_pdf(PDF, "a.pdf") == PDF
    assert read_pdf(PDF + b"\r\n" * 20, "a.jpg")


@pytest.mark.parametrize(("data", "code"), [
    (b"", "pdf-empty"),
    (PDF.replace(b"%%EOF", b""), "pdf-damaged"),
    (PDF + bytes(2000), "pdf-damaged"),
    (b"\n" + PDF, "not-a-pdf"),
    (files.HTML, "not-a-pdf"),
    (files.plain(), "not-a-pdf"),
    (b"%PDF-" + bytes(photos.PDF_BYTES) + b"%%EOF", "pdf-too-large"),
], ids=["empty", "no end", "far end", "late start", "html", "photo", "large"])  # fmt: skip
def test_what_is_no_pdf_is_refused_by_name_with_a_way_on(data, code):
    with pytest.raises(PdfRefused) as caught:
        read_pdf(data, "合同.pdf")
    assert caught.value.code == code
    assert "合同.pdf" in caught.value.sentence % caught.value.values


@pytest.mark.parametrize(("name", "shown"), [
    ("IMG_1.jpg", "IMG_1.jpg"),
    ("C:\\fakepath\\收据.jpg", "收据.jpg"),
    ("../../etc/passwd", "passwd"),
    ("بالا رەسىمى.jpg", "بالا رەسىمى.jpg"),
    ("a\u202egpj.exe", "agpj.exe"),
    ("a\x00b\r\nc\u2028d.jpg", "abc d.jpg"),
    ("\u2066\ufeff", "?"),
    ("", "?"),
    ("/", "?"),
    ("x" * 300 + ".jpeg", "x" * 54 + "….jpeg"),
    ("x" * 300, "x" * 59 + "…"),
    ("a." + "x" * 300, "a." + "x" * 57 + "…"),
    ("\ud800.jpg", ".jpg"),
])  # fmt: skip
def test_a_name_is_shown_short_and_without_tricks(name, shown):
    assert shown_name(name) == shown
    assert len(shown) <= 60

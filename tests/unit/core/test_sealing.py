"""Envelopes open with their key in their context, and not otherwise."""

import base64
import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import settings as configuration
from app.core import cli, sealing
from app.core.sealing import OVERHEAD, Keyring, SealError
from app.settings import SettingsError

CONTEXT = "case:7K3Q:contact"
WORDS = "王某 13800000000".encode()


@pytest.fixture
def keys(tmp_path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def app(tmp_path):
    program = Flask("sealing")
    program.extensions["settings"] = configuration.load({"TUOYU_DATA": str(tmp_path)})
    with program.app_context():
        yield program


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=2000), context=st.text(min_size=1, max_size=40))
def test_what_is_sealed_comes_back_in_its_context(keys, data, context):
    sealed = keys.seal(data, context)
    assert len(sealed) == len(data) + OVERHEAD
    assert keys.open(sealed, context) == data


def test_an_envelope_shows_nothing_and_is_never_the_same_twice(keys):
    first, second = keys.seal(WORDS, CONTEXT), keys.seal(WORDS, CONTEXT)
    assert first != second
    assert WORDS not in first
    assert b"13800000000" not in first
    assert CONTEXT.encode() not in first


@pytest.mark.parametrize("other", ["case:7K3R:contact", "case:7K3Q:story", "", "case:7K3Q:contact "])
def test_an_envelope_opens_in_no_other_context(keys, other):
    with pytest.raises(SealError, match="belongs to another record"):
        keys.open(keys.seal(WORDS, CONTEXT), other)


def test_a_change_of_any_byte_is_noticed(keys):
    sealed = keys.seal(WORDS, CONTEXT)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealError, match=r"^[A-Z].*\.$"):
            keys.open(bytes(changed), CONTEXT)


@pytest.mark.parametrize("length", [0, 3, 6, 14, OVERHEAD - 1, OVERHEAD])
def test_an_envelope_that_is_cut_short_is_noticed(keys, length):
    with pytest.raises(SealError):
        keys.open(keys.seal(WORDS, CONTEXT)[:length], CONTEXT)


def test_two_envelopes_cannot_be_mixed(keys):
    first, second = keys.seal(WORDS, CONTEXT), keys.seal(WORDS, CONTEXT)
    with pytest.raises(SealError):
        keys.open(first[:74] + second[74:], CONTEXT)


def test_a_context_must_say_something(keys):
    with pytest.raises(ValueError, match="context"):
        keys.seal(WORDS, "")


def test_the_key_is_made_on_first_use_for_its_owner_only(keys):
    keys.seal(WORDS, CONTEXT)
    path = keys.folder / "sealing"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert len(base64.b64decode(path.read_text())) == 32
    assert [each.name for each in keys.folder.iterdir()] == ["sealing"]


def test_many_who_begin_at_once_agree_on_one_key(keys):
    with ThreadPoolExecutor(16) as pool:
        envelopes = list(pool.map(lambda number: keys.seal(b"%d" % number, CONTEXT), range(64)))
    assert [keys.open(each, CONTEXT) for each in envelopes] == [b"%d" % number for number in range(64)]
    assert [each.name for each in keys.folder.iterdir()] == ["sealing"]


def test_without_the_key_nothing_opens_and_no_new_key_is_made(keys):
    sealed = keys.seal(WORDS, CONTEXT)
    (keys.folder / "sealing").unlink()
    with pytest.raises(SealError, match="Copy it there from the copy of the keys") as caught:
        keys.open(sealed, CONTEXT)
    assert not (keys.folder / "sealing").exists()
    assert sealed[6:14].hex() in str(caught.value)


def test_a_key_that_comes_back_under_its_id_opens_what_it_sealed(keys):
    sealed = keys.seal(WORDS, CONTEXT)
    key = (keys.folder / "sealing").read_text()
    (keys.folder / "sealing").unlink()
    keys.seal(b"made with a new key", CONTEXT)
    with pytest.raises(SealError):
        keys.open(sealed, CONTEXT)
    back = keys.folder / f"sealing.{sealed[6:14].hex()}"
    back.write_text(key)
    back.chmod(0o600)
    assert keys.open(sealed, CONTEXT) == WORDS


def test_a_former_key_still_opens_and_the_new_one_seals(keys):
    before = keys.seal(WORDS, CONTEXT)
    former = keys.rotate()
    after = keys.seal(WORDS, CONTEXT)
    assert former == before[6:14].hex() != after[6:14].hex()
    assert keys.open(before, CONTEXT) == keys.open(after, CONTEXT) == WORDS
    assert {each.name for each in keys.folder.iterdir()} == {"sealing", f"sealing.{former}"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in keys.folder.iterdir()} == {0o600}


def test_a_command_turns_the_key(app, keys):
    before = keys.seal(WORDS, CONTEXT)
    app.cli.add_command(cli.keys)
    done = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert f"sealing.{before[6:14].hex()}" in done.output
    assert keys.open(before, CONTEXT) == WORDS
    assert keys.seal(WORDS, CONTEXT)[6:14] != before[6:14]


def test_turning_keys_while_others_seal_loses_nothing(keys):
    def step(number: int) -> bytes:
        if number % 8 == 0:
            keys.rotate()
        return keys.seal(b"%d" % number, CONTEXT)

    with ThreadPoolExecutor(8) as pool:
        envelopes = list(pool.map(step, range(80)))
    assert [keys.open(each, CONTEXT) for each in envelopes] == [b"%d" % number for number in range(80)]


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        (base64.b64encode(bytes(32)).decode(), 0o644, "chmod 600"),
        (base64.b64encode(bytes(32)).decode(), 0o640, "chmod 600"),
        (base64.b64encode(bytes(31)).decode(), 0o600, "32 bytes"),
        ("not base 64!", 0o600, "32 bytes"),
        ("", 0o600, "32 bytes"),
    ],
)
def test_a_key_that_cannot_be_used_stops_the_start_and_says_why(app, keys, text, mode, sentence):
    keys.folder.mkdir()
    path = keys.folder / "sealing"
    path.write_text(text)
    path.chmod(mode)
    with pytest.raises(SettingsError, match=sentence):
        sealing.install(app)


def test_a_start_makes_the_key(app, keys):
    sealing.install(app)
    assert (keys.folder / "sealing").exists()


@pytest.mark.parametrize("text", ["", "多收了三百元", "بالا بېقىش", "a\x00b", "\ud800"])
def test_texts_come_back_as_they_were(app, text):
    assert sealing.open_text(sealing.seal_text(text, CONTEXT), CONTEXT) == text


@pytest.mark.parametrize("value", [None, {"phone": "13800000000", "name": "王"}, [1, 2.5, True, "\ud800"]])
def test_values_come_back_as_they_were(app, value):
    sealed = sealing.seal_json(value, CONTEXT)
    assert sealing.open_json(sealed, CONTEXT) == value
    assert json.dumps(value).encode() not in sealed


def test_a_keyed_hash_is_the_same_text_for_text_and_another_for_each_secret(app, tmp_path):
    code = sealing.keyed_hash("access-code", "01234567890123456789")
    assert code == sealing.keyed_hash("access-code", "01234567890123456789")
    assert len(code) == 64
    assert code != sealing.keyed_hash("access-code", "01234567890123456788")
    assert code != sealing.keyed_hash("source", "01234567890123456789")
    assert stat.S_IMODE((tmp_path / "keys" / "access-code").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "../session", "sealing", "session", "a/b", "a.b", "Codes", "a\n"])
def test_a_keyed_hash_takes_no_other_name(app, name):
    with pytest.raises(ValueError, match="not a name"):
        sealing.keyed_hash(name, "text")

"""A translation beside its source: blocks keep their partners when the source changes."""

import pytest

from app.guide.rules import marks
from app.guide.rules.addresses import host_of, is_public, state_of
from app.guide.rules.alongside import laid, pairs
from app.guide.rules.editing import Piece, body_of, pieces

KEY, DO, NOTE = Piece("key", "", "重点"), Piece("do", "", "- 做"), Piece("note", "", "注")
NEW = Piece("dont", "", "- 不要")


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        ((KEY, DO), (KEY, DO), (0, 1)),
        ((KEY, DO), (KEY, NEW, DO), (0, None, 1)),
        ((KEY, DO, NOTE), (KEY, NOTE), (0, 2)),
        ((KEY, DO), (KEY, Piece("do", "", "- 做别的")), (0, 1)),
        ((KEY, DO), (KEY, NOTE), (0, None)),
        ((), (KEY,), (None,)),
    ],
)
def test_blocks_find_what_they_were(then, now, found):
    assert pairs(then, now) == found


def ug(*pieces: Piece) -> tuple[Piece, ...]:
    return tuple(Piece(each.kind, "", f"ug {each.text}") for each in pieces)


def test_a_translation_follows_the_blocks_it_was_made_of():
    found = laid(ug(KEY, DO, NOTE), (KEY, DO, NOTE), (KEY, NEW, NOTE))
    assert [(each.kind, each.text) for each in found.pieces] == [
        ("key", "ug 重点"), ("dont", ""), ("note", "ug 注"),
    ]  # fmt: skip
    assert [each.text for each in found.left] == ["ug - 做"]


def test_one_that_has_the_blocks_already_stays():
    mine = ug(KEY, NEW, DO)
    assert laid(mine, (KEY, DO), (KEY, NEW, DO)).pieces == mine
    assert laid(mine, (KEY, DO), (KEY, NEW, DO)).left == ()


def test_what_is_not_translated_is_empty_and_of_the_kind_of_its_source():
    heading = Piece("text", "标题", "话。", 3)
    assert laid((), None, (KEY, heading)).pieces == (Piece("key"), Piece("text", "", "", 3))


def test_a_draft_in_the_middle_keeps_each_piece_beside_its_block():
    text = Piece("text", "标题", "话。")
    mine = (Piece("key"), Piece("text", "", "ug"), Piece("text"), Piece("do", "", "- \n- "), Piece("text"))
    body, _starts = body_of(mine, placed=True)
    assert pieces(body) == mine
    assert laid(pieces(body), None, (KEY, text, text, DO, text)).pieces == mine


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("只有话。", ""),
        ("- 一{{fact:a}}天\n- 二，见[这里](guide:fever)", "- {{fact:a}}\n- [](guide:fever)"),
        ("1. 打{{tel:ambulance}}。\n\n再说{{claim:b}}。", "1. {{tel:ambulance}}\n\n{{claim:b}}"),
        ("| 月 | 次 |\n| --- | --- |\n| {{fact:a}} | 二 |", "|  |  |\n| --- | --- |\n| {{fact:a}} |  |"),
    ],
)
def test_a_frame_has_everything_but_words(text, made):
    assert marks.frame(text) == made
    assert not marks.has_words(made)
    assert marks.marks(made) == marks.marks(text)


def test_there_is_always_a_piece_for_each_block_and_no_word_is_lost():
    for translation in ((), ug(KEY), ug(KEY, DO), ug(DO, KEY, NOTE, NEW)):
        for then in (None, (KEY, DO), (KEY,)):
            found = laid(translation, then, (KEY, NOTE, DO))
            assert len(found.pieces) == 3
            said = {each.text for each in (*found.pieces, *found.left)}
            assert {each.text for each in translation} <= said


@pytest.mark.parametrize(
    "number",
    ["10.1.2.3", "127.0.0.1", "169.254.1.1", "192.168.0.1", "172.16.9.9", "::1", "fd00::1", "fe80::1",
     "::ffff:10.0.0.1", "100.64.0.1", "224.0.0.1", "nonsense"],
)  # fmt: skip
def test_private_networks_are_not_asked(number):
    assert not is_public(number)


def test_public_addresses_are():
    assert is_public("8.8.8.8")
    assert is_public("2001:4860:4860::8888")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.example.gov.cn/a?b=1", "www.example.gov.cn"),
        ("http://www.example.gov.cn/", None),
        ("https://www.example.gov.cn:8443/", None),
        ("https://user:word@www.example.gov.cn/", None),
        ("https://www.example.gov.cn:x/", None),
        ("guide:choking", None),
    ],
)
def test_only_plain_addresses_are_asked(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "fine"),
        (301, "fine"),
        (403, "fine"),
        (404, "gone"),
        (410, "gone"),
        (0, "silent"),
        (503, "silent"),
    ],
)
def test_what_an_answer_says(status, state):
    assert state_of(status) == state

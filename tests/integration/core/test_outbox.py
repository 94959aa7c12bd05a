"""Notices leave with what they are about, at least once, and a mail server that is away delays only them."""

import dataclasses
import email
import socket
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import settings
from app.core import clock, outbox
from app.core.mail import Gateway, Letter
from app.core.outbox import FAILED, KEPT, SENT, WAITING, Outbox
from app.extensions import db
from app.settings import SettingsError
from tests.factories.cases import MONDAY, at
from tests.factories.mail import sink

SENDER = "tuoyu@office.example.invalid"


@contextmanager
def mailing(app, address: str):
    """Let the program have a mail server."""
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(before, smtp=address, mail_from=SENDER)
    with app.app_context():
        yield
    app.extensions["settings"] = before


def compose(notice):
    return Letter("desk@office.example.invalid", f"Case {notice.subject}", "一件事到期了。\n", notice.letter)


def posted(*keys: str) -> None:
    for key in keys:
        outbox.post("due", "1.health", dedupe=key, subject="7K3Q-9F2M-C", data={"clock": "reply"})
    db.session.commit()


def rows() -> list[Outbox]:
    return list(
        db.session.scalars(select(Outbox).order_by(Outbox.id).execution_options(populate_existing=True))
    )


def test_the_same_notice_is_written_once(fresh_app):
    with fresh_app.app_context():
        assert outbox.post("due", "1.health", dedupe="a")
        assert not outbox.post("due", "1.health", dedupe="a")
        db.session.commit()
        assert not outbox.post("due", "1.health", dedupe="a")
        assert len(rows()) == 1


def test_a_notice_of_what_did_not_happen_is_not_written(fresh_app):
    with fresh_app.app_context():
        outbox.post("due", "1.health", dedupe="a")
        db.session.rollback()
        assert rows() == []


def test_a_letter_arrives_once_and_is_whole(fresh_app):
    with sink() as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        posted("a", "b")
        assert outbox.deliver(compose) == 2
        assert outbox.deliver(compose) is None
    assert server.recipients == ["desk@office.example.invalid"] * 2
    letter = email.message_from_string(server.letters[0], policy=email.policy.default)
    assert letter["Subject"] == "Case 7K3Q-9F2M-C"
    assert letter["From"] == SENDER
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == "一件事到期了。\n"
    ids = {email.message_from_string(each)["Message-ID"] for each in server.letters}
    assert len(ids) == 2


def test_without_a_mail_server_notices_stand_at_the_counter_only(fresh_app):
    with mailing(fresh_app, ""):
        posted("a")
        assert outbox.deliver(compose) is None
        assert rows()[0].state == KEPT
        assert outbox.counts() == {WAITING: 0, SENT: 0, KEPT: 1, FAILED: 0}
        (notice,) = outbox.notices(["1.health"], since=clock.now() - timedelta(days=1))
        assert (notice.subject, notice.state) == ("7K3Q-9F2M-C", KEPT)


def test_an_office_without_an_address_gets_no_letter(fresh_app):
    with sink() as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        posted("a")
        assert outbox.deliver(lambda _notice: None) is None
        assert rows()[0].state == KEPT
    assert server.letters == []


def test_a_server_that_is_away_puts_letters_off_longer_each_time(fresh_app):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        away = f"smtp://127.0.0.1:{probe.getsockname()[1]}"
        with mailing(fresh_app, away):
            with at(MONDAY):
                posted("a")
                assert outbox.deliver(compose) is None
            (row,) = rows()
            assert (row.state, row.tries, row.error) == (WAITING, 1, "ConnectionRefusedError")
            assert row.next_at == MONDAY + timedelta(minutes=1)
            waits, moment = [], row.next_at
            for _try in range(11):
                with at(moment):
                    outbox.deliver(compose)
                    outbox.deliver(compose)  # not due again yet
                (row,) = rows()
                waits.append(row.next_at - moment)
                moment = row.next_at
            assert waits == sorted(waits)
            assert waits[0] == timedelta(minutes=2)
            assert waits[-1] == timedelta(hours=6)
    with sink() as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        with at(moment):
            assert outbox.deliver(compose) == 1
        assert rows()[0].state == SENT


def test_a_letter_nobody_takes_for_a_week_is_given_up_and_seen(fresh_app):
    with sink(refuse="450 later") as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        with at(MONDAY):
            posted("a")
            outbox.deliver(compose)
            assert (rows()[0].state, rows()[0].error) == (WAITING, "SMTPRecipientsRefused")
        with at(MONDAY + timedelta(days=8)):
            outbox.deliver(compose)
            assert outbox.counts()[FAILED] == 1


def test_a_server_that_dies_midway_loses_nothing_and_repeats_with_the_same_id(fresh_app):
    with sink(dies=1) as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"), at(MONDAY):
        posted("a", "b", "c")
        assert outbox.deliver(compose) == 1
        assert [row.state for row in rows()] == [SENT, WAITING, WAITING]
        server.dies = None
    with sink() as again, mailing(fresh_app, f"smtp://127.0.0.1:{again.port}"):
        with at(MONDAY + timedelta(minutes=5)):
            assert outbox.deliver(compose) == 2
        assert [row.state for row in rows()] == [SENT] * 3


def test_a_sender_that_dies_after_the_letter_left_sends_the_same_letter_again(fresh_app, monkeypatch):
    def killed(*_args):
        raise KeyboardInterrupt

    with sink() as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        with at(MONDAY), monkeypatch.context() as patch:
            posted("a")
            patch.setattr(outbox, "_settle", killed)
            with pytest.raises(KeyboardInterrupt):
                outbox.deliver(compose)
            db.session.rollback()
        with at(MONDAY + timedelta(seconds=30)):
            assert outbox.deliver(compose) is None
        with at(MONDAY + timedelta(minutes=1)):
            assert outbox.deliver(compose) == 1
    first, second = (email.message_from_string(each)["Message-ID"] for each in server.letters)
    assert first == second


def test_a_server_that_never_answers_is_left_soon(fresh_app, monkeypatch):
    from app.core import mail

    monkeypatch.setattr(mail, "_TIMEOUT", 0.3)
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen()
        with mailing(fresh_app, f"smtp://127.0.0.1:{hole.getsockname()[1]}"):
            posted("a", "b")
            began = time.monotonic()
            assert outbox.deliver(compose) is None
            assert time.monotonic() - began < 5
            assert [row.error for row in rows()] == ["SMTPServerDisconnected"] * 2


@pytest.mark.parametrize("field", ["to", "title"])
def test_no_line_break_becomes_a_header(fresh_app, field):
    def forged(notice):
        return dataclasses.replace(compose(notice), **{field: "desk@x.example\r\nBcc: all@x.example"})

    with sink() as server, mailing(fresh_app, f"smtp://127.0.0.1:{server.port}"):
        posted("a", "b")
        outbox.deliver(forged)
        assert [row.state for row in rows()] == [FAILED, FAILED]
        assert rows()[0].error == "ValueError"
    assert server.letters == []


def test_no_password_goes_over_an_open_line(monkeypatch):
    from app.core import mail

    monkeypatch.setattr(mail, "_MACHINE", frozenset())
    with sink() as server:
        gateway = Gateway(f"smtp://ann:secret@127.0.0.1:{server.port}", SENDER)
        with pytest.raises(mail.Unsafe), gateway.open():
            pass


def test_what_was_sent_long_ago_is_forgotten(fresh_app):
    with mailing(fresh_app, ""):
        with at(MONDAY):
            posted("a")
            outbox.deliver(compose)
        with at(MONDAY + timedelta(days=200)):
            posted("b")
            assert outbox.forget_old() == 1
            assert [row.dedupe for row in rows()] == ["b"]


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("mx.office", SENDER), ("http://mail.example", SENDER), ("smtp://:25", SENDER),
        ("smtp://mail.example:none", SENDER), ("smtp://mail.example", ""), ("smtp://mail.example", "nobody"),
        ("smtp://mail.example", "a@b\nBcc: c@d"),
    ],
)  # fmt: skip
def test_a_mail_server_that_cannot_be_one_stops_the_start_and_is_not_repeated(address, sender, tmp_path):
    values = {"TUOYU_DATA": str(tmp_path), "TUOYU_SMTP": address, "TUOYU_MAIL_FROM": sender}
    with pytest.raises(SettingsError) as told:
        settings.load(values)
    assert address not in str(told.value)

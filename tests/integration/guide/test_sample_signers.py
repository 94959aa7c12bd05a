"""The people of the fictional county who sign: with them alone a text about life and death is published."""

import pytest
from sqlalchemy import select

from app.core.faults import FaultyFiles
from app.extensions import db
from app.guide.loading.signers import COLUMNS, load_signers
from app.guide.model import GuideSigner
from app.guide.queries.editing import desk
from app.guide.service.signers import end
from tests.factories.accounts import sign_in
from tests.factories.signing import signed
from tests.factories.writing import address, form_of, published, read

GRAVE = "safe-sleep"
WRITER, CLINICIAN, SECOND = "demo-worker-1", "demo-expert-child", "demo-lead"
PEOPLE = (CLINICIAN, SECOND, "demo-expert-care", "demo-reviewer", "demo-reviewer-ug")


@pytest.fixture
def enter(fresh_app):
    """Enter who signs, as scripts/run does; gives what is told."""

    def run() -> str:
        done = fresh_app.test_cli_runner().invoke(args=["guide", "signers"])
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.fixture
def staff(fresh_app):
    """Give clients of the people of the fictional county, signed in."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def test_people_of_the_fictional_county_publish_a_grave_text(fresh_app, enter, staff):
    clients = {handle: staff(handle) for handle in (WRITER, *PEOPLE)}
    assert "entered 4, left 0" in enter()
    typed = form_of(clients[WRITER], address(GRAVE))
    clients[WRITER].post(address(GRAVE), data={**typed, "title": f"{typed['title']}！", "do": "save"})
    with fresh_app.app_context():
        n = desk(GRAVE, "zh-Hans").head.n
    assert published(clients[SECOND], GRAVE).status_code == 409
    assert signed(clients[CLINICIAN], GRAVE, n=n).status_code == 303
    assert published(clients[SECOND], GRAVE).status_code == 303
    visitor = fresh_app.test_client()
    visitor.get(f"/zh-Hans/cards/{GRAVE}")
    assert "示例·阿依夏木" in read(visitor)
    assert "虚构" in read(visitor)


def test_entering_them_again_changes_nobody(fresh_app, enter, staff):
    assert "entered 0, left 4" in enter()
    for handle in PEOPLE:
        staff(handle)
    enter()
    with fresh_app.app_context():
        rows = db.session.scalars(select(GuideSigner)).all()
        assert len(rows) == len(PEOPLE) - 1
        assert sum(row.field == "medicine" for row in rows) == 1
        end(rows[0].account)
        account = rows[0].account
    assert "entered 0, left 4" in enter()
    with fresh_app.app_context():
        assert db.session.get_one(GuideSigner, account).ended_at is not None


def test_a_faulty_row_is_told_with_its_line(tmp_path):
    folder = tmp_path / "places" / "990101"
    assert load_signers(tmp_path, "990101") == ()
    folder.mkdir(parents=True)
    head = ",".join(COLUMNS)
    rows = ("a,甲,,,医师,,,医院,,,magic,,证,b", "a,,جاڭ,,医师,,,医院,,,law,,证,b")
    (folder / "signers.csv").write_text("\n".join((head, *rows, "")), "utf-8")
    with pytest.raises(FaultyFiles) as faulty:
        load_signers(tmp_path, "990101")
    assert [(fault.line, fault.column) for fault in faulty.value.faults] == [
        (2, "field"), (3, "handle"), (3, "name_zh-Hans"),
    ]  # fmt: skip

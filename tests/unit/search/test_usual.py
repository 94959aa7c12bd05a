"""Titles are read by a table as pypinyin reads them."""

import subprocess
import sys

from app.search.readings import readings
from app.search.usual import usual_readings
from tests.addresses import CONTENT


def titles() -> list[str]:
    files = sorted((CONTENT / "guide" / "zh-Hans").glob("*.md"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [line.partition(":")[2].strip() for line in lines if line.startswith("title:")]


def test_every_title_is_read_as_pypinyin_reads_it():
    found = titles()
    assert len(found) > 40
    assert {each: usual_readings([each]) for each in found} == {each: readings([each], {}) for each in found}


def test_words_go_before_characters_and_what_is_unknown_has_no_reading():
    assert usual_readings(["睡觉|感觉", "睡觉"]) == "shui jiao|gan jue"
    assert usual_readings(["维生素D𠮷"]) == "wei sheng su - -"
    assert usual_readings([]) == ""


def test_no_heavy_library_is_needed():
    lines = (
        "import sys; from app.search.usual import usual_readings",
        "assert usual_readings(['睡觉']); assert 'pypinyin' not in sys.modules",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)

"""A site that has tables and no content yet: every question is answered, none with an error."""

import pytest

from tests import sites


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    chosen = sites.chosen_settings(folder, f"sqlite:///{folder / 'tuoyu.db'}")
    with sites.program(chosen) as site:
        assert site.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
        yield site


PATHS = (
    "/", "/find", "/find?q=云", "/search?q=云", "/guide", "/guide/search?q=云", "/guide/x", "/events",
    "/cards",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_found_and_nothing_breaks(empty, path):
    assert empty.test_client().get(f"/en{path}").status_code in {200, 404}

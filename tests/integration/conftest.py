"""Every integration test that touches the database runs on both kinds."""

from tests.sites import BOTH


def pytest_generate_tests(metafunc) -> None:
    """Run the test once a database, unless it says itself what it runs on."""
    said = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "database" in metafunc.fixturenames and not any("database" in names for names in said):
        metafunc.parametrize("database", BOTH, indirect=True, scope="session")

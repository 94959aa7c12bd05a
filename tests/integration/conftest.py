"""Every integration test that touches the database runs on both kinds."""

from tests.sites import BOTH


def pytest_generate_tests(metafunc) -> None:
    """Run the test once a database."""
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", BOTH, indirect=True, scope="session")

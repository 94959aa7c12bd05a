"""Migrations have one end, say what the tables are, and can be taken back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.core import migrations
from app.extensions import Base, db
from tests import sites


@pytest.fixture(params=sites.BOTH)
def empty(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if request.param == sites.POSTGRESQL:
        url = sites.server_address(f"empty_{tmp_path.name[-8:]}".lower())
        name = url.rpartition("/")[2]
        sites.administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        sites.administer(f'CREATE DATABASE "{name}"')
    with sites.program(sites.chosen_settings(tmp_path, url)) as app:
        yield app


def tables(app) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_end():
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.newest()]


def test_migrations_make_the_tables_of_the_models(empty):
    migrations.upgrade(empty)
    with empty.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        different = compare_metadata(context, Base.metadata)
    assert not different, f"Write a migration for: {different}"


def test_migrations_can_be_taken_back_and_made_again(empty):
    migrations.upgrade(empty)
    made = tables(empty)
    assert made >= set(Base.metadata.tables)
    migrations.downgrade(empty, "base")
    assert tables(empty) == set()
    migrations.upgrade(empty)
    assert tables(empty) == made


def test_the_newest_migration_can_be_taken_back_with_data_in_the_tables(fresh_app):
    migrations.downgrade(fresh_app, "-1")
    migrations.upgrade(fresh_app)
    assert tables(fresh_app) >= set(Base.metadata.tables)

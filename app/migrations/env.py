"""Alembic's entry: runs migrations inside the application's own engine."""

from alembic import context

from app.extensions import Base, db

app = context.config.attributes["app"]

with app.app_context(), db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

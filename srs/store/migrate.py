"""Brings a store to the current schema, step by step, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def knows(version: str) -> bool:
    """Whether a version is one of ours, so that it can be brought up from there."""
    script = ScriptDirectory.from_config(_config())
    return any(step.revision == version for step in script.walk_revisions())


def upgrade(connection: Connection) -> None:
    """Apply every step that is missing, within the transaction that is open."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

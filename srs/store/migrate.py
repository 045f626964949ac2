"""Brings a store to the current schema, step by step, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from srs.errors import SrsError


def knows(version: str) -> bool:
    """Whether a version is one of ours, so that it can be brought up from there."""
    script = ScriptDirectory.from_config(_config())
    return any(step.revision == version for step in script.walk_revisions())


def upgrade(connection: Connection) -> None:
    """Apply every step that is missing, within the transaction that is open."""
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SrsError(f"the store is damaged and cannot be brought up to date: {error}; restore a backup") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

"""Acts beside answers, names that go on as others, and what was given here.

What stood in columns without a moment (suspensions, burials) becomes an act at the beginning of 2000, so that any later
word outdoes it; a remark becomes a flag at its moment, and an answer that was undone gets its undo. Reviews that named
no deck wait for one.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_FIRST = 946_684_800_000  # 2000-01-01 in ms
_REMEMBERED = 1000
_OLD = "id, card_id, card_id, at, day, grade, ms, origin, undone_at IS NULL, {no}, ''"
_NEW = "id, card_id, name_id, at, day, grade, ms, origin, counts, shared, more"


def upgrade() -> None:
    """Make the new tables, write the acts, and copy the reviews."""
    op.add_column("cards", sa.Column("remark", sa.String))
    op.add_column("cards", sa.Column("heir_id", sa.Integer))
    op.add_column("cards", sa.Column("kin", sa.Integer))
    op.create_index(
        "cards_by_kin",
        "cards",
        ["kin"],
        sqlite_where=sa.text("kin IS NOT NULL"),
        postgresql_where=sa.text("kin IS NOT NULL"),
    )
    _create_tables()
    connection = op.get_bind()
    _write("acts", list(_acts(connection)))
    _write("waiting", list(_waiting(connection)))
    _write("given", list(_given(connection)))
    for at, remark, card in connection.execute(sa.text("SELECT at, remark, card_id FROM flags ORDER BY at")).all():
        connection.execute(
            sa.text("UPDATE cards SET remark = :remark WHERE id = :card"), {"remark": remark, "card": card, "at": at}
        )
    _rebuild_reviews()
    op.execute(
        "INSERT INTO schedulers (deck, name, version, parameters) SELECT '', name, version, parameters FROM scheduler"
    )
    op.drop_table("scheduler")
    op.drop_table("flags")


def _acts(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    query = "SELECT deck, name, suspended, buried_until FROM cards WHERE suspended OR buried_until IS NOT NULL"
    for row in connection.execute(sa.text(query)).all():
        if row.suspended:
            yield _act(row, _FIRST, "suspend")
        if row.buried_until:
            yield _act(row, _FIRST, "bury", until=str(row.buried_until))
    query = "SELECT c.deck, c.name, f.at, f.remark FROM flags f JOIN cards c ON c.id = f.card_id"
    for row in connection.execute(sa.text(query)).all():
        yield _act(row, row.at, "flag", remark=row.remark)
    query = (
        "SELECT c.deck, c.name, r.at, r.undone_at FROM reviews r JOIN cards c ON c.id = r.card_id"
        " WHERE r.undone_at IS NOT NULL AND c.deck <> ''"
    )
    for row in connection.execute(sa.text(query)).all():
        yield _act(row, max(row.undone_at, row.at + 1), "undo", of=_written(row.at)) | {"undoes": f"{row.at}/"}


def _act(row: sa.Row[Any], at: int, what: str, **told: str) -> dict[str, Any]:
    line = {"what": what, "card": row.name, "at": _written(at)} | told | {"deck": row.deck}
    return {"deck": row.deck, "card": row.name, "at": at, "what": what, "undoes": "", "line": _json(line)}


def _waiting(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    query = "SELECT c.deck, c.name, r.* FROM reviews r JOIN cards c ON c.id = r.card_id WHERE c.deck = ''"
    for row in connection.execute(sa.text(query)).all():
        yield {"deck": "", "card": row.name, "at": row.at, "line": _review(row)}


def _given(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    query = (
        "SELECT c.deck, c.name, r.* FROM reviews r JOIN cards c ON c.id = r.card_id WHERE r.undone_at IS NULL"
        " AND r.origin IN ('terminal', 'script', 'cram') AND c.deck <> '' ORDER BY r.id DESC LIMIT :most"
    )
    for row in reversed(connection.execute(sa.text(query), {"most": _REMEMBERED}).all()):
        yield {"line": _review(row), "before": ""}


def _review(row: sa.Row[Any]) -> str:
    told = {"day": str(row.day), "grade": row.grade, "ms": row.ms, "from": row.origin}
    return _json({"card": row.name, "at": _written(row.at)} | told | ({"deck": row.deck} if row.deck else {}))


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _written(at: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write(table: str, rows: list[dict[str, Any]]) -> None:
    shared = {} if table == "given" else {"shared": False}
    names = [*(rows[0] if rows else ()), *shared]
    if rows:
        op.bulk_insert(
            sa.table(table, *(sa.column(name, sa.Boolean if name == "shared" else None) for name in names)),
            [row | shared for row in rows],
        )


def _create_tables() -> None:
    no = sa.text("NOT shared")
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("card", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("undoes", sa.String, nullable=False),
        sa.Column("line", sa.String, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.UniqueConstraint("deck", "card", "at", "what", "undoes"),
    )
    op.create_index("acts_by_moment", "acts", ["at"])
    op.create_index("acts_by_kind", "acts", ["what"])
    op.create_index("acts_to_share", "acts", ["shared"], sqlite_where=no, postgresql_where=no)
    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("card", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("line", sa.String, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.UniqueConstraint("line"),
    )
    op.create_table(
        "given",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("line", sa.String, nullable=False),
        sa.Column("before", sa.String, nullable=False),
    )
    op.create_table(
        "schedulers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("parameters", sa.String, nullable=False),
        sa.UniqueConstraint("deck"),
    )
    op.create_table(
        "facts", sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.String, nullable=False)
    )
    op.create_table(
        "files",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        sa.Column("stamp", sa.String, nullable=False),
    )


def _rebuild_reviews() -> None:
    """Copy the reviews: what makes one unique is another now."""
    op.create_table(
        "new_reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("card_id", sa.Integer, sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("name_id", sa.Integer, sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("grade", sa.Integer, nullable=False),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("counts", sa.Boolean, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("more", sa.String, nullable=False),
        sa.UniqueConstraint("name_id", "at"),
        sa.CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
        sa.CheckConstraint("ms >= 0", name="time_runs_forward"),
    )
    server = op.get_bind().dialect.name != "sqlite"
    old = _OLD.format(no="FALSE" if server else "0")
    op.execute(
        f"INSERT INTO new_reviews ({_NEW}) SELECT {old} FROM reviews"  # noqa: S608 -- our own columns
        " WHERE card_id NOT IN (SELECT id FROM cards WHERE deck = '')"
    )
    op.drop_table("reviews")
    op.execute("DELETE FROM cards WHERE deck = ''")
    op.rename_table("new_reviews", "reviews")
    if server:
        op.execute("SELECT setval(pg_get_serial_sequence('reviews', 'id'), coalesce((SELECT max(id) FROM reviews), 1))")
    op.create_index("reviews_by_card", "reviews", ["card_id", "at"])
    op.create_index("reviews_by_day", "reviews", ["day", "card_id"])
    op.create_index("reviews_by_moment", "reviews", ["at"])
    no = sa.text("NOT shared")
    op.create_index("reviews_to_share", "reviews", ["shared"], sqlite_where=no, postgresql_where=no)

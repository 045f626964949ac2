"""What a morning and an answer read, each statement written once, against the store's own tables.

`srs.store.query` runs them: on a server by SQLAlchemy, else by the driver of SQLite, as `compiled.json` has them. A
value that comes in is a parameter with a name; a list of them goes into an `IN`.
"""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Exists,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    type_coerce,
)

from srs.history import CRAM, DRILLS, Mock, Undo
from srs.scheduler import Grade
from srs.store.order import AS_WRITTEN, IN_ORDER, IN_STUDY_ORDER
from srs.store.own_tables import exports, facts, files, waiting
from srs.store.standing import ANSWERED, IS_OUTLINE, SHOWN, STANDING_NOTE, STANDS, stored_cards, tagged
from srs.store.tables import (
    MEMORY,
    NOWHERE,
    STANDING,
    acts,
    cards,
    chapters,
    decks,
    earlier_texts,
    notes,
    reviews,
    schedulers,
    standing,
)

_DAY: BindParameter[Any] = bindparam("day", type_=cards.c.due.type)
_UNTIL: BindParameter[Any] = bindparam("until", type_=cards.c.due.type)
_WELL = [int(grade) for grade in Grade if not grade.needs_drill]


def _list(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


def _may_be_asked(table: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- the table or an alias of it
    free = or_(table.c.buried_until.is_(None), table.c.buried_until <= _DAY)
    stands = and_(~table.c.retired, table.c.heir_id.is_(None), table.c.place != NOWHERE)
    return and_(stands, ~table.c.suspended, free)


def _of_choice(*wanted: ColumnElement[bool]) -> dict[str, Select[Any]]:
    """Return the queries that are about the cards of a choice of decks, by their names."""
    where = (cards.c.deck.in_(_list("decks")), *wanted)
    queued = select(cards.c.id, cards.c.note_id, cards.c.deck, chapters.c.path, *MEMORY).select_from(standing)
    # By their due days, few cards are looked at where few are due; an index by decks would lead to all of them.
    by_due = queued.where((cards.c.deck + "").in_(_list("decks")), *wanted, _may_be_asked(cards))
    queued = queued.where(*where, _may_be_asked(cards))
    new = by_due.where(cards.c.due.is_(None)).order_by(*IN_STUDY_ORDER, cards.c.place)
    sibling = cards.alias()
    comes_first = or_(and_(sibling.c.due.is_(None), sibling.c.place < cards.c.place), sibling.c.due <= _DAY)
    waits = exists().where(sibling.c.note_id == cards.c.note_id, comes_first, _may_be_asked(sibling))
    counts = select(
        func.count().filter(cards.c.due <= _DAY, _may_be_asked(cards)).label("due"),
        func.count().filter(cards.c.due.is_(None), _may_be_asked(cards)).label("new"),
        func.count().label("total"),
    )
    loads = select(cards.c.due, func.count().label("cards")).select_from(standing)
    ever = stored_cards().where(*where).order_by(*IN_ORDER)
    memories = select(cards.c.deck, chapters.c.title, *MEMORY).select_from(standing)
    memories = memories.where(*where, ~cards.c.retired, cards.c.heir_id.is_(None)).order_by(*IN_ORDER)
    progress = select(cards.c.id, cards.c.note_id, cards.c.deck, cards.c.name, cards.c.suspended, chapters.c.title)
    progress = progress.add_columns(*MEMORY).select_from(standing)
    progress = progress.where(*where, ~cards.c.retired, cards.c.heir_id.is_(None))
    # One pass over all answers where they are counted all: by their cards each of them would be looked up.
    these = progress.with_only_columns(cards.c.id)
    counted = (reviews.c.counts, (reviews.c.card_id + 0).in_(these))
    time = func.sum(reviews.c.ms).label("ms")
    grades = [func.count().filter(reviews.c.grade == int(grade)).label(f"grade_{int(grade)}") for grade in Grade]
    by_day = select(reviews.c.day, func.count().label("answers"), time).where(reviews.c.day >= _DAY, *counted)
    standing_notes = STANDING_NOTE.where(notes.c.deck.in_(_list("decks")), STANDS, *wanted)
    return {
        "notes": standing_notes.order_by(*AS_WRITTEN),
        "notes to study": standing_notes.order_by(*IN_STUDY_ORDER),
        "answers": select(time, *grades).where(*counted),
        "answers by day": by_day.group_by(reviews.c.day).order_by(reviews.c.day),
        "memories": memories,
        "progress": progress.order_by(*IN_ORDER),
        "ever": ever,
        "standing": ever.where(~cards.c.retired, cards.c.heir_id.is_(None)),
        "all": queued.order_by(*IN_ORDER),
        "due": by_due.where(cards.c.due.is_not(None), cards.c.due <= _UNTIL).order_by(cards.c.due, *IN_ORDER),
        "backlog": by_due.where(cards.c.due <= _DAY).with_only_columns(func.count().label("cards")),
        "new": new,
        "first new": new.where(~waits, cards.c.note_id.not_in(_list("seen"))).limit(bindparam("most", type_=Integer)),
        "these": queued.where(cards.c.id.in_(_list("keys"))),
        "counts": counts.select_from(standing).where(*where, ~cards.c.retired),
        "loads": loads.where(*where, cards.c.due <= _UNTIL, ~cards.c.retired, ~cards.c.suspended).group_by(cards.c.due),
        "some": select(cards.c.id).select_from(standing).where(*where).limit(1),
        "suspended": select(cards.c.id).select_from(standing).where(*where, cards.c.suspended, ~cards.c.retired),
    }


def _today() -> Select[Any]:
    earlier = reviews.alias()
    had_earlier = exists().where(
        earlier.c.card_id == reviews.c.card_id, earlier.c.day < _DAY, earlier.c.counts, earlier.c.origin.not_in(DRILLS)
    )
    query = select(reviews.c.card_id, reviews.c.grade, cards.c.note_id, had_earlier.label("known"))
    query = query.join(cards, reviews.c.card_id == cards.c.id).where(
        reviews.c.day == _DAY, reviews.c.counts, reviews.c.origin.not_in(DRILLS), cards.c.deck.in_(_list("decks"))
    )
    return query.order_by(reviews.c.at)


def _learnt() -> Select[Any]:
    last = select(func.max(reviews.c.at)).where(reviews.c.card_id == bindparam("key"), reviews.c.counts)
    query = select(earlier_texts.c.text).join(cards, cards.c.note_id == earlier_texts.c.note_id)
    query = query.where(cards.c.id == bindparam("key"), earlier_texts.c.until > last.scalar_subquery())
    return query.order_by(earlier_texts.c.until).limit(1)


def _late() -> Select[Any]:
    until: BindParameter[Any] = bindparam("until", type_=reviews.c.at.type)
    return select(
        or_(
            exists().where(reviews.c.at > until),
            exists().where(acts.c.at > until),
            exists().where(waiting.c.at <= until, or_(waiting.c.deck != "", waiting.c.card == "")),
        ).label("late")
    )


def _exports() -> Select[Any]:
    query = select(notes.c.deck, notes.c.name, exports.c.note_id, STANDS.label("stands"))
    query = query.add_columns(*exports.c["made_from", "stale", "guid", "note_type", "anki_deck", "tags", "fields"])
    query = query.add_columns(exports.c.ords, exports.c.changed_at).join(notes, exports.c.note_id == notes.c.id)
    return query.where(notes.c.deck.in_(_list("decks")))


def _unshared(table: Table) -> Exists:
    return select(table.c.id).where(text(f"NOT {table.name}.shared")).exists()  # as the partial index has it


_NAMING = acts.c.deck.in_(_list("decks")), acts.c.card.in_(_list("cards"))
_ON_DAY = (reviews.c.day == _DAY, reviews.c.counts)
_NOT_RECALLED = select(reviews.c.card_id).where(*_ON_DAY, reviews.c.grade < int(Grade.HARD))
_CRAMMED = select(reviews.c.card_id, func.count().label("times")).where(*_ON_DAY, reviews.c.origin == CRAM)

_ANSWERS = select(*(reviews.c[name] for name in ("card_id", "at", "day", "grade", "ms", "origin"))).where(
    reviews.c.counts
)
_HISTORIES = _ANSWERS.order_by(reviews.c.card_id, reviews.c.at)
_DAY_AS_TEXT = type_coerce(reviews.c.day, String).label("day")
BARE = (
    reviews.c.at,
    _DAY_AS_TEXT,
    *reviews.c["grade", "origin"],
    type_coerce(reviews.c.counts, Integer).label("counts"),
)
"""What a fold looks at of an answer, as the database has it."""
_OF_DECKS = reviews.join(cards, reviews.c.card_id == cards.c.id)
_BETWEEN = reviews.c.at.between(bindparam("first"), bindparam("last"))

STATEMENTS: dict[str, Select[Any]] = {
    **_of_choice(),
    **{f"{name}, tagged": query for name, query in _of_choice(tagged(bindparam("tag"))).items()},
    "next due": select(func.min(cards.c.due).label("due")).where(
        cards.c.deck.in_(_list("decks")), cards.c.due > _DAY, ~cards.c.retired, ~cards.c.suspended
    ),
    "called": stored_cards().where(cards.c.name.in_(_list("names")), cards.c.deck.in_(_list("decks"))),
    "lost": select(
        select(notes.c.id).where(~(STANDS & notes.c.deck.in_(_list("decks"))), ANSWERED, SHOWN).exists().label("some")
    ),
    "outlines": STANDING_NOTE.where(notes.c.deck.in_(_list("decks")), IS_OUTLINE).order_by(*AS_WRITTEN),
    "history": _ANSWERS.where(reviews.c.card_id == bindparam("key")).order_by(reviews.c.at),
    "histories": _HISTORIES,
    "these histories": _HISTORIES.where(reviews.c.card_id.in_(_list("keys"))),
    "timed histories": select(*reviews.c["card_id", "at"], _DAY_AS_TEXT, *reviews.c["grade", "ms", "origin"])
    .select_from(_OF_DECKS)
    .where(reviews.c.counts, ~cards.c.retired, cards.c.deck.in_(_list("decks")))
    .order_by(reviews.c.card_id, reviews.c.at),
    "last counted": select(reviews.c.card_id, func.max(reviews.c.at).label("at"))
    .select_from(_OF_DECKS)
    .where(cards.c.deck.in_(_list("decks")), reviews.c.counts, reviews.c.origin.not_in(DRILLS))
    .group_by(reviews.c.card_id),
    "shared moments": select(reviews.c.at).group_by(reviews.c.at).having(func.count() > 1).order_by(reviews.c.at),
    "answers between": select(func.count().label("answers")).where(_BETWEEN),
    "answered between": select(reviews.c.card_id).where(_BETWEEN),
    "bare histories": select(*reviews.c["card_id", "at"], _DAY_AS_TEXT, *reviews.c["grade", "origin"])
    .where(reviews.c.counts, reviews.c.card_id.in_(_list("keys")))
    .order_by(reviews.c.card_id, reviews.c.at),
    "bare answers": select(reviews.c.card_id, *BARE)
    .where(reviews.c.card_id.in_(_list("keys")))
    .order_by(reviews.c.card_id, reviews.c.at),
    "card": stored_cards().where(cards.c.id == bindparam("key")),
    "without text": select(cards.c.id).where(or_(cards.c.retired, cards.c.place == NOWHERE)),
    "learnt text": _learnt(),
    "today": _today(),
    "missed": _NOT_RECALLED.group_by(reviews.c.card_id).order_by(func.min(reviews.c.at)),
    "crammed": _CRAMMED.where(reviews.c.grade.in_(_WELL)).group_by(reviews.c.card_id),
    "study day": select(func.max(reviews.c.day).label("day")).where(reviews.c.day <= _DAY, reviews.c.counts),
    "late": _late(),
    "waiting": select(exists().where(waiting.c.id.is_not(None)).label("some")),
    "unshared": select(or_(_unshared(reviews), _unshared(acts)).label("some")),
    "heirs": select(exists().where(cards.c.kin.is_not(None)).label("some")),
    "mocks": select(acts.c.line)
    .where(acts.c.what == Mock.what, acts.c.at >= bindparam("since"), acts.c.deck.in_(_list("decks")))
    .order_by(acts.c.at, acts.c.card),
    "named": select(cards.c.id, cards.c.name, cards.c.heir_id).where(
        cards.c.deck == bindparam("deck"), cards.c.name.in_(_list("names"))
    ),
    "standing names": select(notes.c.id, notes.c.deck, notes.c.name).where(notes.c.deck.in_(_list("decks")), STANDS),
    "exports": _exports(),
    "settled": select(reviews.c.card_id, func.max(reviews.c.at).label("at"))
    .where(*_ON_DAY, reviews.c.card_id.in_(_list("keys")))
    .where(reviews.c.origin.not_in(DRILLS), reviews.c.grade.in_(_WELL))
    .group_by(reviews.c.card_id),
    "acts": select(acts.c.line).where(acts.c.what.in_(_list("kinds"))),
    "undos": select(acts.c.line).where(acts.c.what == Undo.what, acts.c.undoes.endswith(bindparam("kind"))),
    "schedulers": select(schedulers.c.deck, schedulers.c.name, schedulers.c.version, schedulers.c.parameters),
    "stamps": select(chapters.c.path, chapters.c.size, chapters.c.mtime_ns).where(chapters.c.deck == bindparam("deck")),
    "order": select(decks.c.study_order).where(decks.c.deck == bindparam("deck")),
    "fact": select(facts.c.value).where(facts.c.name == bindparam("name")),
    "state": select(cards.c.deck, cards.c.name, cards.c.heir_id, cards.c.kin, *STANDING).where(
        cards.c.id == bindparam("key")
    ),
    "states": select(cards.c.id, cards.c.deck, cards.c.name, cards.c.kin, *STANDING).where(
        cards.c.id.in_(_list("keys"))
    ),
    "kin": select(cards.c.deck, cards.c.name).where(cards.c.kin == bindparam("kin")),
    "latest answer": select(func.max(reviews.c.at).label("at")).where(reviews.c.card_id == bindparam("card")),
    "moments": select(reviews.c.at).where(reviews.c.at >= bindparam("begin"), reviews.c.at < bindparam("end")),
    "answers since": select(reviews.c.card_id, reviews.c.at).where(
        reviews.c.card_id.in_(_list("keys")), reviews.c.at >= bindparam("since")
    ),
    "acts naming": select(acts.c.line).where(*_NAMING),
    "latest act": select(func.max(acts.c.at).label("at")).where(*_NAMING),
    "revision": select(func.max(cards.c.revision).label("revision")),
    "files": select(files.c.name, files.c.size, files.c.mtime_ns, files.c.stamp),
}
"""The statements by their names."""

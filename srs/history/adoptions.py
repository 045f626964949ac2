"""Names that go on as others: which history a card shows, and which of its names was the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from srs.deck import card_id, split_card_id
from srs.history.acts import Adopt, LogLine
from srs.history.lines import canonical

Name = tuple[str, str]
"""A deck's namespace, and the id of a card or a note in it."""


class Chain(Struct, frozen=True):
    """The names of one history from the oldest to the latest; `first` is the one that was given away first.

    It is the oldest, but where names were given in a circle.
    """

    names: tuple[Name, ...]
    first: Name


class _Link(Struct, frozen=True):
    """An adoption between two names, with its place among all in their order."""

    order: int
    old: Name
    new: Name


class Adoptions:
    """All adoptions of a history, those that were undone told apart.

    A name gives its history to one and takes it from one: a link stands if it is the latest of both. A circle loses
    its oldest link. An adoption of a note is one of each of its cards.
    """

    def __init__(self, lines: Iterable[LogLine], undone: Iterable[LogLine] = ()) -> None:
        """Take the adoptions that stand, and those that were undone, which still tell whose answers are the same.

        Of each name the latest link is kept; chains and kin are found once for all the names in them, so that many
        names take time in proportion to their number.
        """
        self._given, self._taken = _Ends(), _Ends()
        self._near: dict[Name, list[tuple[Name, Name]]] = defaultdict(list)
        self._chains: dict[Name, Chain] = {}
        self._kin: dict[Name, frozenset[Name]] = {}
        every = list(lines)
        for order, line in enumerate(sorted(every, key=lambda line: (line.act.at, canonical(line)))):
            link = _Link(order, *_ends(line))
            self._given.put(link.old, link)
            self._taken.put(link.new, link)
        for line in (*every, *undone):
            old, new = _ends(line)
            self._near[old].append((old, new))
            self._near[new].append((new, old))

    @property
    def names(self) -> set[Name]:
        """Every name that an adoption names."""
        return set(self._near)

    def chain(self, name: Name) -> Chain:
        """Return the names of the history that a card or note belongs to."""
        if name not in self._chains:
            found = self._found_chain(name)
            self._chains |= dict.fromkeys(found.names, found)
        return self._chains[name]

    def kin(self, name: Name) -> frozenset[Name]:
        """Return all names that adoptions, standing or not, connect with a card's, itself among them."""
        if name not in self._kin:
            found, open_ = {name}, [name]
            while open_:
                for near in self._beside(open_.pop()):
                    if near not in found:
                        found.add(near)
                        open_.append(near)
            self._kin |= dict.fromkeys(found, frozenset(found))
        return self._kin[name]

    def _found_chain(self, name: Name) -> Chain:
        before, links = [name], []
        while (link := self._link(self._taken, before[-1])) and link.old != name:
            before.append(link.old)
            links.append(link)
        if link:  # a circle: it is cut where it was closed first
            links.append(link)
            oldest = min(links, key=lambda link: link.order)
            onward = {link.old: link.new for link in links}
            names = [oldest.new]
            while names[-1] != oldest.old:
                names.append(onward[names[-1]])
            return Chain(tuple(names), oldest.old)
        names = before[::-1]
        while link := self._link(self._given, names[-1]):
            names.append(link.new)
        return Chain(tuple(names), names[0])

    def _link(self, ends: _Ends, name: Name) -> _Link | None:
        """Return the link of a card that stands at one end, if it is the latest at its other end, too."""
        latest = ends.latest(name)
        if latest is None or latest.old == latest.new:
            return None
        again = self._taken.latest(latest.new) if ends is self._given else self._given.latest(latest.old)
        return latest if again == latest else None

    def _beside(self, name: Name) -> Iterator[Name]:
        deck, (note, part) = name[0], split_card_id(name[1])
        yield from (new for _, new in self._near.get(name, ()))
        if part:
            for old, new in self._near.get((deck, note), ()):
                if "/" not in old[1] and "/" not in new[1]:
                    yield _of_part(new, part)


class _Ends:
    """The latest link at one end of each name, and of each note the latest to another note, which its cards share."""

    def __init__(self) -> None:
        self._own: dict[Name, _Link] = {}
        self._of_notes: dict[Name, _Link] = {}

    def put(self, name: Name, link: _Link) -> None:
        """Take a link that is later than all before it."""
        self._own[name] = link
        if "/" not in link.old[1] and "/" not in link.new[1]:
            self._of_notes[name] = link

    def latest(self, name: Name) -> _Link | None:
        """Return the latest link of a card: its own, or that of its note for the same part of the other note."""
        deck, (note, part) = name[0], split_card_id(name[1])
        own, shared = self._own.get(name), self._of_notes.get((deck, note)) if part else None
        if shared is None or (own and own.order > shared.order):
            return own
        return _Link(shared.order, _of_part(shared.old, part), _of_part(shared.new, part))


def _ends(line: LogLine) -> tuple[Name, Name]:
    act = line.act
    if not isinstance(act, Adopt):
        raise TypeError(f"no adoption: {line}")
    return (act.deck, act.card), (line.deck, line.card)


def _of_part(note: Name, part: str) -> Name:
    return note[0], card_id(note[1], part)

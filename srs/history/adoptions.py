"""Names that go on as others: which history a card shows, and which of its names was the first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from srs.deck import card_id, split_card_id
from srs.history.acts import Adopt, LogLine
from srs.history.lines import canonical

Name = tuple[str, str]
"""A deck's namespace, and the id of a card or a note in it."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The names of one history from the oldest to the latest; `first` is the one that was given away first.

    It is the oldest, but where names were given in a circle.
    """

    names: tuple[Name, ...]
    first: Name


@dataclass(frozen=True, slots=True)
class _Link:
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
        """Take the adoptions that stand, and those that were undone, which still tell whose answers are the same."""
        self._given: dict[Name, list[_Link]] = defaultdict(list)
        self._taken: dict[Name, list[_Link]] = defaultdict(list)
        self._near: dict[Name, list[tuple[Name, Name]]] = defaultdict(list)
        every = list(lines)
        for order, line in enumerate(sorted(every, key=lambda line: (line.act.at, canonical(line)))):
            old, new = _ends(line)
            self._given[old].append(_Link(order, old, new))
            self._taken[new].append(_Link(order, old, new))
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
        before, links = [name], []
        while (link := self._link(self._taken, before[-1])) and link.old != name:
            before.append(link.old)
            links.append(link)
        if link:  # a circle: it is cut where it was closed first
            links.append(link)
            oldest = min(links, key=lambda link: link.order)
            names = [oldest.new]
            while names[-1] != oldest.old:
                names.append(next(link.new for link in links if link.old == names[-1]))
            return Chain(tuple(names), oldest.old)
        names = before[::-1]
        while link := self._link(self._given, names[-1]):
            names.append(link.new)
        return Chain(tuple(names), names[0])

    def kin(self, name: Name) -> frozenset[Name]:
        """Return all names that adoptions, standing or not, connect with a card's, itself among them."""
        found, open_ = {name}, [name]
        while open_:
            for near in self._beside(open_.pop()):
                if near not in found:
                    found.add(near)
                    open_.append(near)
        return frozenset(found)

    def _link(self, links: dict[Name, list[_Link]], name: Name) -> _Link | None:
        """Return the link of a card that stands at one end, if it is the latest at its other end, too."""
        other = self._taken if links is self._given else self._given
        latest = max(self._links(links, name), key=lambda link: link.order, default=None)
        if latest is None or latest.old == latest.new:
            return None
        far = latest.new if links is self._given else latest.old
        again = max(self._links(other, far), key=lambda link: link.order)
        return latest if again == latest else None

    def _links(self, links: dict[Name, list[_Link]], name: Name) -> Iterator[_Link]:
        """Yield the links of a card: its own, and those of its note, for the same part of the other note."""
        deck, (note, part) = name[0], split_card_id(name[1])
        yield from links.get(name, ())
        if part:
            for link in links.get((deck, note), ()):
                if "/" not in link.old[1] and "/" not in link.new[1]:
                    yield _Link(link.order, _of_part(link.old, part), _of_part(link.new, part))

    def _beside(self, name: Name) -> Iterator[Name]:
        deck, (note, part) = name[0], split_card_id(name[1])
        yield from (new for _, new in self._near.get(name, ()))
        if part:
            for old, new in self._near.get((deck, note), ()):
                if "/" not in old[1] and "/" not in new[1]:
                    yield _of_part(new, part)


def _ends(line: LogLine) -> tuple[Name, Name]:
    act = line.act
    if not isinstance(act, Adopt):
        raise TypeError(f"no adoption: {line}")
    return (act.deck, act.card), (line.deck, line.card)


def _of_part(note: Name, part: str) -> Name:
    return note[0], card_id(note[1], part)

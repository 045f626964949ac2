"""Names that go on as others: whose history it is, which name was the first, and what is connected at all."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from srs.history import Adopt, Adoptions, Chain
from tests.history.told import NOON, answer, does
from tests.working import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.history import LogLine, Name


def name(card: str) -> Name:
    """Return a name in the deck of these tests, or `deck:id`."""
    deck, colon, rest = card.partition(":")
    return (deck, rest) if colon else ("ship", card)


def adopt(new: str, old: str, at: int) -> LogLine:
    """Return an adoption, so many ms after noon."""
    deck, card = name(new)
    return does(Adopt(NOON + at, *name(old)), card, deck)


def chain(card: str, *lines: LogLine, undone: tuple[LogLine, ...] = ()) -> tuple[list[str], str]:
    """Return the ids of a card's chain and the first of them, the same in whatever order the lines come."""
    found = {Adoptions(order, undone).chain(name(card)) for order in permutations(lines)}
    (one,) = found
    return [each for _, each in one.names], one.first[1]


def test_a_name_that_nobody_adopted_is_its_own_chain() -> None:
    assert Adoptions(()).chain(name("a")) == Chain((name("a"),), name("a"))
    assert Adoptions(()).kin(name("a")) == {name("a")}
    assert Adoptions(()).names == set()


def test_a_chain_goes_from_its_first_name_to_its_latest() -> None:
    lines = adopt("b", "a", 5), adopt("c", "b", 1)
    for card in "abc":
        assert chain(card, *lines) == (["a", "b", "c"], "a")


def test_a_name_gives_its_history_to_one() -> None:
    lines = adopt("b", "a", 1), adopt("c", "a", 2)
    assert [chain(card, *lines)[0] for card in "abc"] == [["a", "c"], ["b"], ["a", "c"]]


def test_a_name_takes_its_history_from_one() -> None:
    lines = adopt("c", "a", 1), adopt("c", "b", 2)
    assert [chain(card, *lines)[0] for card in "abc"] == [["a"], ["b", "c"], ["b", "c"]]


def test_an_adoption_stands_if_it_is_the_latest_of_both_its_names() -> None:
    """The later of c's is of a, which went on to d: so c takes nothing at all."""
    lines = adopt("c", "b", 1), adopt("c", "a", 2), adopt("d", "a", 3)
    assert [chain(card, *lines)[0] for card in "abcd"] == [["a", "d"], ["b"], ["c"], ["a", "d"]]


@pytest.mark.parametrize("card", ["a", "b", "c"])
def test_a_circle_loses_its_oldest_link(card: str) -> None:
    """Its first name is the one that was given away first, by which Anki knows it."""
    assert chain(card, adopt("b", "a", 1), adopt("c", "b", 2), adopt("a", "c", 3)) == (["b", "c", "a"], "a")
    assert chain(card, adopt("b", "a", 3), adopt("c", "b", 1), adopt("a", "c", 2)) == (["c", "a", "b"], "b")


def test_there_and_back_is_a_circle_of_two() -> None:
    assert chain("a", adopt("b", "a", 1), adopt("a", "b", 2)) == (["b", "a"], "a")


def test_of_two_at_one_moment_the_greater_in_canonical_form_is_the_later() -> None:
    lines = adopt("b", "a", 1), adopt("c", "a", 1)
    assert chain("a", *lines)[0] == ["a", "c"]


def test_an_adoption_of_a_note_is_one_of_each_of_its_cards() -> None:
    lines = (adopt("boat:new", "old", 1),)
    assert Adoptions(lines).chain(("boat", "new/c2")) == Chain((name("old/c2"), ("boat", "new/c2")), name("old/c2"))
    assert chain("old/c1", *lines, adopt("d", "old/c1", 2))[0] == ["old/c1", "d"]
    assert chain("old/c2", *lines, adopt("d", "old/c1", 2))[0] == ["old/c2", "new/c2"]


def test_a_kind_that_changed_gives_its_history_to_one_card() -> None:
    lines = (adopt("mile/c1", "mile", 1),)
    assert chain("mile", *lines)[0] == ["mile", "mile/c1"]
    assert chain("mile/c2", *lines)[0] == ["mile/c2"]
    assert Adoptions(lines).kin(name("mile/c2")) == {name("mile/c2")}


def test_kin_is_what_any_adoption_connects_standing_or_not() -> None:
    gone = adopt("d", "c", 3)
    every = Adoptions([adopt("b", "a", 1), adopt("c", "a", 2)], [gone])
    for card in "abcd":
        assert every.kin(name(card)) == {name(each) for each in "abcd"}
    assert every.chain(name("d")).names == (name("d"),)
    assert every.names == {name(each) for each in "abcd"}


def test_kin_of_a_card_is_by_its_note_too() -> None:
    every = Adoptions([adopt("boat:new", "old", 1)], [adopt("x", "old/c1", 2)])
    assert every.kin(name("x")) == {name("x"), name("old/c1"), ("boat", "new/c1")}
    assert every.kin(name("old/c2")) == {name("old/c2"), ("boat", "new/c2")}


def test_only_an_adoption_is_one() -> None:
    with pytest.raises(TypeError, match="no adoption"):
        Adoptions([answer()])


@pytest.mark.parametrize(
    "onward",
    [lambda n, size: (n + 1) % size, lambda n, _: n + 1, lambda _, size: size],
    ids=["circle", "chain", "star"],
)
@pytest.mark.parametrize("part", ["", "/c1"])
def test_twice_the_names_are_twice_the_work(onward: Callable[[int, int], int], part: str) -> None:
    def found(size: int) -> None:
        every = Adoptions([adopt(f"n{onward(number, size)}", f"n{number}", number) for number in range(size)])
        for number in range(size):
            every.chain(name(f"n{number}{part}"))
            every.kin(name(f"n{number}{part}"))

    once, twice = work(lambda: found(60)), work(lambda: found(120))
    assert twice <= 2.5 * once

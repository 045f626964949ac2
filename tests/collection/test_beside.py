"""What is opened beside other work: waited for by who needs it, and never left half open by who does not."""

from __future__ import annotations

from threading import Event, Timer

from srs.collection.beside import Beside


def test_what_was_opened_is_there_for_who_waits() -> None:
    loaded: list[str] = []
    one = Beside(lambda: loaded.append("modules"), lambda: f"opened after {loaded}")
    assert one.result() == "opened after ['modules']"
    assert one.is_done


def test_who_leaves_while_it_is_loaded_does_not_wait_and_nothing_is_opened() -> None:
    go, opened = Event(), list[int]()
    one = Beside(go.wait, lambda: opened.append(1))
    assert not one.is_done
    one.leave()
    go.set()
    assert one.result() is None
    assert opened == []


def test_who_leaves_while_it_is_opened_waits_for_the_end_of_that() -> None:
    begun, finish, opened = Event(), Event(), list[int]()

    def opening() -> int:
        begun.set()
        finish.wait(20)
        opened.append(1)
        return 1

    one = Beside(lambda: None, opening)
    assert begun.wait(20)
    Timer(0.01, finish.set).start()
    one.leave()
    assert opened == [1]
    assert one.result() == 1


def test_what_fails_is_nothing() -> None:
    """Whoever needs it opens it again, and is told why that fails."""
    assert Beside(lambda: None, lambda: 1 / 0).result() is None
    assert Beside(lambda: 1 / 0, lambda: 1).result() is None

"""One card from its question to the key that settles it: read, recited step by step, or typed."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from srs.deck.face import recalled
from srs.deck.layout import plain
from srs.deck.said import KINDS
from srs.deck.typed import Comparison, compare
from srs.scheduler import Grade, Memory
from srs.terminal.frame import Size, Standing
from srs.terminal.grades import Label, grade_labels
from srs.terminal.help import help_page
from srs.terminal.keyboard import END, Keyboard
from srs.terminal.keys import HELP, MISSED, ON, OPEN, SHARED, SHOW, SHOW_ALL, UNDO
from srs.terminal.pages import Card, Recital, answer_page, card_page, recital_page, typing_page
from srs.terminal.pressing import pressed
from srs.terminal.screen import Page, Screen

_CHANGED = "the answer has changed since you learnt it; its due day stays"


class Asking(Struct):
    """Asks one card on a screen; `standing` is how the sitting stands meanwhile.

    `view` opens a picture by its address, and says what came of it. `space_is_good`: space grades an answer. Once the
    answer was shown, it is `told`.
    """

    screen: Screen
    keyboard: Keyboard
    card: Card
    keys: Mapping[str, Grade]
    standing: Standing
    view: Callable[[str], str] | None = None
    space_is_good: bool = False
    told: bool = False
    _recital: Recital | None = None
    _comparison: Comparison | None = None
    _viewed: int = 0

    def answer(self, futures: Mapping[Grade, Memory | None], now: Memory | None, *, typing: bool) -> str:
        """Return the key that settles the card: one that grades it, or one that does something else with it.

        Asked for again, a card goes on where that key left it: what was recited, typed or shown still is.
        """
        if not self.told:
            left = self._put(typing=typing)
            self.keyboard.takes_text = True
            if left:
                return left
            self.standing = replace(self.standing, said=_CHANGED if self.card.before else "")
        return self._settle(grade_labels(self.keys, futures, now))

    def remark(self, remark: str, said: str) -> None:
        """Let the card bear a remark from now on, or none, and say so once."""
        self.card = replace(self.card, flag=remark)
        self.standing = replace(self.standing, said=said)

    def _put(self, *, typing: bool) -> str | None:
        """Put the question until the answer is asked for; return the key that left it, if it was left."""
        note = self.card.note
        recites = KINDS[note.kind].recited and not self.card.part and len(note.steps) > 1
        if typing and not recites and (expected := self._to_be_typed()):
            self._type(expected)
            return None
        if typing:
            self._tell_untyped("this one is recited, not typed" if recites else "this one is not typed")
        if recites:
            return self._recite()
        return self._left(self.wait(lambda: card_page(self.card, self.standing, self.size), ON | SHARED))

    @property
    def size(self) -> Size:
        """The room there is now."""
        return Size(self.screen.width, self.screen.full_width, self.screen.height)

    def wait(self, page: Callable[[], Page], wanted: frozenset[str]) -> str:
        """Show a page until one of the wanted keys is pressed; what leads back to the page is dealt with."""
        while True:
            first = page()
            back = {HELP.name, OPEN.name} if first.pictures else {HELP.name}
            key = pressed(self.screen, self.keyboard, page, wanted | back, first)
            if key in wanted:
                return key
            if key == HELP.name:
                self._help()
            else:
                self._open(first.pictures)

    def line(self, page: Callable[[Card, str, Standing, Size], Page], text: str = "") -> str | None:
        """Return a line as it was typed, or `None` if the learner left it."""
        while True:
            self.screen.show(page(self.card, text, self.standing, self.size))
            key = self.keyboard.key(self.screen.resized)
            if key == "enter":
                return text
            if key in {"escape", END}:
                return None
            text = _edited(text, key)

    @staticmethod
    def _left(key: str) -> str | None:
        """Return the key by which the learner left the question, or `None` if it asks for the answer."""
        return None if key in ON else key

    def _tell_untyped(self, told: str) -> None:
        """Say that no answer is typed here, and let none that is typed all the same be taken for commands."""
        if told not in self.standing.said:
            self.standing = replace(self.standing, said="; ".join(filter(None, (self.standing.said, told))))
        self.keyboard.takes_text = False

    def _recite(self) -> str | None:
        """Show the list step by step, what was missed marked; return the key that left it, if it was left."""
        self._recital = self._recital or Recital()
        steps = len(self.card.note.steps)
        while self._recital.shown < steps:
            key = self.wait(self._recital_page, ON | SHARED | {MISSED.name})
            self.standing = replace(self.standing, said="")
            if key in ON:
                before = self._recital.shown
                shown = steps if key == SHOW_ALL.name else before + 1
                self._recital = replace(self._recital, shown=shown, fresh=before)
            elif key == MISSED.name:
                self._recital = _missed(self._recital)
            elif key == UNDO.name and self._recital.shown:
                last = self._recital.shown - 1
                self._recital = Recital(last, self._recital.missed - {last}, last)
            else:
                return key
        return None

    def _type(self, expected: str) -> None:
        typed = self.line(typing_page)
        if typed:
            self._comparison = compare(typed, expected)

    def _settle(self, labels: Mapping[str, Label]) -> str:
        """Show the answer until a key settles it; a list's suggestion is taken with Enter."""
        self.told = True
        wanted = SHARED | ON | set(labels) | ({MISSED.name} if self._recital else set())
        while True:
            key = self.wait(lambda: self._answer_page(labels), wanted)
            if key == MISSED.name and self._recital:
                self._recital = _missed(self._recital)
                self.standing = replace(self.standing, said="")
            elif key not in ON:
                return key
            elif takes := self._takes(key):
                return next(key for key, (grade, _, _) in labels.items() if grade is takes)
            else:
                keys = [f"{key} {grade.name.capitalize()}" for key, (grade, _, _) in labels.items()]
                keys[:0] = [f"Enter for {self._recital.suggested.name.capitalize()}"] if self._recital else []
                self.standing = replace(self.standing, said=f"press {', '.join(keys[:-1])} or {keys[-1]}")

    def _takes(self, key: str) -> Grade | None:
        """Return the grade that a key which goes on gives an answer, if it gives one.

        Enter takes what a list suggests; space does, too, and either takes Good elsewhere, if that is the learner's
        wish: who presses it once too often has not graded by that.
        """
        if self._recital and (key != SHOW.name or self.space_is_good):
            return self._recital.suggested
        return Grade.GOOD if self.space_is_good else None

    def _open(self, pictures: Sequence[str]) -> None:
        """Open the next of some pictures."""
        if self.view:
            self.standing = replace(self.standing, said=self.view(pictures[self._viewed % len(pictures)]))
            self._viewed += 1

    def _recital_page(self) -> Page:
        return recital_page(self.card, self._recital or Recital(), self.standing, self.size)

    def _answer_page(self, labels: Mapping[str, Label]) -> Page:
        takes = self._takes(SHOW.name)
        return answer_page(
            self.card, labels, self.standing, self.size, self._recital, self._comparison, space_takes=takes
        )

    def _to_be_typed(self) -> str:
        """Return the answer that may be typed: one line of a kind that is recalled word for word, else nothing."""
        note = self.card.note
        expected = plain(recalled(note, self.card.part)) if KINDS[note.kind].typed else ""
        return "" if "\n" in expected.strip() else expected

    def _help(self) -> None:
        pressed(self.screen, self.keyboard, lambda: help_page(self.size))


def _missed(recital: Recital) -> Recital:
    """Mark the step shown last as missed, or take the mark off again."""
    return replace(recital, missed=recital.missed ^ {recital.shown - 1}) if recital.shown else recital


def _edited(text: str, key: str) -> str:
    if key == "backspace":
        return text[:-1]
    if key == "clear":
        return ""
    if key == "space":
        return text + " "
    return text + key if len(key) == 1 else text

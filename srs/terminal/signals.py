"""What a sitting does when the system or a shell asks it to end, to stop for a while, or to go on."""

import os
import signal
import sys
from typing import NoReturn

from srs.terminal.keyboard import Keyboard
from srs.terminal.screen import Screen


def heed(screen: Screen, keyboard: Keyboard) -> None:
    """Let a sitting that is asked to end do so as on any exit, and one that is stopped give the terminal back.

    When it goes on it takes the terminal again, whatever a shell has made of it meanwhile, and draws its page anew.
    That is done when a key is waited for next: a signal may come while something is being written.
    """
    wanted: list[int] = []

    def noted(number: int, _: object) -> None:
        if keyboard.taken:
            wanted.append(number)
        elif number == signal.SIGTSTP:  # another program has the terminal, an editor
            os.kill(os.getpid(), signal.SIGSTOP)

    def act() -> None:
        while wanted:
            if wanted.pop(0) == signal.SIGTSTP:
                keyboard.give_back()
                screen.give_back()
                os.kill(os.getpid(), signal.SIGSTOP)
            else:
                screen.take_again()
                keyboard.take_again()

    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, _leave)
        keyboard.heeding = act
        signal.signal(signal.SIGTSTP, noted)
        signal.signal(signal.SIGCONT, noted)


def _leave(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)

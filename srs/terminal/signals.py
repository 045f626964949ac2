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
    """

    def stop(_number: int, _: object) -> None:
        keyboard.give_back()
        screen.give_back()
        os.kill(os.getpid(), signal.SIGSTOP)

    def go_on(_number: int, _: object) -> None:
        screen.take_again()
        keyboard.take_again()

    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, _leave)
        signal.signal(signal.SIGTSTP, stop)
        signal.signal(signal.SIGCONT, go_on)


def _leave(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)

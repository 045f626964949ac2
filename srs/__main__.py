"""What `srs` runs, and `python -m srs`: the command line, which takes a moment to load."""

import signal


def main() -> None:
    """Run the command line of this process; Ctrl-C before it is loaded ends the process without a word."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else somebody wants it ignored
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from srs.cli.main import main as command_line  # noqa: PLC0415 -- a fifth of a second

    if ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command_line()


if __name__ == "__main__":
    main()

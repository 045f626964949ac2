"""Let `python -m srs` do what `srs` does."""

from srs.cli.main import main

if __name__ == "__main__":
    main()

"""Let `python -m digitize` do what `digitize` does."""

from digitize.cli import main

if __name__ == "__main__":
    main()

"""`python -m journal` does what `journal` does."""

from journal.cli import main

if __name__ == "__main__":
    main()

"""`python -m handbook`: the same as the `handbook` command."""

import sys

from handbook.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

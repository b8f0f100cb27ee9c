"""Start the command line: `audit`, or `python -m audit`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback even while it is being loaded."""
    try:
        from audit.process import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()

"""`python -m claims_cli` is `claims`, which can be interrupted while it is still being loaded."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from claims_cli.commands.app import main as run
    except KeyboardInterrupt:
        print("claims: interrupted", file=sys.stderr)
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()

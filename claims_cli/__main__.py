"""`python -m claims_cli` is `claims`."""

from claims_cli.commands.app import main

if __name__ == "__main__":
    main()

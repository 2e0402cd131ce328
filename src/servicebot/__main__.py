"""`python -m servicebot`."""

from servicebot.cli.main import main

if __name__ == "__main__":
    main()

"""`python -m pipelines ...` is the `outcomes` command."""

from pipelines.cli import main

if __name__ == "__main__":
    main()

"""`python -m proofs` is the console script `conditioning`."""

from proofs.cli import main

if __name__ == "__main__":
    main()

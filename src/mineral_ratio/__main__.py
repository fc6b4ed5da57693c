"""``python -m mineral_ratio`` and the ``mineral-ratio`` command."""

import sys


def main() -> None:
    """Run the command line, or say what it needs."""
    try:
        from mineral_ratio.cli import cli
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        sys.stderr.write("mineral-ratio: this needs the extra 'cli': pip install 'mineral_ratio[cli]'\n")
        sys.exit(2)
    cli(prog_name="mineral-ratio")


if __name__ == "__main__":
    main()

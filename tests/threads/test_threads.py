"""Sixteen threads at once get what one thread gets, also where they are the first to use something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

JOBS = Path(__file__).with_name("jobs.py")


def run(job: str, threads: int) -> dict[str, Any]:
    """What a process of its own tells of a job done by some threads."""
    command = [sys.executable, str(JOBS), job, str(threads)]
    ordered = {**os.environ, "PYTHONHASHSEED": "0"}  # sets are told in one order
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ordered)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("job", ["lookups", "formulas", "tables", "quantities", "checks", "names"])
def test_many_threads_get_what_one_gets(job: str) -> None:
    """All get the same, and it is what one thread alone gets, though nothing was used before them."""
    many = run(job, 16)
    assert many["differing"] == []
    assert many["first"] == run(job, 1)["first"]


def test_many_threads_get_the_same_objects() -> None:
    """There is one default catalogue, one default edition and one object for each record."""
    assert run("objects", 16)["differing"] == []

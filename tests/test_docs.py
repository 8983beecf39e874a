"""Generated pages are current, indicators carry over to Spark, and no wording says more than the records do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from entrepot.findings.catalogue import Indicator, catalogue

REPOSITORY = Path(__file__).resolve().parent.parent

VERDICTS = re.compile(r"\b(evader|evasion|guilty|criminal|culprit|smuggl\w+|fraudster)s?\b", re.IGNORECASE)
"""Words that DESIGN.md bars from what the tool says itself."""


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.stdout == ""


@pytest.mark.parametrize("indicator", catalogue(), ids=lambda i: i.id)
def test_an_indicator_carries_over_to_spark_and_states_no_verdict(indicator: Indicator) -> None:
    for statement in (indicator.query, indicator.evidence):
        assert statement.render(indicator.defaults, "spark")
    said = " ".join((indicator.title, indicator.meaning, indicator.statement, indicator.innocent))
    assert not VERDICTS.search(said)
    assert "ORDER BY" in indicator.evidence.text


def test_messages_state_no_verdict() -> None:
    for path in (
        *(REPOSITORY / "src/entrepot/cli").glob("*.py"),
        *(REPOSITORY / "src/entrepot/casework").glob("*.py"),
        REPOSITORY / "README.md",
    ):
        assert not VERDICTS.search(path.read_text("utf-8")), path


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("needs a git checkout")
    barred = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|(?<![\w.-])/(?:work|root|farm)/")
    for name in listed.stdout.split():
        path = REPOSITORY / name
        if (
            path.suffix in (".py", ".md", ".toml", ".lock", ".sh", ".sql", ".json", "")
            and path.is_file()
            and path.stat().st_size < 2_000_000
            and name != "tests/test_docs.py"
        ):
            text = path.read_bytes().decode("utf-8", "ignore")
            assert not barred.search(text), name

"""The PDF shows text of sources as text in any script, and says which characters it could not draw."""

from __future__ import annotations

import pypdfium2
import pytest
import typst

from entrepot.casework.case import Case
from entrepot.dossier.assemble import dossier
from entrepot.dossier.pdf import as_pdf, missing_characters, missing_words
from tests.dossier.conftest import BUYER, HOSTILE


@pytest.fixture(scope="module")
def pages(built: Case) -> list[str]:
    made = dossier(built, BUYER)
    content = as_pdf(made)
    assert content == as_pdf(made)
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def test_markup_of_names_is_shown_and_not_run(pages: list[str]) -> None:
    text = "".join(" ".join(pages).split()).replace("\u200b", "")
    assert '#panic("boom")$x^2@ref*b*_i_`c`]Works' in text
    assert "<script>alert(1)</script>" in text
    assert "\\u202etxt.exe" in text
    assert "ПримерИмпорт" in text


def test_each_page_says_that_rows_are_synthetic(pages: list[str]) -> None:
    assert len(pages) > 2
    assert all("SYNTHETIC" in page for page in pages)


def test_every_subject_with_hostile_text_compiles(built: Case) -> None:
    for asked in (HOSTILE[0], HOSTILE[2], HOSTILE[3]):
        assert as_pdf(dossier(built, asked)).startswith(b"%PDF")


def test_characters_that_no_font_has_are_found_and_named() -> None:
    bundled = typst.Fonts(include_system_fonts=False)
    missing = missing_characters("Aé Пример شركة 上海 한", bundled)
    assert set(missing) == {"上", "海", "한"}
    said = missing_words(missing)
    assert "U+4E0A" in said
    assert "Cjk" in said
    assert "Hangul" in said
    assert missing_words([]) == ""

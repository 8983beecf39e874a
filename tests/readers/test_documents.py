"""Reports in every format: exact offsets, boilerplate marked and kept, and a clear result for what is no report."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.readers.documents import document_tables, read_bytes_as_document, read_document

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Valves seized at Port Belmara</title>
<meta property="og:site_name" content="Harbour Courier"><meta property="article:published_time" content="2023-03-16T08:00:00Z">
<style>p {color: red}</style></head><body><nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>Valves seized at Port Belmara</h1>
<p>Customs officers in Port Belmara have seized 12 crates of valves that were labelled as farm machinery, the ministry said.</p>
<figure><img src="x.jpg"><figcaption>Crates in the harbour. Photo: Courier</figcaption></figure>
<p>The crates belong to Lind Valves &amp; Sons, a maker of pumps that ships across the northern sea every week of the year.</p>
<p>Its owner told the newspaper that he had never sold anything to the buyer named in the papers and would sue.</p>
</article>
<div class="comments"><h3>2 comments</h3><p>I do not believe a word of this story, it was all invented by the port.</p></div>
<footer>© 2023 Harbour Courier</footer></body></html>"""


def kinds(text: str) -> dict[str, str]:
    document = read_bytes_as_document(text.encode(), "report.txt")
    return {document.text[p.start : p.end]: p.kind for p in document.paragraphs}


def test_html_keeps_everything_and_marks_what_is_not_the_article() -> None:
    document = read_bytes_as_document(PAGE.encode(), "page.html")
    by_text = {document.text[p.start : p.end]: p for p in document.paragraphs}
    prose = [document.text[p.start : p.end] for p in document.prose]
    assert document.format == "html"
    assert len(prose) == 3
    assert prose[0].startswith("Customs officers")
    assert by_text["Home"].kind == "boilerplate"
    assert by_text["I do not believe a word of this story, it was all invented by the port."].kind == "comment"
    assert by_text["Crates in the harbour. Photo: Courier"].kind == "caption"
    assert document.header.title == "Valves seized at Port Belmara"
    assert document.header.outlet == "Harbour Courier"
    assert str(document.header.published) == "2023-03-16"
    assert "color: red" not in document.text


def test_html_blocks_know_their_place_in_the_markup() -> None:
    document = read_bytes_as_document(PAGE.encode(), "page.html")
    paragraph = next(p for p in document.paragraphs if "Lind Valves & Sons" in document.text[p.start : p.end])
    assert paragraph.source_start is not None
    assert PAGE[paragraph.source_start :].startswith("The crates belong to Lind Valves &amp; Sons")


def test_plain_text_is_kept_character_by_character() -> None:
    text = "\ufeffA headline of five words\r\n\r\n  The ship left the port on Monday with 40 crates.  \r\nRelated Posts\r\n1 of 384\r\n"
    document = read_bytes_as_document(text.encode("utf-8"), "a.txt")
    assert document.text == text.removeprefix("\ufeff")
    assert [document.text[p.start : p.end] for p in document.prose] == [
        "The ship left the port on Monday with 40 crates."
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Related Posts", "boilerplate"),
        ("3 of 120", "boilerplate"),
        ("Leave a Comment", "boilerplate"),
        ("Your email address will not be published. Required fields are marked *", "boilerplate"),
        ("Image: Shutterstock / someone.", "caption"),
        ("© 2021 Some Site. All rights reserved", "boilerplate"),
        ("Jane Doe contributed reporting from Oslo.", "byline"),
        ("WorldBusinessFeaturedNational SecurityTechnology", "not_prose"),
        ("Share on Facebook", "boilerplate"),
    ],
)
def test_lines_that_are_not_the_report(line: str, kind: str) -> None:
    body = "The ministry said on Monday that the ships had left the port and were on their way home.\n" * 3
    assert kinds(f"Ships leave the northern port\n{body}{line}\n")[line] == kind


@pytest.mark.parametrize(
    "line",
    [
        "Related posts by the ministry showed that 40 ships had left the port in the spring.",
        "Two of 384 ships were stopped.",
        "The comments were made on Tuesday by the minister.",
        "Photos of the harbour show that the cranes were moved in May.",
        "Share prices fell by a fifth after the news.",
        "By the end of the year the company had sold everything.",
    ],
)
def test_look_alikes_stay_prose(line: str) -> None:
    body = "The ministry said on Monday that the ships had left the port and were on their way home.\n" * 3
    assert kinds(f"Ships leave the northern port\n{body}{line}\n")[line] == "prose"


def test_comments_after_the_report_are_comments() -> None:
    body = "The ministry said on Monday that the ships had left the port and were on their way home.\n" * 3
    found = kinds(
        f"Ships leave the northern port\n{body}Comments (1)\nThis is all made up and nobody should believe it.\n"
    )
    assert found["This is all made up and nobody should believe it."] == "comment"


def test_hard_wrapped_text_is_joined() -> None:
    text = (
        "The ministry said on Monday that all of the ships that were in the harbour\n"
        "had left it again before the storm came, and that none of them had been\n"
        "damaged, although two of the cranes on the northern quay had fallen over\n"
        "and would have to be replaced.\n\n"
        "The owners of the cranes said that they would ask the port for money, and\n"
        "that the port had been warned about them more than once in the past.\n"
    )
    assert len(read_bytes_as_document(text.encode(), "w.txt").prose) == 2


def test_markdown_headings_quotes_and_tables() -> None:
    text = "# Ships leave port\n\nThe ministry said that the ships had left the port.\n\n| a | b |\n|---|---|\n\n```\nx = 1\n```\n"
    document = read_bytes_as_document(text.encode(), "a.md")
    assert document.format == "markdown"
    assert document.header.title == "Ships leave port"
    assert [p.kind for p in document.paragraphs].count("prose") == 1


def test_docx() -> None:
    file = docx.Document()
    file.add_heading("Ships leave port", 1)
    file.add_paragraph("The ministry said that the 12 ships had left the port.")
    file.add_table(1, 2).rows[0].cells[0].text = "ships"
    stream = io.BytesIO()
    file.save(stream)
    document = read_bytes_as_document(stream.getvalue(), "a.docx")
    assert document.format == "docx"
    assert [document.text[p.start : p.end] for p in document.prose] == [
        "The ministry said that the 12 ships had left the port."
    ]


def pdf(lines: list[str]) -> bytes:
    """A small PDF with one page of text, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 750 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_pdf_joins_lines_to_paragraphs() -> None:
    document = read_bytes_as_document(
        pdf(["The ministry said that the 12 ships had left the port before", "the storm came and would return."]),
        "a.pdf",
    )
    assert document.format == "pdf"
    assert len(document.prose) == 1
    assert document.prose[0].page == 1


def test_scanned_pdf_says_so() -> None:
    with pytest.raises(InputError, match="no text: it seems to be scanned"):
        read_bytes_as_document(pdf([]), "scan.pdf")


def test_mail_with_a_forwarded_message() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = "b@example.org", "The ships", "Thu, 16 Mar 2023 08:00:00 +0000"
    inner.set_content("The ministry said that the 12 ships had left the port.\n")
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = (
        "a@example.org",
        "Fwd: The ships",
        "Fri, 17 Mar 2023 08:00:00 +0000",
    )
    outer.set_content("Please have a look at what they write about the ships.\n\n> an older line that was quoted\n")
    outer.add_attachment(inner)
    document = read_bytes_as_document(outer.as_bytes(), "a.eml")
    prose = [document.text[p.start : p.end] for p in document.prose]
    assert document.format == "eml"
    assert prose == [
        "Please have a look at what they write about the ships.",
        "The ministry said that the 12 ships had left the port.",
    ]
    assert str(document.header.published) == "2023-03-17"


def test_deeply_nested_mail_is_refused() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "deep"
    message.set_content("The innermost text says that nothing happened.")
    for _ in range(40):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@example.org", "deep"
        outer.set_content("see below")
        outer.add_attachment(message)
        message = outer
    with pytest.raises(InputError, match="nested more than"):
        read_bytes_as_document(message.as_bytes(), "deep.eml")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n\r\n ", "the file is empty"),
        (bytes(range(256)) * 40, "binary data"),
        (b"PK\x03\x04" + b"\x00" * 200, "not a Word document"),
        (b"123 456 789\n", "holds no text"),
        (b"%PDF-1.4 broken", "cannot be opened"),
    ],
)
def test_what_is_no_report(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_bytes_as_document(data, "x")


def test_a_missing_file_is_named(tmp_path: object) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_document(f"{tmp_path}/nowhere.txt")


def test_a_page_of_ten_megabytes_ends() -> None:
    filler = "".join(f"<div class='{'x' * 500}'>item {n}</div>" for n in range(20_000))
    page = f"<html><body><div>{filler}</div><article>{'<p>The ministry said that the ships had left the port on Monday.</p>' * 5}</article></body></html>"
    assert len(page) > 10_000_000
    document = read_bytes_as_document(page.encode(), "big.html")
    assert any("The ministry said" in document.text[p.start : p.end] for p in document.paragraphs)


def test_prose_beyond_the_limit_is_kept_and_marked() -> None:
    line = "The ministry said on Monday that the ships had left the port and were on their way home.\n"
    document = read_bytes_as_document((line * 12_000).encode(), "long.txt")
    assert document.paragraphs[-1].reason == "beyond_limit"
    assert len(document.text) == len(line) * 12_000
    assert "longer than is read" in document.notes[-1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Das Ministerium teilte mit, dass die Schiffe den Hafen am Montag verlassen haben und nicht zurückkehren werden.",
            "de",
        ),
        ("Министерство сообщило, что корабли покинули порт и не вернутся до конца года, как было сказано ранее.", "ru"),
        ("外交部发言人表示，中方一贯反对单边制裁，并将采取必要措施维护企业的合法权益。", "zh"),
        ("Laivat lähtivät satamasta maanantaina eikä niistä ole sen jälkeen kuultu mitään, ministeriö kertoi.", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert read_bytes_as_document(text.encode(), "a.txt").language == language


def test_tables_are_valid() -> None:
    from entrepot.model.tables import TABLES

    for name, table in document_tables([read_bytes_as_document(PAGE.encode(), "page.html")]).items():
        TABLES[name].validate(table)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_any_text_is_kept_and_cut_into_paragraphs(text: str) -> None:
    whole = "The ministry said that the ships had left the port.\n" + text
    try:
        document = read_bytes_as_document(whole.encode("utf-8"), "a.txt")
    except InputError:
        return
    if document.format != "text":
        return
    assert document.text == whole
    last = 0
    for paragraph in document.paragraphs:
        assert last <= paragraph.start < paragraph.end <= len(whole)
        assert document.text[paragraph.start : paragraph.end].strip() == document.text[paragraph.start : paragraph.end]
        last = paragraph.end
    kept = "".join(document.text[p.start : p.end] for p in document.paragraphs)
    assert "".join(kept.split()) == "".join(document.text.split())

"""Reads delimited text to rows, so that a broken quote costs one row and not the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from entrepot.readers.files.limits import MAX_RECORD_BYTES, MAX_RECORD_LINES
from entrepot.readers.files.lines import Lines, read_lines
from entrepot.readers.files.part import Part, Row, RowProblem

Line = tuple[str, RowProblem | None]


def read_delimited(part: Part) -> Iterator[Row]:
    """The records of a `csv` part, numbered from 1; a record with line breaks inside quotes counts once."""
    delimiter, quote = part.delimiter or ",", part.quote
    number = 0
    pending: deque[Line] = deque()
    source = _batches(part)
    for batch in source:
        if batch.problems:
            pending.extend((text, batch.problems.get(at)) for at, text in enumerate(batch.texts))
        elif (records := _at_once(batch.texts, delimiter, quote)) is not None:
            for cells in records:
                number += 1
                yield Row(number, tuple([cell or None for cell in cells]))
        else:
            pending.extend((text, None) for text in batch.texts)
        while pending:
            number += 1
            yield _one(number, pending, source, part)


def _batches(part: Part) -> Iterator[Lines]:
    """Lines in batches so small that those around one broken quote do not cost much."""
    for block in read_lines(part):
        for start in range(0, len(block.texts), _BATCH):
            texts = block.texts[start : start + _BATCH]
            problems = {at - start: p for at, p in block.problems.items() if start <= at < start + _BATCH}
            yield Lines(texts, problems)


_BATCH = 256


def _at_once(texts: list[str], delimiter: str, quote: str | None) -> list[list[str]] | None:
    """The cells of lines of which each is one record with its quotes in order; None where any is not."""
    if max(map(len, texts)) > MAX_RECORD_BYTES:
        return None
    if any("\r" in text for text in texts):
        texts = [text.removesuffix("\r") for text in texts]
    if quote is None or not any(quote in text for text in texts):
        return [text.split(delimiter) if text else [] for text in texts]
    reader = csv.reader(texts, delimiter=delimiter, quotechar=quote, strict=True)
    try:
        records = list(reader)
    except csv.Error:
        return None
    # A record over several lines may be one, or a quote that was not closed.
    return records if len(records) == len(texts) else None


def _one(number: int, pending: deque[Line], source: Iterator[Lines], part: Part) -> Row:
    """The record that begins with the first pending line; it may take further lines, from `source` where needed."""
    delimiter, quote = part.delimiter or ",", part.quote
    line, problem = pending.popleft()
    if len(line) > MAX_RECORD_BYTES:
        return _too_long(number, line)
    if quote is None or quote not in line:
        bare = line.removesuffix("\r")
        cells = bare.split(delimiter) if bare else []
        return Row(number, _emptied(cells), _located(problem, cells))
    return _quoted(number, (line, problem), pending, source, delimiter, quote, part.width)


def _following(pending: deque[Line], source: Iterator[Lines]) -> Line | None:
    while not pending:
        batch = next(source, None)
        if batch is None:
            return None
        pending.extend((text, batch.problems.get(at)) for at, text in enumerate(batch.texts))
    return pending.popleft()


def _quoted(
    number: int, first: Line, pending: deque[Line], source: Iterator[Lines], delimiter: str, quote: str, width: int
) -> Row:
    """A record that begins with a line that holds a quote."""
    cells = _strict([first[0]], delimiter, quote)
    if cells is not None:
        return Row(number, _emptied(cells), _located(first[1], cells))
    taken = [first]
    quotes = first[0].count(quote)
    size = len(first[0])
    while quotes % 2 and len(taken) < MAX_RECORD_LINES and size <= MAX_RECORD_BYTES:
        following = _following(pending, source)
        if following is None:
            break
        taken.append(following)
        size += len(following[0])
        if quote not in following[0]:
            continue
        quotes += following[0].count(quote)
        if quotes % 2 == 0:
            texts = [line for line, _ in taken]
            cells = _strict(texts, delimiter, quote)
            if cells is not None and _believable(cells, texts[1:], delimiter, quote, width):
                problem = next((problem for _, problem in taken if problem), None)
                return Row(number, _emptied(cells), _located(problem, cells))
            # What closes the quote is the beginning of another cell: the quote was never closed.
            break
    pending.extendleft(reversed(taken[1:]))
    return _broken(number, first, delimiter, quote, width)


def _strict(lines: list[str], delimiter: str, quote: str) -> list[str] | None:
    """The cells of one record by RFC 4180, None where its quotes are not in order."""
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, quotechar=quote, strict=True)
    try:
        cells = next(reader)
        return cells if next(reader, None) is None else None
    except (csv.Error, StopIteration):
        return None


def _believable(cells: list[str], swallowed: list[str], delimiter: str, quote: str, width: int) -> bool:
    """Whether a record of several lines is one, and not rows that a broken quote ran together: it is as wide as the
    others, or no line that it took is."""
    if width < 2 or len(cells) == width:
        return True
    return not any(len(_strict([line], delimiter, quote) or ()) == width for line in swallowed)


def _broken(number: int, line: Line, delimiter: str, quote: str, width: int) -> Row:
    """A row whose quotes are not in order: kept where it is as wide as the others, else rejected as it stands."""
    text = line[0].removesuffix("\r")
    cells = _lenient(text, delimiter, quote)
    at = next((n for n, cell in enumerate(cells) if quote in cell), None)
    value = None if at is None else cells[at]
    if len(cells) == width:
        problem = RowProblem(
            "stray_quote",
            "a quote is not closed, or not doubled inside a quoted cell: it is kept as part of the text",
            reject=False,
            cell=at,
            value=value,
        )
        return Row(number, _emptied(cells), (problem, *_located(line[1], cells)))
    problem = RowProblem(
        "broken_quotes",
        f"the quotes of the row are not in order, and it has {len(cells)} cells where others have {width}: close or double "
        "the quote",
        reject=True,
        cell=at,
        value=value,
    )
    return Row(number, (text,), (problem, *_located(line[1], cells)))


def _lenient(line: str, delimiter: str, quote: str) -> list[str]:
    """Cells of a line where a quote opens only at the beginning of a cell and closes only at its end."""
    cells = []
    at = 0
    while at <= len(line):
        if line.startswith(quote, at):
            end = _closing(line, at + 1, delimiter, quote)
            if end is not None:
                cells.append(line[at + 1 : end].replace(quote * 2, quote))
                at = end + len(quote) + len(delimiter)
                if at > len(line):
                    break
                continue
        end = line.find(delimiter, at)
        if end < 0:
            cells.append(line[at:])
            break
        cells.append(line[at:end])
        at = end + len(delimiter)
    return cells


def _closing(line: str, start: int, delimiter: str, quote: str) -> int | None:
    """Where the quoted cell that begins at `start` ends: at a quote before a delimiter or the end of the line, other than
    the second of a doubled pair."""
    at = line.find(quote, start)
    while at >= 0:
        after = at + 1
        if after == len(line) or line.startswith(delimiter, after):
            return at
        at = line.find(quote, at + (2 if line.startswith(quote, after) else 1))
    # Quotes escaped with a backslash stand beside the one that closes.
    ends = [at for at in (line.find(quote + delimiter, start), len(line) - 1) if at >= start and line[at] == quote]
    return min(ends, default=None)


def _too_long(number: int, line: str) -> Row:
    problem = RowProblem(
        "row_too_long",
        f"the row is longer than {MAX_RECORD_BYTES:,} characters: no customs record is, so that line ends may be missing",
        reject=True,
        value=line[:200],
    )
    return Row(number, (line[:1000],), (problem,))


def _emptied(cells: list[str]) -> tuple[str | None, ...]:
    return tuple([cell or None for cell in cells])


def _located(problem: RowProblem | None, cells: list[str]) -> tuple[RowProblem, ...]:
    """The problem of a line, with the cell that it is in."""
    if problem is None:
        return ()
    at = next((n for n, cell in enumerate(cells) if "\ufffd" in cell), None)
    if at is None:
        return (problem,)
    return (RowProblem(problem.code, problem.message, problem.reject, at, cells[at]),)

"""How large a report may be: bounds that end in a clear result and not in an afternoon."""

MAX_BYTES = 64 * 2**20
"""Bytes of one report file. The largest page in the trials had 10 MB; PDFs of ministries reach 40 MB with their images."""

MAX_PROSE = 1_000_000
"""Characters of prose that are read for claims: about 200,000 words, a thick book, a minute on the smallest laptop.
What follows is kept in the text and marked `beyond_limit`."""

MAX_DEPTH = 20
"""Messages forwarded inside messages. Real mail chains attach a handful."""

MAX_PAGES = 2_000
"""Pages of a PDF."""

MAX_DOCX_BYTES = 256 * 2**20
"""Unpacked bytes of a DOCX file's members: four times the largest allowed file."""

MIN_LETTERS = 20
"""Fewer letters than this in a whole file are no report: a scanned page yields none, or a stamp's few."""

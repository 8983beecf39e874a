"""How much a file may hold: bounds that stop decompression bombs and runaway records."""

MAX_RATIO = 200
"""Uncompressed over compressed size. Real customs CSV gzips 5 to 30 times; a column of one value reaches about 100
(measured on the generated bench file); deflate's bound is 1,032, which bombs come near."""

RATIO_FREE_BYTES = 64 * 2**20
"""The ratio is judged only beyond this many bytes: small regular files may be very compressible and harm no one."""

MAX_BYTES = 64 * 2**30
"""Uncompressed bytes of one member: five times the 10 M-row case of DESIGN.md (about 12 GB as CSV)."""

MAX_IN_MEMORY = 2 * 2**30
"""Bytes that may be read whole (workbooks, XML, JSON arrays, reports): an eighth of the 16 GiB of a plain laptop."""

MAX_MEMBERS = 2_000
"""Readable members of one archive."""

MAX_RECORD_BYTES = 2 * 2**20
"""One CSV record; DuckDB's own default for a line is 2,000,000 bytes."""

MAX_RECORD_LINES = 500
"""Physical lines of one quoted CSV record; an Excel cell holds at most 253 line feeds (Microsoft, Excel limits)."""

MAX_SHEET_CELLS = 100_000_000
"""Rows times columns of one sheet: a full sheet (1,048,576 rows) of 95 columns. The reader keeps 32 bytes a cell, used or
not, so that a sheet of two cells in opposite corners would take 550 GB."""

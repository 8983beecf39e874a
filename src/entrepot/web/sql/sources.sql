-- name: listing
SELECT
  source_id, path, part, kind, format, title, publisher, licence, retrieved, rows_in, rows_kept, rows_rejected, problems, first_date, last_date,
  size_bytes, sha256, synthetic
FROM source_heads

-- name: problems
SELECT problem, column_name, field, value, message, CAST(SUM(occurrences) AS BIGINT) AS occurrences, MIN(row_number) AS first_row, source_id
FROM reading_problems
WHERE source_id = $source
GROUP BY ALL

-- name: rejects_of
SELECT rejects.*, sources.path, sources.part
FROM rejects
INNER JOIN sources
  ON sources.source_id = rejects.source_id
WHERE rejects.source_id = $source

-- name: rejects
SELECT rejects.*, sources.path, sources.part
FROM rejects
INNER JOIN sources
  ON sources.source_id = rejects.source_id

-- name: span
SELECT * FROM spans WHERE source_id = $source

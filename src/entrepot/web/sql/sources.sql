-- name: listing
SELECT
  sources.source_id, sources.path, sources.part, sources.kind, sources.format, sources.title, sources.publisher, sources.licence,
  sources.retrieved, sources.rows_in, sources.rows_kept, sources.rows_rejected, COALESCE(p.problems, 0) AS problems,
  spans.first_date, spans.last_date, sources.size_bytes, sources.sha256, sources.synthetic
FROM sources
LEFT JOIN (
  SELECT source_id, CAST(SUM(occurrences) AS BIGINT) AS problems FROM reading_problems GROUP BY source_id
) AS p
  ON p.source_id = sources.source_id
LEFT JOIN spans
  ON spans.source_id = sources.source_id

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

-- What the case holds, for its start page.

-- name: totals
SELECT
  (SELECT COUNT(*) FROM sources WHERE NOT STARTS_WITH(path, 'bundled:')) AS sources,
  (SELECT CAST(SUM(rows_in) AS BIGINT) FROM sources) AS rows_in,
  (SELECT CAST(SUM(rows_kept) AS BIGINT) FROM sources) AS rows_kept,
  (SELECT CAST(SUM(rows_rejected) AS BIGINT) FROM sources) AS rows_rejected,
  (SELECT CAST(SUM(occurrences) AS BIGINT) FROM reading_problems) AS problems,
  (SELECT CAST(SUM(shipments) AS BIGINT) FROM spans) AS shipments,
  (SELECT MIN(first_date) FROM spans) AS first_date,
  (SELECT MAX(last_date) FROM spans) AS last_date,
  (SELECT COUNT(*) FROM party_heads) AS parties,
  (SELECT COUNT(*) FROM findings) AS findings,
  (SELECT COUNT(*) FROM chains WHERE grade = 'chain') AS chains,
  (SELECT COUNT(*) FROM claims) AS claims,
  (SELECT COUNT(*) FROM documents) AS reports,
  (SELECT COUNT(*) FROM list_presence) AS entries,
  (SELECT COUNT(*) FROM matches WHERE decision = 'match') AS matches

-- name: strongest
-- The strongest finding of each indicator: strengths of different indicators are not compared.
SELECT f.finding_id, f.indicator, i.title, f.statement, f.strength, f.country, f.hs6, f.fires_on, f.compared, f.synthetic
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY findings.indicator ORDER BY findings.strength DESC, findings.finding_id) AS place
  FROM findings
) AS f
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
WHERE f.place = 1
ORDER BY f.strength DESC, f.indicator

-- name: checks
SELECT
  checks.check_id, checks.claim_id, checks.document_id, checks.verdict, checks.why, claims.quote, documents.name AS document,
  COALESCE(sources.synthetic, checks.synthetic) AS synthetic
FROM checks
INNER JOIN claims
  ON claims.claim_id = checks.claim_id
INNER JOIN documents
  ON documents.document_id = checks.document_id
LEFT JOIN sources
  ON sources.source_id = checks.document_id
ORDER BY
  CASE checks.verdict WHEN 'contradicted' THEN 1 WHEN 'supported' THEN 2 WHEN 'partly supported' THEN 3 WHEN 'no records' THEN 4 ELSE 5 END,
  checks.check_id
LIMIT 8

-- name: verdicts
SELECT verdict, COUNT(*) AS n FROM checks GROUP BY verdict ORDER BY n DESC, verdict

-- name: countries
SELECT country, side, shipments FROM country_totals ORDER BY shipments DESC, country, side LIMIT 16

-- name: gaps
-- What sources of shipments leave out, per source.
SELECT sources.path, sources.source_id, spans.* EXCLUDE (source_id)
FROM spans
INNER JOIN sources
  ON sources.source_id = spans.source_id
ORDER BY spans.shipments DESC, sources.path
LIMIT 20

-- name: lists
SELECT list_id, MAX(list_date) AS list_date, COUNT(DISTINCT entry_id) AS entries
FROM list_entries
GROUP BY list_id
ORDER BY list_id

-- name: tour
-- One finding about a chain that a tour can follow from the map to a row in the file.
SELECT f.finding_id, f.subject, f.statement, e.source_id, e.row_number
FROM findings AS f
INNER JOIN finding_rows AS e
  ON e.finding_id = f.finding_id AND e.position = 1
WHERE f.indicator = 'chain'
ORDER BY f.strength DESC, f.finding_id
LIMIT 1

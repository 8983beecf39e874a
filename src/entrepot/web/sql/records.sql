-- name: source
SELECT * FROM sources WHERE source_id = $source

-- name: shipment
-- The row as read is put together from its cells and the header of its file where it is kept so.
SELECT
  s.* EXCLUDE (cells, original),
  COALESCE(
    s.original,
    (SELECT CAST(TO_JSON(MAP(h.header, STRING_SPLIT(s.cells, CHR(31)))) AS VARCHAR) FROM headers AS h WHERE h.source_id = s.source_id LIMIT 1)
  ) AS original
FROM shipments AS s
WHERE s.source_id = $source AND s.row_number = $row

-- name: listed
SELECT * FROM list_entries WHERE source_id = $source AND row_number = $row ORDER BY entry_id LIMIT 1

-- name: flow
SELECT * FROM flows WHERE source_id = $source AND row_number = $row ORDER BY flow_id LIMIT 1

-- name: reject
SELECT * FROM rejects WHERE source_id = $source AND row_number = $row LIMIT 1

-- name: problems
SELECT column_name, field, problem, value, message
FROM reading_problems
WHERE source_id = $source AND row_number = $row
ORDER BY column_name, problem

-- name: citing
-- Findings and chains that rest on the row.
SELECT c.kind, c.id, c.title, c.statement, c.why, c.countries, c.hs6, c.first_date, c.last_date, c.grade
FROM cited AS c
WHERE c.source_id = $source AND c.row_number = $row
ORDER BY c.kind DESC, c.strength DESC, c.id
LIMIT 100

-- name: names
-- The parties whose names stand in the row; a row has seven names at most.
SELECT n.party_id, n.name, n.role
FROM names AS n
WHERE n.name IN ($name_1, $name_2, $name_3, $name_4, $name_5, $name_6, $name_7) AND n.source_id = $source
ORDER BY n.role, n.name, n.party_id

-- name: matches
SELECT m.name, m.list_id, m.entry_id, m.entry_name, m.score, m.decision, m.explanation, p.listed, p.delisted
FROM matches AS m
LEFT JOIN list_presence AS p
  ON p.list_id = m.list_id AND p.entry_id = m.entry_id
WHERE m.name IN ($name_1, $name_2, $name_3, $name_4, $name_5, $name_6, $name_7) AND m.decision <> 'no'
ORDER BY m.score DESC, m.list_id, m.entry_id
LIMIT 20

-- name: controls
SELECT control_id, kind, title, tier, why, confidence, source
FROM goods_controls
WHERE goods_text = $text AND hs_code IS NOT DISTINCT FROM $code
ORDER BY confidence DESC, control_id
LIMIT 20

-- name: classes
SELECT hs6, score, heading, heading_score, words, abstained
FROM goods_classes
WHERE goods_text = $text
ORDER BY rank
LIMIT 3

-- name: contradictions
SELECT rule, title, expected_headings, words, probability, source
FROM goods_contradictions
WHERE goods_text = $text AND hs_code = $code
ORDER BY rule

-- name: prices
SELECT measure, unit_value, rule, side, likely_error, error_kind, error_field, robust_z, group_id, n, quartile_1, median, quartile_3
FROM price_outliers
WHERE shipment_id = $shipment
ORDER BY measure

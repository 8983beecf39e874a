-- name: listing
SELECT
  heads.finding_id, heads.indicator, heads.title, heads.subject_kind, heads.subject, heads.party_id, heads.statement, heads.strength,
  heads.country, heads.hs6, heads.date_from, heads.date_to, heads."rows", heads.value_usd, heads.net_kg, heads.fires_on, heads.compared,
  heads.base_rate, heads.synthetic
FROM finding_heads AS heads

-- name: finding
SELECT heads.*, i.meaning, i.source, i.innocent, i.parameters, i.query, i.findings AS fired
FROM finding_heads AS heads
INNER JOIN indicators AS i
  ON i.indicator = heads.indicator
WHERE heads.finding_id = $finding

-- name: evidence
SELECT
  e.position, e.source_id, e.row_number, e.why, e.path, e.sha256, e.part, e.date, e.shipper_name, e.consignee_name, e.dispatch_country,
  e.destination_country, e.hs_code, e.goods_text, e.net_kg, e.value_usd, e.synthetic
FROM finding_rows AS e
WHERE e.finding_id = $finding

-- name: indicators
SELECT indicator, title, findings, compared, added FROM indicators ORDER BY findings DESC, indicator

-- name: same_subject
SELECT s.finding_id, s.title, s.statement, s.strength
FROM finding_subjects AS s
WHERE s.subject = $subject
ORDER BY s.strength DESC, s.finding_id
LIMIT 13

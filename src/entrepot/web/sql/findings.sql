-- name: listing
SELECT
  f.finding_id, f.indicator, i.title, f.subject_kind, f.subject, p.party_id, f.statement, f.strength, f.country, f.hs6,
  f.date_from, f.date_to, f."rows", f.value_usd, f.net_kg, f.fires_on, f.compared, f.fires_on / f.compared AS base_rate, f.synthetic
FROM findings AS f
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
LEFT JOIN (
  SELECT party_findings.finding_id, MIN(party_findings.party_id) AS party_id FROM party_findings GROUP BY party_findings.finding_id
) AS p
  ON p.finding_id = f.finding_id

-- name: finding
SELECT
  f.*, i.title, i.meaning, i.source, i.innocent, i.parameters, i.query, i.findings AS fired
FROM findings AS f
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
WHERE f.finding_id = $finding

-- name: evidence
SELECT
  e.position, e.source_id, e.row_number, e.why, sources.path, sources.sha256, sources.part, s.date, s.shipper_name, s.consignee_name,
  s.dispatch_country, s.destination_country, s.hs_code, s.goods_text, s.net_kg, s.value_usd, sources.synthetic
FROM evidence AS e
INNER JOIN sources
  ON sources.source_id = e.source_id
LEFT JOIN shipments AS s
  ON s.source_id = e.source_id AND s.row_number = e.row_number
WHERE e.finding_id = $finding

-- name: evidence_sources
SELECT DISTINCT evidence.source_id FROM evidence WHERE evidence.finding_id = $finding

-- name: indicators
SELECT indicator, title, findings, compared, added FROM indicators ORDER BY findings DESC, indicator

-- name: synthetic
-- Sources of shipments that are generated, where findings rest on them.
SELECT source_id, path, title, synthetic
FROM sources
WHERE synthetic IS NOT NULL AND kind = 'shipments' AND EXISTS (SELECT 1 FROM findings WHERE findings.synthetic IS NOT NULL)
ORDER BY path, source_id

-- name: same_subject
SELECT f.finding_id, i.title, f.statement, f.strength
FROM findings AS f
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
WHERE f.subject = $subject AND f.finding_id <> $finding
ORDER BY f.strength DESC, f.finding_id
LIMIT 12

-- name: subject_party
SELECT heads.party_id, heads.name
FROM party_findings
INNER JOIN party_heads AS heads
  ON heads.party_id = party_findings.party_id
WHERE party_findings.finding_id = $finding
ORDER BY heads."rows" DESC, heads.party_id
LIMIT 3

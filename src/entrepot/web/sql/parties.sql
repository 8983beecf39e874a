-- name: listing
SELECT
  heads.party_id, heads.name, heads.country, heads.names, heads."rows", heads.first_date, heads.last_date, heads.roles,
  heads.identifiers, heads.possible_namesakes, COALESCE(found.findings, 0) AS findings
FROM party_heads AS heads
LEFT JOIN (
  SELECT party_findings.party_id, COUNT(*) AS findings FROM party_findings GROUP BY party_findings.party_id
) AS found
  ON found.party_id = heads.party_id

-- name: head
SELECT * FROM party_heads WHERE party_id = $party

-- name: names
SELECT
  names.name, names.role, names.identifier, names.address, names.country, names."rows", names.first_date, names.last_date,
  names.source_id, names.first_row, sources.path, sources.synthetic
FROM party_names AS names
INNER JOIN sources
  ON sources.source_id = names.source_id
WHERE names.party_id = $party

-- name: sources
SELECT DISTINCT names.source_id FROM party_names AS names WHERE names.party_id = $party

-- name: matches
SELECT
  m.name, m.list_id, m.entry_id, m.entry_name, m.matched_name, m.score, m.decision, m.explanation, p.listed, p.delisted, p.program,
  moves.first_date, moves.last_date, moves.after_listing, moves.before_listing
FROM matches AS m
INNER JOIN (SELECT DISTINCT party_names.name FROM party_names WHERE party_names.party_id = $party) AS own
  ON own.name = m.name
LEFT JOIN list_presence AS p
  ON p.list_id = m.list_id AND p.entry_id = m.entry_id
LEFT JOIN LATERAL (
  SELECT
    MIN(pm.date) AS first_date,
    MAX(pm.date) AS last_date,
    COUNT(*) FILTER (WHERE pm.date >= p.listed AND (p.delisted IS NULL OR pm.date < p.delisted)) AS after_listing,
    COUNT(*) FILTER (WHERE pm.date < p.listed) AS before_listing
  FROM party_moves AS pm
  WHERE pm.party_id = $party
) AS moves
  ON TRUE
WHERE m.decision <> 'no'

-- name: findings
SELECT
  f.finding_id, i.title, f.statement, f.strength, f.fires_on, f.compared, f.fires_on / f.compared AS base_rate, f."rows",
  f.date_from, f.date_to, f.components, f.synthetic
FROM party_findings AS own
INNER JOIN findings AS f
  ON f.finding_id = own.finding_id
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
WHERE own.party_id = $party

-- name: shipments
SELECT
  moves.date, moves.side, moves.other, moves.other_id, moves.hs6, moves.origin_country, moves.dispatch_country,
  moves.destination_country, moves.net_kg, moves.value_usd, moves.tier, moves.source_id, moves.row_number
FROM party_moves AS moves
WHERE moves.party_id = $party

-- name: goods
SELECT
  moves.hs6, heads.description, moves.side, MIN(moves.tier) AS tier, COUNT(*) AS shipments, SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd, MIN(moves.date) AS first_date, MAX(moves.date) AS last_date
FROM party_moves AS moves
LEFT JOIN goods_heads AS heads
  ON heads.hs6 = moves.hs6
WHERE moves.party_id = $party
GROUP BY moves.hs6, heads.description, moves.side

-- name: partners
SELECT
  moves.other_id, ANY_VALUE(moves.other) AS other, moves.side, COUNT(*) AS shipments, SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd, COUNT(*) FILTER (WHERE moves.tier IS NOT NULL) AS controlled,
  MIN(moves.date) AS first_date, MAX(moves.date) AS last_date
FROM party_moves AS moves
WHERE moves.party_id = $party AND moves.other_id IS NOT NULL
GROUP BY moves.other_id, moves.side

-- name: months
SELECT
  CAST(DATE_TRUNC('month', moves.date) AS DATE) AS period,
  CASE WHEN moves.tier IS NULL THEN 'other goods' ELSE 'under a control list' END AS series,
  COUNT(*) AS "rows",
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd
FROM party_moves AS moves
WHERE moves.party_id = $party AND moves.date IS NOT NULL
GROUP BY ALL
ORDER BY period, series

-- name: lanes
SELECT
  moves.dispatch_country, moves.destination_country, MIN(moves.tier) AS tier, COUNT(*) AS shipments, SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd, MIN(moves.date) AS first_date, MAX(moves.date) AS last_date
FROM party_moves AS moves
WHERE moves.party_id = $party AND moves.dispatch_country IS NOT NULL AND moves.destination_country IS NOT NULL
GROUP BY moves.dispatch_country, moves.destination_country

-- name: around
-- Counterparties of counterparties with most shipments, for the graph.
WITH near AS (
  SELECT moves.other_id AS party_id, COUNT(*) AS shipments
  FROM party_moves AS moves
  WHERE moves.party_id = $party AND moves.other_id IS NOT NULL
  GROUP BY moves.other_id
  ORDER BY shipments DESC, party_id
  LIMIT 24
)
SELECT moves.party_id AS source, moves.other_id AS target, ANY_VALUE(moves.other) AS name, COUNT(*) AS shipments
FROM party_moves AS moves
INNER JOIN near
  ON near.party_id = moves.party_id
WHERE moves.side = 'sent' AND moves.other_id IN (SELECT near.party_id FROM near) AND moves.other_id <> moves.party_id
GROUP BY moves.party_id, moves.other_id
ORDER BY shipments DESC, source, target
LIMIT 60

-- name: prices
SELECT
  o.measure, o.unit_value, o.rule, o.side, o.likely_error, o.robust_z, o.n, o.quartile_1, o.median, o.quartile_3, moves.hs6,
  moves.date, moves.source_id, moves.row_number
FROM party_moves AS moves
INNER JOIN price_outliers AS o
  ON o.shipment_id = CONCAT(moves.source_id, ':', moves.row_number)
WHERE moves.party_id = $party

-- name: contacts
SELECT contacts.kind, contacts.contact, contacts.name, contacts.role, contacts."rows", contacts.source_id, contacts.row_number
FROM contacts
INNER JOIN party_keys AS keys
  ON keys.name_key = contacts.name_key
WHERE keys.party_id = $party

-- name: ownership
SELECT o.owner_name, o.owned_name, o.relation, o.share, o.since, o.until, o.source_id, o.row_number, sources.path
FROM ownership AS o
INNER JOIN sources
  ON sources.source_id = o.source_id
WHERE o.owner_name IN (SELECT names.name FROM party_names AS names WHERE names.party_id = $party)
  OR o.owned_name IN (SELECT names.name FROM party_names AS names WHERE names.party_id = $party)
  OR EXISTS (
    SELECT 1
    FROM matches AS m
    INNER JOIN party_names AS names
      ON names.name = m.name
    WHERE names.party_id = $party AND m.decision = 'match'
      AND ((m.list_id = o.owner_list_id AND m.entry_id = o.owner_entry_id) OR (m.list_id = o.owned_list_id AND m.entry_id = o.owned_entry_id))
  )
ORDER BY o.owner_name, o.owned_name
LIMIT 100

-- name: claims
-- Claims whose words hold one of the party's names.
SELECT DISTINCT claims.claim_id, claims.document_id, claims.quote, claims.stance, documents.name AS document
FROM claims
INNER JOIN documents
  ON documents.document_id = claims.document_id
INNER JOIN (SELECT DISTINCT party_names.name FROM party_names WHERE party_names.party_id = $party LIMIT 200) AS names
  ON LENGTH(names.name) > 4 AND CONTAINS(LOWER(claims.quote), LOWER(names.name))
ORDER BY claims.document_id, claims.claim_id
LIMIT 50

-- name: members
-- Names of the party, each with the rule or judgement by which it is one party with another.
SELECT m.name, m.identifier, m.country, m."rows", m.why, m.source_id, m.row_number
FROM party_members AS m
WHERE m.party_id = $party AND m.why IS NOT NULL
ORDER BY m."rows" DESC, m.name
LIMIT 40

-- name: suspects
-- Parties that are possibly the same and were not merged.
SELECT
  p.pair_id, p.score, p.explanation, p.left_name, p.right_name,
  CASE WHEN p.left_party = $party THEN p.right_party ELSE p.left_party END AS other_id,
  CASE WHEN p.left_party = $party THEN p.right_name ELSE p.left_name END AS other
FROM party_pairs AS p
WHERE p.left_party = $party OR p.right_party = $party
ORDER BY p.score DESC, p.pair_id
LIMIT 20

-- name: owned
-- What the ownership rules of the regimes say of the party, from the statements in the case.
SELECT o.*
FROM owned_parties AS o
WHERE o.party_id = $party
ORDER BY o.rule, o.owned_id
LIMIT 20

-- name: listing
SELECT
  heads.party_id, heads.name, heads.lower_name, heads.country, heads.names, heads."rows", heads.first_date, heads.last_date, heads.roles,
  heads.identifiers, heads.possible_namesakes, heads.findings
FROM party_heads AS heads

-- name: brief
SELECT party_id, name, "rows" FROM party_pages WHERE party_id = $party

-- name: head
SELECT * EXCLUDE (months) FROM party_pages WHERE party_id = $party

-- name: names
SELECT
  names.name, names.role, names.identifier, names.address, names.country, names."rows", names.first_date, names.last_date,
  names.source_id, names.first_row, sources.path, sources.synthetic
FROM party_names AS names
INNER JOIN sources
  ON sources.source_id = names.source_id
WHERE names.party_id = $party

-- name: matches
SELECT
  m.name, m.list_id, m.entry_id, m.entry_name, m.matched_name, m.score, m.decision, m.explanation, m.listed, m.delisted, m.program,
  m.after_listing, m.before_listing
FROM party_matches AS m
WHERE m.party_id = $party

-- name: findings
SELECT f.finding_id, f.title, f.statement, f.strength, f.base_rate, f."rows", f.date_from, f.date_to, f.components, f.synthetic
FROM party_findings AS f
WHERE f.party_id = $party

-- name: shipments
SELECT
  moves.date, moves.side, moves.other, moves.other_id, moves.hs6, moves.origin_country, moves.dispatch_country,
  moves.destination_country, moves.net_kg, moves.value_usd, moves.tier, moves.source_id, moves.row_number
FROM party_moves AS moves
WHERE moves.party_id = $party

-- name: goods
SELECT g.hs6, g.description, g.side, g.tier, g.shipments, g.net_kg, g.value_usd, g.first_date, g.last_date
FROM party_goods AS g
WHERE g.party_id = $party

-- name: partners
SELECT p.other_id, p.other, p.side, p.shipments, p.net_kg, p.value_usd, p.controlled, p.first_date, p.last_date
FROM party_partners AS p
WHERE p.party_id = $party

-- name: months
SELECT UNNEST(months, recursive := true) FROM party_pages WHERE party_id = $party

-- name: lanes
SELECT UNNEST(lanes, recursive := true) FROM party_pages WHERE party_id = $party

-- name: around
-- Trade between the parties of a graph.
SELECT p.party_id AS source, p.other_id AS target, p.shipments
FROM party_nearest AS p
WHERE p.party_id IN (SELECT UNNEST($near)) AND p.other_id IN (SELECT UNNEST($near)) AND p.other_id <> p.party_id
ORDER BY p.shipments DESC, source, target
LIMIT 60

-- name: prices
SELECT
  p.measure, p.unit_value, p.rule, p.side, p.likely_error, p.robust_z, p.n, p.quartile_1, p.median, p.quartile_3, p.hs6, p.date, p.source_id,
  p.row_number
FROM party_prices AS p
WHERE p.party_id = $party

-- name: contacts
SELECT c.kind, c.contact, c.name, c.role, c."rows", c.source_id, c.row_number
FROM party_contacts AS c
WHERE c.party_id = $party

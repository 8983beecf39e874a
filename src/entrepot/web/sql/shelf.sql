-- What pages read, laid out so that a page touches few rows: each table sorted by what it is looked up by.

-- name: party_names
-- A row: one name of one party in one role of one source.
CREATE TABLE party_names AS
SELECT
  COALESCE(members.party_id, parties.party_id) AS party_id,
  mentions.name AS name,
  mentions.role AS role,
  mentions.identifier AS identifier,
  mentions.address AS address,
  mentions.country AS country,
  mentions.source_id AS source_id,
  mentions."rows" AS "rows",
  mentions.first_date AS first_date,
  mentions.last_date AS last_date,
  mentions.first_row AS first_row
FROM built.mentions AS mentions
INNER JOIN built.name_keys AS name_keys
  ON name_keys.source_id = mentions.source_id
  AND name_keys.name = mentions.name
LEFT JOIN built.party_members AS members
  ON members.name_key = name_keys.name_key
  AND members.identifier = COALESCE(mentions.identifier, '')
  AND members.country = COALESCE(mentions.country, '')
LEFT JOIN built.parties AS parties
  ON parties.name_key = name_keys.name_key
WHERE COALESCE(members.party_id, parties.party_id) IS NOT NULL
ORDER BY party_id, "rows" DESC, name, role

-- name: names
-- A row: one name of one source in one role, with one party that bears it; sorted by the name.
CREATE TABLE names AS
SELECT
  party_names.name AS name,
  party_names.source_id AS source_id,
  party_names.role AS role,
  party_names.party_id AS party_id,
  CAST(SUM(party_names."rows") AS BIGINT) AS "rows",
  MIN(party_names.first_date) AS first_date,
  MAX(party_names.last_date) AS last_date
FROM party_names
GROUP BY party_names.name, party_names.source_id, party_names.role, party_names.party_id
ORDER BY name, source_id, role, party_id

-- name: party_findings
-- A row: one finding about a party, by the name that the finding gives.
CREATE TABLE party_findings AS
SELECT
  own.party_id AS party_id,
  findings.finding_id AS finding_id,
  indicators.title AS title,
  findings.statement AS statement,
  findings.strength AS strength,
  findings.fires_on / findings.compared AS base_rate,
  findings."rows" AS "rows",
  findings.date_from AS date_from,
  findings.date_to AS date_to,
  findings.components AS components,
  findings.synthetic AS synthetic
FROM (
  SELECT DISTINCT names.party_id AS party_id, findings.finding_id AS finding_id
  FROM findings
  INNER JOIN names
    ON names.name = findings.subject
  WHERE findings.subject_kind = 'party'
) AS own
INNER JOIN findings
  ON findings.finding_id = own.finding_id
INNER JOIN indicators
  ON indicators.indicator = findings.indicator
ORDER BY party_id, strength DESC, finding_id

-- name: party_heads
-- A row: one party, its keys taken together.
CREATE TABLE party_heads AS
SELECT
  parties.party_id AS party_id,
  ARG_MAX(parties.name, parties."rows") AS name,
  LOWER(ARG_MAX(parties.name, parties."rows")) AS lower_name,
  ARG_MAX(parties.country, parties."rows") AS country,
  CAST(SUM(parties.names) AS BIGINT) AS names,
  CAST(SUM(parties."rows") AS BIGINT) AS "rows",
  MIN(parties.first_date) AS first_date,
  MAX(parties.last_date) AS last_date,
  STRING_AGG(DISTINCT parties.roles, ';') AS roles,
  STRING_AGG(DISTINCT parties.identifier, ';' ORDER BY parties.identifier) AS identifiers,
  BOOL_OR(parties.possible_namesakes) AS possible_namesakes,
  COALESCE(ANY_VALUE(found.findings), 0) AS findings
FROM built.parties AS parties
LEFT JOIN (
  SELECT party_findings.party_id AS party_id, COUNT(*) AS findings FROM party_findings GROUP BY party_findings.party_id
) AS found
  ON found.party_id = parties.party_id
GROUP BY parties.party_id
ORDER BY party_id

-- name: goods_moves
-- A row: one shipment, sorted by goods and day.
CREATE TABLE goods_moves AS
SELECT
  trade.hs6 AS hs6,
  trade.date AS date,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  COALESCE(shipper_members.party_id, shippers.party_id) AS shipper_id,
  trade.shipper_name AS shipper,
  COALESCE(consignee_members.party_id, consignees.party_id) AS consignee_id,
  trade.consignee_name AS consignee,
  trade.origin_country AS origin_country,
  trade.dispatch_country AS dispatch_country,
  trade.destination_country AS destination_country,
  trade.net_kg AS net_kg,
  trade.value_usd AS value_usd,
  trade.tier AS tier,
  trade.control_id AS control_id
FROM built.trade AS trade
LEFT JOIN built.party_members AS shipper_members
  ON shipper_members.name_key = trade.shipper_key
  AND shipper_members.identifier = COALESCE(trade.shipper_id, '')
  AND shipper_members.country = COALESCE(trade.shipper_country, '')
LEFT JOIN built.party_members AS consignee_members
  ON consignee_members.name_key = trade.consignee_key
  AND consignee_members.identifier = COALESCE(trade.consignee_id, '')
  AND consignee_members.country = COALESCE(trade.consignee_country, '')
LEFT JOIN built.parties AS shippers
  ON shippers.name_key = trade.shipper_key
LEFT JOIN built.parties AS consignees
  ON consignees.name_key = trade.consignee_key
ORDER BY trade.hs6, trade.date

-- name: party_moves
-- A row: one shipment as one of its two parties sees it, sorted by that party and the day.
CREATE TABLE party_moves AS
SELECT *
FROM (
  SELECT
    moves.shipper_id AS party_id,
    'sent' AS side,
    moves.consignee_id AS other_id,
    moves.consignee AS other,
    moves.* EXCLUDE (shipper_id, shipper, consignee_id, consignee)
  FROM goods_moves AS moves
  WHERE moves.shipper_id IS NOT NULL
  UNION ALL BY NAME
  SELECT
    moves.consignee_id AS party_id,
    'received' AS side,
    moves.shipper_id AS other_id,
    moves.shipper AS other,
    moves.* EXCLUDE (shipper_id, shipper, consignee_id, consignee)
  FROM goods_moves AS moves
  WHERE moves.consignee_id IS NOT NULL
) AS both_sides
ORDER BY party_id, date DESC NULLS LAST, source_id, row_number

-- name: day_moves
-- A row: one shipment, the latest first, as the table of shipments shows them: its first page is the first rows.
CREATE TABLE day_moves AS
SELECT moves.* EXCLUDE (control_id)
FROM goods_moves AS moves
ORDER BY moves.date DESC NULLS LAST, moves.source_id, moves.row_number

-- name: lanes
-- A row: goods of one code and tier between two countries in one month.
CREATE TABLE lanes AS
SELECT
  moves.hs6 AS hs6,
  moves.tier AS tier,
  moves.dispatch_country AS dispatch_country,
  moves.destination_country AS destination_country,
  CAST(DATE_TRUNC('month', moves.date) AS DATE) AS month,
  COUNT(*) AS shipments,
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date
FROM goods_moves AS moves
WHERE moves.dispatch_country IS NOT NULL AND moves.destination_country IS NOT NULL
GROUP BY ALL
ORDER BY hs6, month

-- name: lane_totals
-- A row: all goods of one tier between two countries in one month.
CREATE TABLE lane_totals AS
SELECT
  lanes.tier AS tier,
  lanes.dispatch_country AS dispatch_country,
  lanes.destination_country AS destination_country,
  lanes.month AS month,
  CAST(SUM(lanes.shipments) AS BIGINT) AS shipments,
  SUM(lanes.net_kg) AS net_kg,
  SUM(lanes.value_usd) AS value_usd,
  MIN(lanes.first_date) AS first_date,
  MAX(lanes.last_date) AS last_date
FROM lanes
GROUP BY ALL
ORDER BY month

-- name: goods_heads
-- A row: one code as declared, with its shipments counted. A code that the loaded editions lack is described by its heading.
CREATE TABLE goods_heads AS
WITH newest AS (
  SELECT codes.hs_code AS hs_code, ARG_MAX(codes.description, codes.hs_edition) AS description
  FROM built.hs_codes AS codes
  GROUP BY codes.hs_code
)
SELECT
  moves.hs6 AS hs6,
  COALESCE(own.description, 'of ' || heading.hs_code || ': ' || heading.description) AS description,
  MIN(moves.tier) AS tier,
  COUNT(*) AS shipments,
  COUNT(DISTINCT moves.consignee_id) AS consignees,
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date
FROM goods_moves AS moves
LEFT JOIN newest AS own
  ON own.hs_code = moves.hs6
LEFT JOIN newest AS heading
  ON heading.hs_code = LEFT(moves.hs6, 4)
WHERE moves.hs6 IS NOT NULL
GROUP BY moves.hs6, own.description, heading.hs_code, heading.description
ORDER BY hs6

-- name: goods_texts
-- A row: one text that was declared under one code, with its shipments counted and one row that has it.
CREATE TABLE goods_texts AS
SELECT
  shipments.hs6 AS hs6,
  shipments.goods_text AS goods_text,
  COUNT(*) AS shipments,
  ARG_MIN(shipments.source_id, shipments.row_number) AS source_id,
  MIN(shipments.row_number) AS row_number,
  MIN(shipments.date) AS first_date,
  MAX(shipments.date) AS last_date
FROM shipments
WHERE shipments.goods_text IS NOT NULL
GROUP BY shipments.hs6, shipments.goods_text
ORDER BY hs6, shipments DESC, goods_text

-- name: cited
-- A row: one row of a source that a finding or a chain rests on, with what that says, sorted by the row.
CREATE TABLE cited AS
SELECT * FROM (
  SELECT
    evidence.source_id AS source_id,
    evidence.row_number AS row_number,
    'finding' AS kind,
    evidence.finding_id AS id,
    indicators.title AS title,
    findings.statement AS statement,
    evidence.why AS why,
    findings.strength AS strength,
    NULL AS countries,
    NULL AS hs6,
    NULL AS first_date,
    NULL AS last_date,
    NULL AS grade
  FROM built.evidence AS evidence
  INNER JOIN findings
    ON findings.finding_id = evidence.finding_id
  INNER JOIN indicators
    ON indicators.indicator = findings.indicator
  UNION ALL
  SELECT
    chain_shipments.source_id,
    chain_shipments.row_number,
    'chain',
    chain_legs.chain_id,
    NULL,
    NULL,
    CONCAT('leg ', chain_legs.position, ', ', ROUND(chain_shipments.kg, 1), ' kg'),
    chains.score,
    chains.countries,
    chains.hs6,
    chains.first_date,
    chains.last_date,
    chains.grade
  FROM built.chain_shipments AS chain_shipments
  INNER JOIN built.chain_legs AS chain_legs
    ON chain_legs.leg_id = chain_shipments.leg_id
  INNER JOIN chains
    ON chains.chain_id = chain_legs.chain_id
) AS all_cited
ORDER BY source_id, row_number, kind DESC, strength DESC, id

-- name: spans
-- A row: one source of shipments with the period and the countries of its rows.
CREATE TABLE spans AS
SELECT
  moves.source_id AS source_id,
  COUNT(*) AS shipments,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date,
  COUNT(*) FILTER (WHERE moves.tier IS NOT NULL) AS controlled,
  COUNT(*) FILTER (WHERE moves.date IS NULL) AS without_date,
  COUNT(*) FILTER (WHERE moves.hs6 IS NULL) AS without_code,
  COUNT(*) FILTER (WHERE moves.net_kg IS NULL) AS without_weight,
  COUNT(*) FILTER (WHERE moves.value_usd IS NULL) AS without_value,
  COUNT(*) FILTER (WHERE moves.shipper IS NULL) AS without_shipper,
  COUNT(*) FILTER (WHERE moves.consignee IS NULL) AS without_consignee,
  COUNT(*) FILTER (WHERE moves.dispatch_country IS NULL) AS without_dispatch,
  COUNT(*) FILTER (WHERE moves.destination_country IS NULL) AS without_destination
FROM goods_moves AS moves
GROUP BY moves.source_id
ORDER BY source_id

-- name: country_totals
-- A row: one country as dispatch or destination, with its shipments counted.
CREATE TABLE country_totals AS
SELECT country, side, CAST(SUM(shipments) AS BIGINT) AS shipments
FROM (
  SELECT dispatch_country AS country, 'from' AS side, shipments FROM lane_totals
  UNION ALL
  SELECT destination_country, 'to', shipments FROM lane_totals
) AS both_sides
GROUP BY country, side
ORDER BY shipments DESC, country, side

-- name: chain_rows
-- A row: one shipment of one leg of one chain, with what the shipment says.
CREATE TABLE chain_rows AS
SELECT
  chain_legs.chain_id AS chain_id,
  chain_legs.position AS leg,
  chain_shipments.position AS place,
  chain_shipments.source_id AS source_id,
  chain_shipments.row_number AS row_number,
  chain_shipments.kg AS kg,
  chain_shipments.kg_from AS kg_from,
  shipments.date AS date,
  shipments.shipper_name AS shipper_name,
  shipments.consignee_name AS consignee_name,
  shipments.dispatch_country AS dispatch_country,
  shipments.destination_country AS destination_country,
  shipments.hs_code AS hs_code,
  shipments.goods_text AS goods_text,
  shipments.value_usd AS value_usd,
  sources.path AS path,
  sources.synthetic AS synthetic
FROM built.chain_legs AS chain_legs
INNER JOIN built.chain_shipments AS chain_shipments
  ON chain_shipments.leg_id = chain_legs.leg_id
INNER JOIN sources
  ON sources.source_id = chain_shipments.source_id
LEFT JOIN shipments
  ON shipments.source_id = chain_shipments.source_id
  AND shipments.row_number = chain_shipments.row_number
ORDER BY chain_id, leg, place

-- name: finding_rows
-- A row: one row of a source that one finding rests on, with what the shipment says.
CREATE TABLE finding_rows AS
SELECT
  evidence.finding_id AS finding_id,
  evidence.position AS position,
  evidence.source_id AS source_id,
  evidence.row_number AS row_number,
  evidence.why AS why,
  sources.path AS path,
  sources.sha256 AS sha256,
  sources.part AS part,
  shipments.date AS date,
  shipments.shipper_name AS shipper_name,
  shipments.consignee_name AS consignee_name,
  shipments.dispatch_country AS dispatch_country,
  shipments.destination_country AS destination_country,
  shipments.hs_code AS hs_code,
  shipments.goods_text AS goods_text,
  shipments.net_kg AS net_kg,
  shipments.value_usd AS value_usd,
  sources.synthetic AS synthetic
FROM built.evidence AS evidence
INNER JOIN sources
  ON sources.source_id = evidence.source_id
LEFT JOIN shipments
  ON shipments.source_id = evidence.source_id
  AND shipments.row_number = evidence.row_number
ORDER BY finding_id, position

-- id: controlled_goods
-- title: Controlled goods reached a destination
-- subject: party
-- meaning: The party received goods whose declared code is on a control list loaded in this case. The code covers benign goods too.
-- source: Common High Priority List, 23 February 2024 (BIS, European Commission, UK, Japan), and the guidance published with it; other loaded control lists.
-- statement: {subject} received {rows:int} shipments ({net_kg:kg}, {value_usd:usd}) under {codes:int} codes of {control_lists}, tier {tier} at the strictest, in {countries:country} from {date_from} to {date_to}
-- innocent: A six-digit code mixes controlled and benign goods; civil industry uses the same parts; the goods may be licensed; the receiver may be a distributor for many users.
-- reads: trade, parties, sources, party_members
-- include: same_party
-- parameter.destinations: * | destinations looked at, alpha-2 joined by commas, * for all
-- A row: one consignee with its shipments of controlled codes to the destinations.
WITH controlled AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS subject_key,
    trade.consignee_name AS consignee_name,
    trade.destination_country AS destination_country,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    trade.control_list AS control_list,
    trade.date AS date,
    trade.net_kg AS net_kg,
    trade.value_usd AS value_usd,
    sources.synthetic AS synthetic
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE trade.control_id IS NOT NULL
    AND trade.consignee_key IS NOT NULL
    AND ($destinations = '*' OR CONCAT(',', $destinations, ',') LIKE CONCAT('%,', trade.destination_country, ',%'))
),
per_party AS (
  SELECT
    controlled.subject_key AS subject_key,
    MIN(controlled.consignee_name) AS subject,
    MIN(controlled.destination_country) AS country,
    CASE WHEN COUNT(DISTINCT controlled.destination_country) > 1 THEN CAST(COUNT(DISTINCT controlled.destination_country) AS VARCHAR) || ' countries' ELSE COALESCE(MIN(controlled.destination_country), 'a country not stated') END AS countries,
    MIN(controlled.tier) AS tier,
    COUNT(DISTINCT controlled.hs6) AS codes,
    MIN(controlled.hs6) AS hs6,
    MIN(controlled.control_list) AS control_lists,
    MIN(controlled.date) AS date_from,
    MAX(controlled.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(controlled.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(controlled.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(controlled.synthetic) AS synthetic
  FROM controlled
  GROUP BY
    controlled.subject_key
),
everyone AS (
  SELECT
    COUNT(DISTINCT parties.party_key) AS parties
  FROM parties
  WHERE parties.roles LIKE '%consignee%'
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.subject) AS subject,
  per_party.country AS country,
  per_party.countries AS countries,
  per_party.tier AS tier,
  per_party.codes AS codes,
  per_party.hs6 AS hs6,
  per_party.control_lists AS control_lists,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  ROUND(
    0.5 * CASE SUBSTR(COALESCE(per_party.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.5 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(1000.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
-- evidence
-- A row: one shipment of a controlled code to a party of the found.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'code ' || trade.hs6 || ' is on ' || trade.control_list || COALESCE(', tier ' || trade.tier, '') || COALESCE(' (' || trade.control_note || ')', '') AS why
FROM trade
LEFT JOIN same_party
  ON same_party.name_key = trade.consignee_key
  AND same_party.identifier = COALESCE(trade.consignee_id, '')
  AND same_party.country = COALESCE(trade.consignee_country, '')
INNER JOIN found
  ON found.subject_key = COALESCE(same_party.party, trade.consignee_key)
WHERE trade.control_id IS NOT NULL
  AND ($destinations = '*' OR CONCAT(',', $destinations, ',') LIKE CONCAT('%,', trade.destination_country, ',%'))
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC

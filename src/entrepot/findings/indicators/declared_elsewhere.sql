-- id: declared_elsewhere
-- title: Declared for one country, consigned to another
-- subject: party
-- meaning: The declared country of destination is not the country of the consignee, again and again; where the consignee's country lies on the declared way, the goods pass the consignee before they reach the declared destination.
-- source: BIS, Best practices for transit, transshipment and reexport of items subject to the EAR, 2011; FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023 (destination and end user disagree).
-- statement: {subject} in {delivered:country} is the consignee of {rows:int} shipments declared for {declared:country} from {date_from} to {date_to} ({on_the_way:int} of them pass {delivered:country} on the declared way; dispatched from {dispatched:country})
-- innocent: A head office may buy for a branch or a building site abroad; goods may be sold on while under way; a forwarder may stand as consignee; the address may be the bank's or the agent's.
-- reads: trade, shipments, sources, parties, party_members
-- include: same_party
-- parameter.least_rows: 2 | least number of such shipments
-- parameter.controlled_only: true | look at controlled goods alone
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): consignees in it are left out
-- common
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.consignee_name AS name,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    trade.control_id AS control_id,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    shipments.origin_country AS origin_country,
    shipments.dispatch_country AS dispatch_country,
    shipments.transit_countries AS transit_countries,
    shipments.destination_country AS declared,
    shipments.consignee_country AS delivered,
    CASE WHEN CONCAT(';', COALESCE(shipments.transit_countries, ''), ';') LIKE CONCAT('%;', shipments.consignee_country, ';%') THEN 1 ELSE 0 END AS on_the_way
  FROM trade
  INNER JOIN shipments
    ON shipments.source_id = trade.source_id
    AND shipments.row_number = trade.row_number
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
    AND shipments.destination_country IS NOT NULL
    AND shipments.consignee_country IS NOT NULL
    AND shipments.destination_country <> shipments.consignee_country
    AND (trade.control_id IS NOT NULL OR NOT $controlled_only)
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(shipments.consignee_country, '?'), ',%')
)
-- query
-- A row: one consignee and one declared destination.
WITH per_party AS (
  SELECT
    lines.party AS party,
    lines.declared AS declared,
    lines.delivered AS delivered,
    MIN(lines.name) AS name,
    MIN(lines.hs6) AS hs6,
    MIN(lines.tier) AS tier,
    MIN(lines.dispatch_country) AS dispatched,
    MIN(lines.transit_countries) AS transit,
    CAST(SUM(lines.on_the_way) AS BIGINT) AS on_the_way,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.party,
    lines.declared,
    lines.delivered
),
everyone AS (
  SELECT
    COUNT(DISTINCT COALESCE(same_party.party, trade.consignee_key)) AS parties
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.control_id IS NOT NULL
    OR NOT $controlled_only
)
SELECT
  per_party.party || '|' || per_party.declared || '|' || per_party.delivered AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.delivered AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
  per_party.declared AS declared,
  per_party.delivered AS delivered,
  per_party.dispatched AS dispatched,
  per_party.transit AS transit,
  per_party.on_the_way AS on_the_way,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  ROUND(
    0.3 + 0.4 * CAST(per_party.on_the_way AS DOUBLE) / per_party."rows"
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(30.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment with the countries that it states.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'declared for ' || lines.declared || ', consignee in ' || lines.delivered || COALESCE(', by way of ' || lines.transit_countries, '') || COALESCE(', dispatched from ' || lines.dispatch_country, '') AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.declared = found.declared
  AND lines.delivered = found.delivered
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC

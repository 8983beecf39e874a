-- id: detour
-- title: Controlled goods by a long way round
-- subject: party
-- meaning: A party outside the export-control coalition received controlled goods by way of a third country far off the way between where they were made and where they arrived, while hardly anyone else's goods between these two countries come that way. Distances are those of great circles between the countries' points, so that countries beside each other and large ones are measured roughly. Shipments whose goods text speaks for other goods than the declared code are not counted.
-- source: BIS, "Know Your Customer" Guidance and Red Flags (15 CFR Part 732, Supplement No. 3: the shipping route is abnormal for the product and destination); FinCEN and BIS joint alerts FIN-2022-Alert003 of 28 June 2022 and FIN-2023-Alert004 of 19 May 2023 (atypical shipping routes).
-- statement: {subject} received {rows:int} shipments of controlled goods made in {origin:country} by way of {dispatch:country} to {country:country} from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg}): about {way_km:int} km where the direct way has {direct_km:int}; of {others:int} shipments of others between these countries {others_this_way:int} came that way
-- innocent: Makers and distributors keep regional warehouses; carriers fly through their hubs; wars and closed straits move routes; the origin may be that of the brand and not of the consignment.
-- reads: trade, country_distances, sources, parties, party_members, code_doubts
-- include: same_party
-- parameter.after_date: 2022-02-24 | shipments after this day are looked at
-- parameter.least_ratio: 1.8 | least length of the way as a multiple of the direct one
-- parameter.least_km_more: 1500 | least kilometres more: between neighbours every third country is far
-- parameter.least_rows: 3 | least number of shipments by that way
-- parameter.least_others: 30 | least number of shipments of others between the two countries: below it no way is usual
-- parameter.most_share: 0.05 | largest share of them that came the same way
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- common
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.consignee_name AS name,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.origin_country AS origin,
    trade.dispatch_country AS dispatch,
    trade.destination_country AS destination,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    CASE WHEN trade.control_id IS NOT NULL AND code_doubts.row_number IS NULL THEN 1 ELSE 0 END AS controlled,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND trade.date > CAST($after_date AS DATE)
    AND trade.dispatch_country IS NOT NULL
    AND trade.origin_country <> trade.destination_country
)
-- query
-- A row: one party, one country of origin, one country on the way, one destination.
WITH per_way AS (
  SELECT
    lines.party AS party,
    lines.origin AS origin,
    lines.dispatch AS dispatch,
    lines.destination AS destination,
    COUNT(*) AS shipments
  FROM lines
  GROUP BY
    lines.party,
    lines.origin,
    lines.dispatch,
    lines.destination
),
per_party AS (
  SELECT
    per_way.party AS party,
    per_way.origin AS origin,
    per_way.destination AS destination,
    SUM(per_way.shipments) AS shipments
  FROM per_way
  GROUP BY
    per_way.party,
    per_way.origin,
    per_way.destination
),
by_way AS (
  SELECT
    per_way.origin AS origin,
    per_way.dispatch AS dispatch,
    per_way.destination AS destination,
    SUM(per_way.shipments) AS shipments
  FROM per_way
  GROUP BY
    per_way.origin,
    per_way.dispatch,
    per_way.destination
),
between_two AS (
  SELECT
    by_way.origin AS origin,
    by_way.destination AS destination,
    SUM(by_way.shipments) AS shipments
  FROM by_way
  GROUP BY
    by_way.origin,
    by_way.destination
),
far_ways AS (
  SELECT
    by_way.origin AS origin,
    by_way.dispatch AS dispatch,
    by_way.destination AS destination,
    by_way.shipments AS shipments,
    there.km + onward.km AS way_km,
    direct.km AS direct_km
  FROM by_way
  INNER JOIN country_distances AS there
    ON there.from_country = by_way.origin
    AND there.to_country = by_way.dispatch
  INNER JOIN country_distances AS onward
    ON onward.from_country = by_way.dispatch
    AND onward.to_country = by_way.destination
  INNER JOIN country_distances AS direct
    ON direct.from_country = by_way.origin
    AND direct.to_country = by_way.destination
  WHERE by_way.dispatch <> by_way.origin
    AND by_way.dispatch <> by_way.destination
    AND there.km + onward.km >= $least_ratio * direct.km
    AND there.km + onward.km >= direct.km + $least_km_more
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', by_way.destination, ',%')
),
received AS (
  SELECT
    lines.party AS party,
    lines.origin AS origin,
    lines.dispatch AS dispatch,
    lines.destination AS destination,
    MIN(lines.name) AS name,
    MIN(lines.hs6) AS hs6,
    MIN(lines.tier) AS tier,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  WHERE lines.controlled = 1
  GROUP BY
    lines.party,
    lines.origin,
    lines.dispatch,
    lines.destination
),
everyone AS (
  SELECT
    COUNT(DISTINCT received.party) AS parties
  FROM received
),
measured AS (
  SELECT
    received.party AS party,
    received.origin AS origin,
    received.dispatch AS dispatch,
    received.destination AS destination,
    received.name AS name,
    received.hs6 AS hs6,
    received.tier AS tier,
    received.date_from AS date_from,
    received.date_to AS date_to,
    received."rows" AS "rows",
    received.value_usd AS value_usd,
    received.net_kg AS net_kg,
    received.synthetic AS synthetic,
    far_ways.way_km AS way_km,
    far_ways.direct_km AS direct_km,
    between_two.shipments - per_party.shipments AS others,
    far_ways.shipments - per_way.shipments AS others_this_way
  FROM received
  INNER JOIN far_ways
    ON far_ways.origin = received.origin
    AND far_ways.dispatch = received.dispatch
    AND far_ways.destination = received.destination
  INNER JOIN between_two
    ON between_two.origin = received.origin
    AND between_two.destination = received.destination
  INNER JOIN per_party
    ON per_party.party = received.party
    AND per_party.origin = received.origin
    AND per_party.destination = received.destination
  INNER JOIN per_way
    ON per_way.party = received.party
    AND per_way.origin = received.origin
    AND per_way.dispatch = received.dispatch
    AND per_way.destination = received.destination
)
SELECT
  measured.party || '|' || measured.origin || '|' || measured.dispatch || '|' || measured.destination AS subject_key,
  COALESCE(parties.name, measured.name) AS subject,
  measured.origin AS origin,
  measured.dispatch AS dispatch,
  measured.destination AS country,
  measured.way_km AS way_km,
  measured.direct_km AS direct_km,
  CAST(measured.others AS BIGINT) AS others,
  CAST(measured.others_this_way AS BIGINT) AS others_this_way,
  measured.hs6 AS hs6,
  measured.tier AS tier,
  measured.date_from AS date_from,
  measured.date_to AS date_to,
  measured."rows" AS "rows",
  measured.value_usd AS value_usd,
  measured.net_kg AS net_kg,
  measured.synthetic AS synthetic,
  measured.party AS _party,
  ROUND(
    0.3 * LEAST(1.0, (CAST(measured.way_km AS DOUBLE) / GREATEST(measured.direct_km, 1) - 1.0) / 3.0)
    + 0.3 * CASE SUBSTR(COALESCE(measured.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + measured."rows") / LN(50.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM measured
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = measured.party
WHERE measured."rows" >= $least_rows
  AND measured.others >= $least_others
  AND measured.others_this_way <= $most_share * measured.others
-- evidence
-- A row: one shipment by the long way.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'controlled code ' || lines.hs6 || ' made in ' || lines.origin || ', dispatched from ' || lines.dispatch || ' on ' || CAST(lines.date AS VARCHAR) AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.origin = found.origin
  AND lines.dispatch = found.dispatch
  AND lines.destination = found.country
WHERE lines.controlled = 1
ORDER BY
  found.subject_key ASC,
  lines.date ASC,
  lines.source_id ASC,
  lines.row_number ASC

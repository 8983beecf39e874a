-- id: old_customer
-- title: Old customer, first controlled goods after the date
-- subject: party
-- meaning: The party traded before the date without any controlled goods and received its first controlled goods after it. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023 (existing customers that did not receive Common High Priority goods before 24 February 2022 and do after).
-- statement: {subject} traded {before:int} times before {after_date} without controlled goods and received {rows:int} shipments of controlled goods from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})
-- innocent: A firm may broaden its range; an old supplier may have changed its codes; a new HS edition may have moved the goods to a listed code; the records before the date may be incomplete.
-- reads: trade, parties, sources, party_members, code_doubts
-- include: same_party
-- parameter.after_date: 2022-02-24 | the day after which first-time trade is looked at
-- parameter.least_rows: 2 | least number of controlled shipments
-- parameter.least_before: 3 | least number of shipments before the date
-- parameter.most_chance: 0.15 | how likely it may be at the most that all its controlled shipments lie after the date by chance alone, given how many of all its shipments do; above it, on generated trade with one wrong code in twenty, five of six were slips of the code
-- parameter.least_share: 0.2 | least share of controlled shipments among all of the party, unless a heading occurs twice among them: wrong codes are few and scatter, goods that are bought come again
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- parameter.least_days_before: 180 | days of records of the same source that must lie before the date
-- A row: one consignee with uncontrolled trade before the date and controlled trade only after it.
WITH covered AS (
  SELECT
    trade.source_id AS source_id,
    MIN(trade.date) AS first_date
  FROM trade
  GROUP BY
    trade.source_id
),
acts AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS subject_key,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    CASE WHEN CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%') AND code_doubts.row_number IS NULL THEN trade.control_id END AS control_id,
    CASE WHEN trade.control_id IS NOT NULL AND code_doubts.row_number IS NULL THEN trade.date END AS controlled_date,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    sources.synthetic AS synthetic
  FROM trade
  INNER JOIN covered
    ON covered.source_id = trade.source_id
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND trade.date IS NOT NULL
    AND DATEDIFF('day', covered.first_date, CAST($after_date AS DATE)) >= $least_days_before
),
headings AS (
  SELECT
    acts.subject_key AS subject_key,
    SUBSTR(acts.hs6, 1, 4) AS heading,
    COUNT(*) AS "rows"
  FROM acts
  WHERE acts.control_id IS NOT NULL
  GROUP BY
    acts.subject_key,
    SUBSTR(acts.hs6, 1, 4)
),
repeated AS (
  SELECT
    headings.subject_key AS subject_key,
    MAX(headings."rows") AS most
  FROM headings
  GROUP BY
    headings.subject_key
),
per_party AS (
  SELECT
    acts.subject_key AS subject_key,
    MIN(acts.name) AS subject,
    MIN(acts.date) AS first_seen,
    COUNT(*) AS shipments,
    COUNT(acts.control_id) AS "rows",
    COUNT(CASE WHEN acts.date <= CAST($after_date AS DATE) THEN acts.subject_key END) AS before,
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.country END) AS country,
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.hs6 END) AS hs6,
    MIN(acts.tier) AS tier,
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.date END) AS date_from,
    MAX(CASE WHEN acts.control_id IS NOT NULL THEN acts.date END) AS date_to,
    CAST(SUM(CASE WHEN acts.control_id IS NOT NULL THEN CAST(acts.value_usd AS DECIMAL(18, 2)) END) AS DOUBLE) AS value_usd,
    CAST(SUM(CASE WHEN acts.control_id IS NOT NULL THEN CAST(acts.net_kg AS DECIMAL(18, 3)) END) AS DOUBLE) AS net_kg,
    MIN(acts.controlled_date) AS first_controlled,
    MIN(acts.synthetic) AS synthetic
  FROM acts
  GROUP BY
    acts.subject_key
),
buyers AS (
  SELECT
    COUNT(*) AS parties
  FROM per_party
  WHERE per_party."rows" >= $least_rows
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.subject) AS subject,
  per_party.first_seen AS first_seen,
  per_party."rows" AS "rows",
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  CAST(per_party."rows" AS DOUBLE) / per_party.shipments AS share,
  CAST($after_date AS DATE) AS after_date,
  per_party.before AS before,
  ROUND(POWER(CAST(per_party.shipments - per_party.before AS DOUBLE) / per_party.shipments, per_party."rows"), 9) AS chance,
  ROUND(
    0.4 * CAST(per_party."rows" AS DOUBLE) / per_party.shipments
    + 0.3 * CASE SUBSTR(COALESCE(per_party.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(100.0)),
    4
  ) AS strength,
  buyers.parties AS compared
FROM per_party
CROSS JOIN buyers
INNER JOIN repeated
  ON repeated.subject_key = per_party.subject_key
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= $least_rows
  AND (repeated.most >= 2 OR per_party."rows" >= $least_share * per_party.shipments)
  AND per_party.before >= $least_before
  AND per_party.first_controlled > CAST($after_date AS DATE)
  AND POWER(CAST(per_party.shipments - per_party.before AS DOUBLE) / per_party.shipments, per_party."rows") <= $most_chance
-- evidence
-- A row: one shipment of a controlled code to a party of the findings.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'controlled code ' || trade.hs6 || COALESCE(', tier ' || trade.tier, '') || ' on ' || CAST(trade.date AS VARCHAR) AS why
FROM trade
LEFT JOIN same_party
  ON same_party.name_key = trade.consignee_key
  AND same_party.identifier = COALESCE(trade.consignee_id, '')
  AND same_party.country = COALESCE(trade.consignee_country, '')
INNER JOIN found
  ON found.subject_key = COALESCE(same_party.party, trade.consignee_key)
LEFT JOIN code_doubts
  ON code_doubts.source_id = trade.source_id
  AND code_doubts.row_number = trade.row_number
WHERE trade.control_id IS NOT NULL
  AND code_doubts.row_number IS NULL
  AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC

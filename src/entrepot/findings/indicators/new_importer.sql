-- id: new_importer
-- title: New importer of controlled goods after the date
-- subject: party
-- meaning: The party's first shipment in these records is after the date and it receives controlled goods; nothing of it is seen before, although the records cover the time before. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023 (companies established after 24 February 2022 that receive Common High Priority goods).
-- statement: {subject} first appears in the records on {first_seen} and received {rows:int} shipments of controlled goods from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg}, {share:pct} of its shipments); nothing of it is recorded before {after_date}
-- innocent: New companies and subsidiaries are founded every day; a firm may have been renamed or moved to this route; the records before the date may be incomplete; the buyer may serve civil industry.
-- reads: trade, parties, sources, party_members, party_pairs, code_doubts
-- include: same_party
-- parameter.after_date: 2022-02-24 | the day after which first-time trade is looked at
-- parameter.least_rows: 2 | least number of controlled shipments
-- parameter.most_chance: 0.15 | how likely it may be at the most that none of its shipments lies before the date by chance alone, given how much of the records does
-- parameter.least_alike: 0.9 | least score at which a party that may be the same, and traded before, speaks against a first appearance
-- parameter.least_share: 0.2 | least share of controlled shipments among all of the party, unless a heading occurs twice among them: wrong codes are few and scatter, goods that are bought come again
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- parameter.least_days_before: 180 | days of records of the same source that must lie before the date
-- A row: one consignee whose first shipment is after the date, with its controlled shipments.
WITH covered AS (
  SELECT
    trade.source_id AS source_id,
    MIN(trade.date) AS first_date,
    MAX(trade.date) AS last_date
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
    trade.date AS date,
    covered.first_date AS covered_from,
    covered.last_date AS covered_to,
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
seen_as_shipper AS (
  SELECT
    COALESCE(same_party.party, trade.shipper_key) AS subject_key,
    MIN(trade.date) AS first_date
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.shipper_key
    AND same_party.identifier = COALESCE(trade.shipper_id, '')
    AND same_party.country = COALESCE(trade.shipper_country, '')
  WHERE trade.shipper_key IS NOT NULL
  GROUP BY
    COALESCE(same_party.party, trade.shipper_key)
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
    POWER(
      1.0 - CAST(DATEDIFF('day', MIN(acts.covered_from), CAST($after_date AS DATE)) AS DOUBLE) / GREATEST(1, DATEDIFF('day', MIN(acts.covered_from), MAX(acts.covered_to))),
      COUNT(*)
    ) AS chance,
    COUNT(acts.control_id) AS "rows",
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.country END) AS country,
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.hs6 END) AS hs6,
    MIN(acts.tier) AS tier,
    MIN(CASE WHEN acts.control_id IS NOT NULL THEN acts.date END) AS date_from,
    MAX(CASE WHEN acts.control_id IS NOT NULL THEN acts.date END) AS date_to,
    CAST(SUM(CASE WHEN acts.control_id IS NOT NULL THEN CAST(acts.value_usd AS DECIMAL(18, 2)) END) AS DOUBLE) AS value_usd,
    CAST(SUM(CASE WHEN acts.control_id IS NOT NULL THEN CAST(acts.net_kg AS DECIMAL(18, 3)) END) AS DOUBLE) AS net_kg,
    MIN(acts.synthetic) AS synthetic
  FROM acts
  GROUP BY
    acts.subject_key
),
numbers AS (
  SELECT
    party_members.identifier AS identifier,
    MIN(party_members.first_date) AS first_date
  FROM party_members
  WHERE party_members.identifier <> ''
  GROUP BY
    party_members.identifier
),
may_be_the_same AS (
  SELECT
    party_pairs.left_party AS party_id,
    party_pairs.right_party AS other_id,
    party_pairs.score AS score
  FROM party_pairs
  UNION ALL
  SELECT
    party_pairs.right_party AS party_id,
    party_pairs.left_party AS other_id,
    party_pairs.score AS score
  FROM party_pairs
),
known_before AS (
  SELECT
    party_members.party_key AS subject_key
  FROM party_members
  INNER JOIN numbers
    ON numbers.identifier = party_members.identifier
  WHERE numbers.first_date <= CAST($after_date AS DATE)
  UNION
  SELECT
    own.party_key AS subject_key
  FROM may_be_the_same
  INNER JOIN party_members AS own
    ON own.party_id = may_be_the_same.party_id
  INNER JOIN party_members AS other
    ON other.party_id = may_be_the_same.other_id
  WHERE may_be_the_same.score >= $least_alike
    AND other.first_date <= CAST($after_date AS DATE)
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
  DATEDIFF('day', CAST($after_date AS DATE), per_party.first_seen) AS days_after,
  ROUND(per_party.chance, 9) AS chance,
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
LEFT JOIN seen_as_shipper
  ON seen_as_shipper.subject_key = per_party.subject_key
LEFT JOIN known_before
  ON known_before.subject_key = per_party.subject_key
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= $least_rows
  AND (repeated.most >= 2 OR per_party."rows" >= $least_share * per_party.shipments)
  AND per_party.first_seen > CAST($after_date AS DATE)
  AND known_before.subject_key IS NULL
  AND per_party.chance <= $most_chance
  AND (seen_as_shipper.first_date IS NULL OR seen_as_shipper.first_date > CAST($after_date AS DATE))
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

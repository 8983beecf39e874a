-- id: dormant_reactivated
-- title: Long-dormant firm active again
-- subject: party
-- meaning: A firm that had traded, then had no shipments for more than a year although its pace would have given some, received controlled goods after the date. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023; FATF and Egmont Group, Trade-Based Money Laundering: Risk Indicators, March 2021 (a long-dormant or shelf company that resumes trade).
-- statement: {subject} had {before:int} shipments until {last_before}, none for {gap_days:int} days, and {rows:int} shipments of controlled goods from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})
-- innocent: Projects and tenders come in intervals; the firm may have bought at home or through another importer in between; the records may have a gap.
-- reads: trade, sources, parties, party_members, code_doubts
-- include: same_party
-- parameter.after_date: 2022-02-24 | trade is resumed after this day
-- parameter.least_gap_days: 400 | least days without any shipment
-- parameter.least_before: 5 | least number of days with shipments before the pause
-- parameter.least_rows: 3 | least number of controlled shipments after it
-- parameter.most_chance: 0.0001 | largest chance of such a pause at the pace before it, by the exponential distribution; thousands of parties are compared, so that one in a hundred would be found by chance
-- parameter.most_chance_new_goods: 0.001 | the same where none of its goods before the pause were controlled: that it comes back with other goods is a second sign
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- A row: one party with its last long pause.
WITH acts AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.date AS date,
    CASE WHEN trade.control_id IS NULL THEN 0 ELSE 1 END AS controlled
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
    AND trade.date IS NOT NULL
  UNION
  SELECT
    COALESCE(same_party.party, trade.shipper_key) AS party,
    trade.date AS date,
    CASE WHEN trade.control_id IS NULL THEN 0 ELSE 1 END AS controlled
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.shipper_key
    AND same_party.identifier = COALESCE(trade.shipper_id, '')
    AND same_party.country = COALESCE(trade.shipper_country, '')
  WHERE trade.shipper_key IS NOT NULL
    AND trade.date IS NOT NULL
),
days AS (
  SELECT
    acts.party AS party,
    acts.date AS date,
    MAX(acts.controlled) AS controlled
  FROM acts
  GROUP BY
    acts.party,
    acts.date
),
gaps AS (
  SELECT
    days.party AS party,
    days.date AS resumed,
    LAG(days.date) OVER (PARTITION BY days.party ORDER BY days.date ASC) AS paused,
    MIN(days.date) OVER (PARTITION BY days.party) AS first_date,
    ROW_NUMBER() OVER (PARTITION BY days.party ORDER BY days.date ASC) - 1 AS before,
    SUM(days.controlled) OVER (PARTITION BY days.party ORDER BY days.date ASC) - days.controlled AS controlled_before
  FROM days
),
pauses AS (
  SELECT
    gaps.party AS party,
    gaps.paused AS paused,
    gaps.resumed AS resumed,
    gaps.before AS before,
    gaps.controlled_before AS controlled_before,
    DATEDIFF('day', gaps.paused, gaps.resumed) AS gap_days,
    EXP(-1.0 * gaps.before / GREATEST(DATEDIFF('day', gaps.first_date, gaps.paused), 30) * DATEDIFF('day', gaps.paused, gaps.resumed)) AS chance,
    ROW_NUMBER() OVER (PARTITION BY gaps.party ORDER BY gaps.resumed DESC) AS place
  FROM gaps
  WHERE gaps.before >= $least_before
    AND DATEDIFF('day', gaps.paused, gaps.resumed) >= $least_gap_days
),
everyone AS (
  SELECT
    COUNT(DISTINCT gaps.party) AS parties
  FROM gaps
  WHERE gaps.before >= $least_before
),
per_party AS (
  SELECT
    pauses.party AS party,
    pauses.paused AS paused,
    pauses.resumed AS resumed,
    pauses.before AS before,
    pauses.gap_days AS gap_days,
    pauses.chance AS chance,
    MIN(trade.consignee_name) AS name,
    MIN(trade.destination_country) AS country,
    MIN(trade.hs6) AS hs6,
    MIN(trade.tier) AS tier,
    MIN(trade.date) AS date_from,
    MAX(trade.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(trade.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(trade.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  INNER JOIN pauses
    ON pauses.party = COALESCE(same_party.party, trade.consignee_key)
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE pauses.place = 1
    AND pauses.chance <= CASE WHEN pauses.controlled_before = 0 THEN $most_chance_new_goods ELSE $most_chance END
    AND pauses.resumed > CAST($after_date AS DATE)
    AND trade.date >= pauses.resumed
    AND code_doubts.row_number IS NULL
    AND trade.control_id IS NOT NULL
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
  GROUP BY
    pauses.party,
    pauses.paused,
    pauses.resumed,
    pauses.before,
    pauses.gap_days,
    pauses.chance
)
SELECT
  per_party.party AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.before AS before,
  per_party.paused AS last_before,
  per_party.gap_days AS gap_days,
  ROUND(per_party.chance, 9) AS chance,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.resumed AS _resumed,
  ROUND(
    0.4 * LEAST(1.0, per_party.gap_days / 1000.0)
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(30.0))
    + 0.3 * CASE SUBSTR(COALESCE(per_party.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END,
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment of controlled goods after the pause, to the party under any name with its identifier.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'controlled code ' || trade.hs6 || ' on ' || CAST(trade.date AS VARCHAR) || ', after the pause' AS why
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
  AND trade.date >= found._resumed
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC

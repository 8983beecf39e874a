-- id: sudden_rise
-- title: Sudden rise in shipments
-- subject: party
-- meaning: The party received goods of one HS heading, and goods in all, far more often after a day than before it, by more than chance would give, in several months. The day is the date, or one of the ends of the six quarters that follow it: a rise that comes a year later is not thinned out by that year. Half of the error is given to the date, the other half is shared by the six. The time before counts from the party's first shipment of any goods, and the time after to its last, so that a firm is not compared with months in which it did not exist. Lines of one day are one delivery, except in a file that gives months only. Codes are compared in the newest edition of the Harmonized System.
-- source: FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023 (exponential increase in volume); exact conditional test of two Poisson rates after Przyborowski and Wilenski, Biometrika 31 (1940), 313-323.
-- statement: {subject} received goods of heading {heading} {before:int} times in the {months_before:ratio} months before {after_date} and {after:int} times in the {months_after:ratio} months after: {ratio:ratio} times the monthly rate (exact p = {p_value:p})
-- innocent: A code may have moved between editions of the Harmonized System in ways that the concordance does not show; seasonal demand, a large project, stocking, a merger of customers, better coverage of the records after the date.
-- reads: trade, parties, sources, log_factorials, hs_concordance, party_members
-- include: same_party
-- parameter.after_date: 2022-02-24 | the first day that divides before and after
-- parameter.least_ratio: 3.0 | least ratio of the monthly rates
-- parameter.least_after: 8 | least number of deliveries after the day
-- parameter.least_before: 1 | least number before it; with none before see new_importer
-- parameter.least_ratio_of_all: 1.5 | least ratio of the monthly rates of all goods of the party; below it one heading took the place of another
-- parameter.least_months: 3 | least number of months with shipments after the date; a single large order is no lasting rise
-- parameter.least_months_after: 6.0 | least number of months after the date over which the rate is taken, for a firm that trades for less
-- parameter.codes_before: 2022-01-01 | the day from which the newest edition of the Harmonized System is used
-- parameter.most_p: 0.001 | largest p; many parties are compared at once
-- common
newest AS (
  SELECT
    MAX(hs_concordance.to_edition) AS hs_edition
  FROM hs_concordance
),
moved AS (
  SELECT
    hs_concordance.from_edition AS hs_edition,
    hs_concordance.from_code AS hs6,
    COUNT(DISTINCT SUBSTR(hs_concordance.to_code, 1, 4)) AS headings,
    MIN(SUBSTR(hs_concordance.to_code, 1, 4)) AS to_heading,
    MAX(CASE WHEN SUBSTR(hs_concordance.to_code, 1, 4) = SUBSTR(hs_concordance.from_code, 1, 4) THEN 1 ELSE 0 END) AS stays,
    COUNT(DISTINCT CASE WHEN SUBSTR(hs_concordance.to_code, 1, 2) = SUBSTR(hs_concordance.from_code, 1, 2) THEN SUBSTR(hs_concordance.to_code, 1, 4) END) AS headings_in_chapter,
    MIN(CASE WHEN SUBSTR(hs_concordance.to_code, 1, 2) = SUBSTR(hs_concordance.from_code, 1, 2) THEN SUBSTR(hs_concordance.to_code, 1, 4) END) AS heading_in_chapter
  FROM hs_concordance
  INNER JOIN newest
    ON newest.hs_edition = hs_concordance.to_edition
  WHERE hs_concordance.from_edition <> hs_concordance.to_edition
  GROUP BY
    hs_concordance.from_edition,
    hs_concordance.from_code
),
unified AS (
  SELECT
    moved.hs_edition AS hs_edition,
    moved.hs6 AS hs6,
    CASE WHEN moved.stays = 1 THEN SUBSTR(moved.hs6, 1, 4) WHEN moved.headings = 1 THEN moved.to_heading WHEN moved.headings_in_chapter = 1 THEN moved.heading_in_chapter END AS heading
  FROM moved
),
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    CASE WHEN unified.hs6 IS NULL THEN SUBSTR(trade.hs6, 1, 4) ELSE unified.heading END AS heading,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.hs6 AS hs6,
    trade.control_id AS control_id,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN unified
    ON unified.hs_edition = trade.hs_edition
    AND unified.hs6 = trade.hs6
  WHERE trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
    AND trade.date IS NOT NULL
)
-- query
-- A row: one consignee and one heading whose rate rose.
WITH headings_before AS (
  SELECT DISTINCT
    unified.hs_edition AS hs_edition,
    unified.heading AS heading
  FROM unified
  WHERE unified.heading IS NOT NULL
),
edition_before AS (
  SELECT
    trade.source_id AS source_id,
    MAX(trade.hs_edition) AS hs_edition
  FROM trade
  WHERE trade.date < CAST($codes_before AS DATE)
  GROUP BY
    trade.source_id
),
breaks AS (
  SELECT
    0 AS step,
    CAST($after_date AS DATE) AS day
  UNION ALL
  SELECT
    1 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '3' MONTH AS DATE) AS day
  UNION ALL
  SELECT
    2 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '6' MONTH AS DATE) AS day
  UNION ALL
  SELECT
    3 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '9' MONTH AS DATE) AS day
  UNION ALL
  SELECT
    4 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '12' MONTH AS DATE) AS day
  UNION ALL
  SELECT
    5 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '15' MONTH AS DATE) AS day
  UNION ALL
  SELECT
    6 AS step,
    CAST(CAST($after_date AS DATE) + INTERVAL '18' MONTH AS DATE) AS day
),
files AS (
  SELECT
    trade.source_id AS source_id,
    MIN(trade.date) AS first_date,
    MAX(trade.date) AS last_date,
    -- a file of months has every date on one day of the month: its lines are counted, those of other files by days
    CASE WHEN MIN(EXTRACT(DAY FROM trade.date)) = MAX(EXTRACT(DAY FROM trade.date)) THEN 1 ELSE 0 END AS monthly
  FROM trade
  WHERE trade.date IS NOT NULL
  GROUP BY
    trade.source_id
),
span AS (
  SELECT
    files.source_id AS source_id,
    breaks.step AS step,
    breaks.day AS day,
    DATEDIFF('day', files.first_date, breaks.day) / 30.4375 AS months_before,
    DATEDIFF('day', breaks.day, files.last_date) / 30.4375 AS months_after
  FROM files
  CROSS JOIN breaks
),
-- parties and headings with shipments enough for a rise
enough AS (
  SELECT
    lines.party AS party,
    lines.heading AS heading
  FROM lines
  WHERE lines.heading IS NOT NULL
  GROUP BY
    lines.party,
    lines.heading
  HAVING COUNT(*) >= $least_after + $least_before
),
some_parties AS (
  SELECT DISTINCT
    enough.party AS party
  FROM enough
),
deliveries AS (
  SELECT
    lines.party AS party,
    lines.heading AS heading,
    lines.source_id AS source_id,
    lines.date AS date,
    CASE WHEN files.monthly = 1 THEN lines.row_number ELSE 0 END AS line,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
    MIN(lines.control_id) AS control_id,
    COUNT(*) AS "rows",
    SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS value_usd,
    SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS net_kg
  FROM lines
  INNER JOIN enough
    ON enough.party = lines.party
    AND enough.heading = lines.heading
  INNER JOIN files
    ON files.source_id = lines.source_id
  LEFT JOIN edition_before
    ON edition_before.source_id = lines.source_id
  LEFT JOIN headings_before
    ON headings_before.hs_edition = edition_before.hs_edition
    AND headings_before.heading = lines.heading
  CROSS JOIN newest
  WHERE headings_before.heading IS NOT NULL
    OR edition_before.hs_edition IS NULL
    OR edition_before.hs_edition = newest.hs_edition
  GROUP BY
    lines.party,
    lines.heading,
    lines.source_id,
    lines.date,
    CASE WHEN files.monthly = 1 THEN lines.row_number ELSE 0 END
),
counted AS (
  SELECT
    deliveries.party AS party,
    deliveries.heading AS heading,
    span.step AS step,
    span.day AS day,
    MIN(deliveries.name) AS name,
    MIN(deliveries.country) AS country,
    MIN(deliveries.hs6) AS hs6,
    MIN(deliveries.control_id) AS control_id,
    MAX(span.months_before) AS months_before,
    MAX(span.months_after) AS months_after,
    COUNT(DISTINCT CASE WHEN deliveries.date > span.day THEN EXTRACT(YEAR FROM deliveries.date) * 12 + EXTRACT(MONTH FROM deliveries.date) END) AS active_months,
    COUNT(CASE WHEN deliveries.date <= span.day THEN deliveries.line END) AS before,
    COUNT(CASE WHEN deliveries.date > span.day THEN deliveries.line END) AS after,
    CAST(SUM(CASE WHEN deliveries.date > span.day THEN deliveries."rows" ELSE 0 END) AS BIGINT) AS "rows",
    COUNT(CASE WHEN DATEDIFF('day', deliveries.date, span.day) BETWEEN 0 AND 182 THEN deliveries.line END) AS last_half,
    COUNT(CASE WHEN DATEDIFF('day', deliveries.date, span.day) BETWEEN 183 AND 365 THEN deliveries.line END) AS half_before,
    MIN(CASE WHEN deliveries.date > span.day THEN deliveries.date END) AS date_from,
    MAX(CASE WHEN deliveries.date > span.day THEN deliveries.date END) AS date_to,
    CAST(SUM(CASE WHEN deliveries.date > span.day THEN deliveries.value_usd END) AS DOUBLE) AS value_usd,
    CAST(SUM(CASE WHEN deliveries.date > span.day THEN deliveries.net_kg END) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM deliveries
  INNER JOIN span
    ON span.source_id = deliveries.source_id
  INNER JOIN sources
    ON sources.source_id = deliveries.source_id
  WHERE span.months_before >= 6
    AND span.months_after >= 6
  GROUP BY
    deliveries.party,
    deliveries.heading,
    span.step,
    span.day
),
party_days AS (
  SELECT
    lines.party AS party,
    lines.date AS date,
    COUNT(*) AS "rows"
  FROM lines
  INNER JOIN some_parties
    ON some_parties.party = lines.party
  GROUP BY
    lines.party,
    lines.date
),
of_all AS (
  SELECT
    party_days.party AS party,
    breaks.step AS step,
    GREATEST(1.0, DATEDIFF('day', MIN(party_days.date), breaks.day) / 30.4375) AS months_known,
    GREATEST($least_months_after, DATEDIFF('day', breaks.day, MAX(party_days.date)) / 30.4375) AS months_seen,
    CAST(SUM(CASE WHEN party_days.date <= breaks.day THEN party_days."rows" ELSE 0 END) AS BIGINT) AS before,
    CAST(SUM(CASE WHEN party_days.date > breaks.day THEN party_days."rows" ELSE 0 END) AS BIGINT) AS after
  FROM party_days
  CROSS JOIN breaks
  GROUP BY
    party_days.party,
    breaks.step,
    breaks.day
),
eligible AS (
  SELECT
    counted.party AS party,
    counted.heading AS heading,
    counted.step AS step,
    counted.day AS day,
    counted.name AS name,
    counted.country AS country,
    counted.hs6 AS hs6,
    counted.control_id AS control_id,
    counted.active_months AS active_months,
    LEAST(counted.months_before, of_all.months_known) AS months_before,
    LEAST(counted.months_after, of_all.months_seen) AS months_after,
    counted.before AS before,
    counted.after AS after,
    counted."rows" AS "rows",
    counted.before + counted.after AS total,
    LEAST(counted.months_after, of_all.months_seen) / (LEAST(counted.months_before, of_all.months_known) + LEAST(counted.months_after, of_all.months_seen)) AS share_after,
    counted.date_from AS date_from,
    counted.date_to AS date_to,
    counted.value_usd AS value_usd,
    counted.net_kg AS net_kg,
    counted.synthetic AS synthetic
  FROM counted
  INNER JOIN of_all
    ON of_all.party = counted.party
    AND of_all.step = counted.step
  WHERE counted.active_months >= $least_months
    AND counted.after >= $least_after
    AND counted.before >= $least_before
    -- a later day divides a trade that goes on, and is not merely near the beginning of one
    AND (counted.step = 0 OR (counted.last_half > 0 AND counted.half_before > 0))
),
comparison AS (
  SELECT
    COUNT(*) AS pairs
  FROM (
    SELECT DISTINCT
      eligible.party AS party,
      eligible.heading AS heading
    FROM eligible
  ) AS pairs
),
risen AS (
  SELECT
    eligible.party AS party,
    eligible.heading AS heading,
    eligible.step AS step,
    eligible.total AS total,
    eligible.after AS after,
    eligible.share_after AS share_after
  FROM eligible
  INNER JOIN of_all
    ON of_all.party = eligible.party
    AND of_all.step = eligible.step
  WHERE (of_all.after / eligible.months_after) >= $least_ratio_of_all * (of_all.before / eligible.months_before)
    AND (eligible.after / eligible.months_after) >= $least_ratio * (eligible.before / eligible.months_before)
),
tested AS (
  SELECT
    risen.party AS party,
    risen.heading AS heading,
    risen.step AS step,
    SUM(
      EXP(
        of_total.log_factorial - of_k.log_factorial - of_rest.log_factorial
        + of_k.n * LN(risen.share_after) + of_rest.n * LN(1.0 - risen.share_after)
      )
    ) * CASE WHEN risen.step = 0 THEN 2.0 ELSE 12.0 END AS p_value
  FROM risen
  INNER JOIN log_factorials AS of_total
    ON of_total.n = risen.total
  INNER JOIN log_factorials AS of_k
    ON of_k.n >= risen.after
    AND of_k.n <= risen.total
  INNER JOIN log_factorials AS of_rest
    ON of_rest.n = risen.total - of_k.n
  GROUP BY
    risen.party,
    risen.heading,
    risen.step
),
ranked AS (
  SELECT
    tested.party AS party,
    tested.heading AS heading,
    tested.step AS step,
    tested.p_value AS p_value,
    ROW_NUMBER() OVER (PARTITION BY tested.party, tested.heading ORDER BY ROUND(tested.p_value, 12) ASC, tested.step ASC) AS place
  FROM tested
  WHERE tested.p_value <= $most_p
)
SELECT
  eligible.party || '|' || eligible.heading AS subject_key,
  COALESCE(parties.name, eligible.name) AS subject,
  eligible.country AS country,
  eligible.hs6 AS hs6,
  eligible.heading AS heading,
  eligible.before AS before,
  eligible.after AS after,
  eligible."rows" AS "rows",
  eligible.active_months AS active_months,
  ROUND(eligible.months_before, 1) AS months_before,
  ROUND(eligible.months_after, 1) AS months_after,
  ROUND((eligible.after / eligible.months_after) / (eligible.before / eligible.months_before), 4) AS ratio,
  eligible.day AS after_date,
  CASE WHEN eligible.control_id IS NULL THEN 'no' ELSE 'yes' END AS controlled,
  LEAST(1.0, GREATEST(ROUND(ranked.p_value, 12), 0.000000000001)) AS p_value,
  eligible.date_from AS date_from,
  eligible.date_to AS date_to,
  eligible.value_usd AS value_usd,
  eligible.net_kg AS net_kg,
  eligible.synthetic AS synthetic,
  eligible.party AS _party,
  ROUND(
    CASE WHEN eligible.control_id IS NULL THEN 0.5 ELSE 1.0 END
    * (0.5 * LEAST(1.0, LN((eligible.after / eligible.months_after) / (eligible.before / eligible.months_before)) / LN(20.0))
    + 0.5 * LEAST(1.0, -LN(GREATEST(ROUND(ranked.p_value, 12), 0.000000000001)) / 27.6)),
    4
  ) AS strength,
  comparison.pairs AS compared
FROM eligible
INNER JOIN ranked
  ON ranked.party = eligible.party
  AND ranked.heading = eligible.heading
  AND ranked.step = eligible.step
CROSS JOIN comparison
LEFT JOIN parties
  ON parties.name_key = eligible.party
WHERE ranked.place = 1
-- evidence
-- A row: one shipment of the heading to the party, before or after the date.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  CASE WHEN lines.date <= found.after_date THEN 'before: ' ELSE 'after: ' END || CAST(lines.date AS VARCHAR) || ', code ' || lines.hs6 AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.heading = found.heading
ORDER BY
  found.subject_key ASC,
  lines.date ASC,
  lines.source_id ASC,
  lines.row_number ASC

-- id: sudden_rise
-- title: Sudden rise in shipments
-- subject: party
-- meaning: The party received goods of one HS heading far more often after the date than before it, by more than chance would give.
-- source: FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023 (exponential increase in volume); exact conditional test of two Poisson rates after Przyborowski and Wilenski, Biometrika 31 (1940), 313-323.
-- statement: {subject} received {before:int} shipments of heading {heading} in the {months_before:ratio} months before {after_date} and {rows:int} in the {months_after:ratio} months after: {ratio:ratio} times the monthly rate (exact p = {p_value:p})
-- innocent: Seasonal demand, a large project, stocking, a merger of customers, better coverage of the records after the date.
-- reads: trade, parties, sources, log_factorials
-- parameter.after_date: 2022-02-24 | the day that divides before and after
-- parameter.least_ratio: 3.0 | least ratio of the monthly rates
-- parameter.least_after: 8 | least number of shipments after the date
-- parameter.least_before: 1 | least number before; with none before see new_importer
-- parameter.most_p: 0.001 | largest p; many parties are compared at once
-- A row: one consignee and one heading whose rate rose.
WITH span AS (
  SELECT
    trade.source_id AS source_id,
    DATEDIFF('day', MIN(trade.date), CAST($after_date AS DATE)) / 30.4375 AS months_before,
    DATEDIFF('day', CAST($after_date AS DATE), MAX(trade.date)) / 30.4375 AS months_after
  FROM trade
  WHERE trade.date IS NOT NULL
  GROUP BY
    trade.source_id
),
counted AS (
  SELECT
    trade.consignee_key AS party,
    SUBSTR(trade.hs6, 1, 4) AS heading,
    MIN(trade.consignee_name) AS name,
    MIN(trade.destination_country) AS country,
    MIN(trade.hs6) AS hs6,
    MIN(trade.control_id) AS control_id,
    MAX(span.months_before) AS months_before,
    MAX(span.months_after) AS months_after,
    COUNT(CASE WHEN trade.date <= CAST($after_date AS DATE) THEN trade.row_number END) AS before,
    COUNT(CASE WHEN trade.date > CAST($after_date AS DATE) THEN trade.row_number END) AS after,
    MIN(CASE WHEN trade.date > CAST($after_date AS DATE) THEN trade.date END) AS date_from,
    MAX(CASE WHEN trade.date > CAST($after_date AS DATE) THEN trade.date END) AS date_to,
    CAST(SUM(CASE WHEN trade.date > CAST($after_date AS DATE) THEN CAST(trade.value_usd AS DECIMAL(18, 2)) END) AS DOUBLE) AS value_usd,
    CAST(SUM(CASE WHEN trade.date > CAST($after_date AS DATE) THEN CAST(trade.net_kg AS DECIMAL(18, 3)) END) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM trade
  INNER JOIN span
    ON span.source_id = trade.source_id
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
    AND span.months_before >= 6
    AND span.months_after >= 6
  GROUP BY
    trade.consignee_key,
    SUBSTR(trade.hs6, 1, 4)
),
eligible AS (
  SELECT
    counted.party AS party,
    counted.heading AS heading,
    counted.name AS name,
    counted.country AS country,
    counted.hs6 AS hs6,
    counted.control_id AS control_id,
    counted.months_before AS months_before,
    counted.months_after AS months_after,
    counted.before AS before,
    counted.after AS after,
    counted.before + counted.after AS total,
    counted.months_after / (counted.months_before + counted.months_after) AS share_after,
    counted.date_from AS date_from,
    counted.date_to AS date_to,
    counted.value_usd AS value_usd,
    counted.net_kg AS net_kg,
    counted.synthetic AS synthetic
  FROM counted
  WHERE counted.after >= $least_after
    AND counted.before >= $least_before
),
comparison AS (
  SELECT
    COUNT(*) AS pairs
  FROM eligible
),
risen AS (
  SELECT
    eligible.party AS party,
    eligible.heading AS heading,
    eligible.total AS total,
    eligible.after AS after,
    eligible.share_after AS share_after
  FROM eligible
  WHERE (eligible.after / eligible.months_after) >= $least_ratio * (eligible.before / eligible.months_before)
),
tested AS (
  SELECT
    risen.party AS party,
    risen.heading AS heading,
    SUM(
      EXP(
        of_total.log_factorial - of_k.log_factorial - of_rest.log_factorial
        + of_k.n * LN(risen.share_after) + of_rest.n * LN(1.0 - risen.share_after)
      )
    ) AS p_value
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
    risen.heading
)
SELECT
  eligible.party || '|' || eligible.heading AS subject_key,
  COALESCE(parties.name, eligible.name) AS subject,
  eligible.country AS country,
  eligible.hs6 AS hs6,
  eligible.heading AS heading,
  eligible.before AS before,
  eligible.after AS "rows",
  ROUND(eligible.months_before, 1) AS months_before,
  ROUND(eligible.months_after, 1) AS months_after,
  ROUND((eligible.after / eligible.months_after) / (eligible.before / eligible.months_before), 4) AS ratio,
  CAST($after_date AS DATE) AS after_date,
  CASE WHEN eligible.control_id IS NULL THEN 'no' ELSE 'yes' END AS controlled,
  LEAST(1.0, GREATEST(ROUND(tested.p_value, 12), 0.000000000001)) AS p_value,
  eligible.date_from AS date_from,
  eligible.date_to AS date_to,
  eligible.value_usd AS value_usd,
  eligible.net_kg AS net_kg,
  eligible.synthetic AS synthetic,
  eligible.party AS _party,
  ROUND(
    CASE WHEN eligible.control_id IS NULL THEN 0.5 ELSE 1.0 END
    * (0.5 * LEAST(1.0, LN((eligible.after / eligible.months_after) / (eligible.before / eligible.months_before)) / LN(20.0))
    + 0.5 * LEAST(1.0, -LN(GREATEST(ROUND(tested.p_value, 12), 0.000000000001)) / 27.6)),
    4
  ) AS strength,
  comparison.pairs AS compared
FROM eligible
INNER JOIN tested
  ON tested.party = eligible.party
  AND tested.heading = eligible.heading
CROSS JOIN comparison
LEFT JOIN parties
  ON parties.name_key = eligible.party
WHERE tested.p_value <= $most_p
-- evidence
-- A row: one shipment of the heading to the party, before or after the date.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  CASE WHEN trade.date <= CAST($after_date AS DATE) THEN 'before: ' ELSE 'after: ' END || CAST(trade.date AS VARCHAR) || ', code ' || trade.hs6 AS why
FROM found
INNER JOIN trade
  ON trade.consignee_key = found._party
  AND SUBSTR(trade.hs6, 1, 4) = found.heading
WHERE trade.date IS NOT NULL
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC

-- A row: one party in one file, the last day with its shipments before a silence that its own rate does not explain (`silences`),
-- and the lines (`lines`) and sums (`per_party`) of the party. A silence ends with the file or with the party's next shipment.
-- Reads: trade, sources, party_members; after `same_party`; parameters least_days, least_year, least_span, least_silent, longest_gap, most_p.
acts AS (
  SELECT
    trade.consignee_key AS name_key,
    trade.consignee_name AS name,
    trade.consignee_id AS identifier,
    trade.consignee_country AS party_country,
    trade.destination_country AS country,
    trade.hs6 AS hs6,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  WHERE trade.consignee_key IS NOT NULL
    AND trade.date IS NOT NULL
  UNION ALL
  SELECT
    trade.shipper_key AS name_key,
    trade.shipper_name AS name,
    trade.shipper_id AS identifier,
    trade.shipper_country AS party_country,
    trade.dispatch_country AS country,
    trade.hs6 AS hs6,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  WHERE trade.shipper_key IS NOT NULL
    AND trade.date IS NOT NULL
    AND (trade.consignee_key IS NULL OR trade.shipper_key <> trade.consignee_key)
),
lines AS (
  SELECT
    COALESCE(same_party.party, acts.name_key) AS party,
    acts.name AS name,
    acts.country AS country,
    acts.hs6 AS hs6,
    acts.source_id AS source_id,
    acts.row_number AS row_number,
    acts.date AS date,
    acts.value_usd AS value_usd,
    acts.net_kg AS net_kg
  FROM acts
  LEFT JOIN same_party
    ON same_party.name_key = acts.name_key
    AND same_party.identifier = COALESCE(acts.identifier, '')
    AND same_party.country = COALESCE(acts.party_country, '')
),
covered AS (
  SELECT
    trade.source_id AS source_id,
    MAX(trade.date) AS last_date,
    -- a file of months has every date on one day of the month
    CASE WHEN MIN(EXTRACT(DAY FROM trade.date)) = MAX(EXTRACT(DAY FROM trade.date)) THEN 1 ELSE 0 END AS monthly
  FROM trade
  GROUP BY
    trade.source_id
),
-- months that a source has rows of, numbered one after the other: what lies between two of them is covered where the numbers say so
covered_months AS (
  SELECT
    months.source_id AS source_id,
    months.month_number AS month_number,
    ROW_NUMBER() OVER (PARTITION BY months.source_id ORDER BY months.month_number ASC) AS place
  FROM (
    SELECT DISTINCT
      trade.source_id AS source_id,
      EXTRACT(YEAR FROM trade.date) * 12 + EXTRACT(MONTH FROM trade.date) AS month_number
    FROM trade
    WHERE trade.date IS NOT NULL
  ) AS months
),
per_party AS (
  SELECT
    lines.party AS party,
    lines.source_id AS source_id,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
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
    lines.source_id
),
days AS (
  SELECT
    lines.party AS party,
    lines.source_id AS source_id,
    lines.date AS date,
    DATEDIFF('day', CAST('1900-01-01' AS DATE), lines.date) AS day_number,
    DATEDIFF('day', LAG(lines.date) OVER (PARTITION BY lines.party, lines.source_id ORDER BY lines.date ASC), lines.date) AS gap,
    LEAD(lines.date) OVER (PARTITION BY lines.party, lines.source_id ORDER BY lines.date ASC) AS next_date
  FROM (
    SELECT DISTINCT
      lines.party AS party,
      lines.source_id AS source_id,
      lines.date AS date
    FROM lines
  ) AS lines
),
-- after each day of shipments: what the records showed of the party up to then
histories AS (
  SELECT
    days.party AS party,
    days.source_id AS source_id,
    days.date AS date,
    days.next_date AS next_date,
    COALESCE(days.next_date, covered.last_date) AS silent_until,
    DATEDIFF('day', days.date, COALESCE(days.next_date, covered.last_date)) AS silent,
    covered.monthly AS monthly,
    ROW_NUMBER() OVER (PARTITION BY days.party, days.source_id ORDER BY days.day_number ASC) AS days,
    MIN(days.date) OVER (PARTITION BY days.party, days.source_id) AS first_date,
    COUNT(*) OVER (PARTITION BY days.party, days.source_id) AS looks,
    COUNT(*) OVER (PARTITION BY days.party, days.source_id ORDER BY days.day_number ASC RANGE BETWEEN 729 PRECEDING AND CURRENT ROW) AS recent_days,
    COUNT(*) OVER (PARTITION BY days.party, days.source_id ORDER BY days.day_number ASC RANGE BETWEEN 364 PRECEDING AND CURRENT ROW) AS days_of_year,
    MAX(days.gap) OVER (PARTITION BY days.party, days.source_id ORDER BY days.day_number ASC RANGE BETWEEN 729 PRECEDING AND CURRENT ROW) AS longest_gap
  FROM days
  INNER JOIN covered
    ON covered.source_id = days.source_id
),
steady AS (
  SELECT
    COUNT(*) AS parties
  FROM histories
  WHERE histories.next_date IS NULL
    AND histories.recent_days >= $least_days
),
judged AS (
  SELECT
    histories.party AS party,
    histories.source_id AS source_id,
    histories.date AS date,
    histories.next_date AS next_date,
    histories.silent AS silent,
    histories.days AS days,
    histories.days_of_year AS days_of_year,
    histories.longest_gap AS longest_gap,
    CASE
      WHEN histories.monthly = 1
        THEN POWER(
          1.0 - (CAST(histories.days_of_year AS DOUBLE) + 1.0) / 14.0,
          month_after.month_number - month_before.month_number - CASE WHEN histories.next_date IS NULL THEN 0 ELSE 1 END
        )
      ELSE EXP(-CAST(histories.days_of_year AS DOUBLE) / 365.0 * histories.silent)
    END * CASE WHEN histories.next_date IS NULL THEN 1 ELSE histories.looks END AS chance
  FROM histories
  INNER JOIN covered_months AS month_before
    ON month_before.source_id = histories.source_id
    AND month_before.month_number = EXTRACT(YEAR FROM histories.date) * 12 + EXTRACT(MONTH FROM histories.date)
  INNER JOIN covered_months AS month_after
    ON month_after.source_id = histories.source_id
    AND month_after.month_number = EXTRACT(YEAR FROM histories.silent_until) * 12 + EXTRACT(MONTH FROM histories.silent_until)
  WHERE histories.recent_days >= $least_days
    AND histories.days_of_year >= $least_year
    AND DATEDIFF('day', histories.first_date, histories.date) >= $least_span
    AND histories.silent >= $least_silent
    AND histories.silent >= $longest_gap * histories.longest_gap
    AND month_after.month_number - month_before.month_number = month_after.place - month_before.place
),
-- shipments that other files have of the party while this one is silent
elsewhere AS (
  SELECT DISTINCT
    judged.party AS party,
    judged.source_id AS source_id,
    judged.date AS date
  FROM judged
  INNER JOIN lines
    ON lines.party = judged.party
  WHERE lines.source_id <> judged.source_id
    AND lines.date > judged.date
    AND DATEDIFF('day', judged.date, lines.date) < judged.silent
),
silences AS (
  SELECT
    judged.party AS party,
    judged.source_id AS source_id,
    judged.date AS date,
    judged.next_date AS next_date,
    judged.silent AS silent,
    judged.days AS days,
    judged.days_of_year AS days_of_year,
    judged.longest_gap AS longest_gap,
    GREATEST(ROUND(judged.chance, 12), 0.000000000001) AS chance
  FROM judged
  LEFT JOIN elsewhere
    ON elsewhere.party = judged.party
    AND elsewhere.source_id = judged.source_id
    AND elsewhere.date = judged.date
  WHERE judged.chance <= $most_p
    AND elsewhere.party IS NULL
)

-- id: trade_stops
-- title: Trade stops in a month
-- subject: country
-- meaning: Goods of one country of origin arrived month after month and then, after one month, in none of those that follow in the records: longer than any pause before, and longer than chance would leave. A trade that had faded by its last year does not count.
-- source: Event dating by the last active month; chance of the silence as (1 - share of active months) to the power of its months, as for independent months (binomial); literature on trade sanctions as summarised in UN and WITS notes on bilateral trade series. Absence is judged only over months that the source covers.
-- statement: In {file}, {subject:country} is the origin of goods in {active:int} of {months:int} months up to {last_month} and in none of the {silent:int} months that this file covers after it (longest pause before: {pause:int} months); last receivers: {last_receivers}; shipments of that origin in those months in other files of the case: {elsewhere:int}
-- innocent: A closed mine, refinery or contract; a seasonal trade; goods that other files of the case show by another way; a change in how origin is recorded; records that end early for this origin.
-- reads: trade, sources
-- parameter.least_active: 6 | least number of active months before the stop
-- parameter.most_chance: 0.001 | most chance of so long a silence in a trade that was active in this share of months
-- parameter.most_chance_of_year: 0.01 | most chance of it at the share of active months of the last year, of which there are but twelve
-- parameter.least_pauses: 2 | how many times as long as the longest pause before the silence must be at least
-- parameter.least_silent: 6 | least number of covered months after it
-- A row: one country of origin in one source whose trade stops.
WITH months AS (
  SELECT
    trade.source_id AS source_id,
    trade.origin_country AS country,
    EXTRACT(YEAR FROM trade.date) * 12 + EXTRACT(MONTH FROM trade.date) AS month_number,
    MIN(trade.date) AS first_date,
    MAX(trade.date) AS last_date,
    COUNT(*) AS shipments,
    MIN(trade.consignee_name) AS one_receiver,
    MAX(trade.consignee_name) AS another_receiver,
    COUNT(DISTINCT trade.consignee_key) AS receivers,
    SUM(CAST(trade.value_usd AS DECIMAL(18, 2))) AS value_usd,
    SUM(CAST(trade.net_kg AS DECIMAL(18, 3))) AS net_kg
  FROM trade
  WHERE trade.origin_country IS NOT NULL
    AND trade.date IS NOT NULL
  GROUP BY
    trade.source_id,
    trade.origin_country,
    EXTRACT(YEAR FROM trade.date) * 12 + EXTRACT(MONTH FROM trade.date)
),
steps AS (
  SELECT
    months.source_id AS source_id,
    months.country AS country,
    months.month_number
    - LAG(months.month_number) OVER (PARTITION BY months.source_id, months.country ORDER BY months.month_number ASC)
    - 1 AS pause
  FROM months
),
pauses AS (
  SELECT
    steps.source_id AS source_id,
    steps.country AS country,
    COALESCE(MAX(steps.pause), 0) AS pause
  FROM steps
  GROUP BY
    steps.source_id,
    steps.country
),
covered AS (
  SELECT
    months.source_id AS source_id,
    MAX(months.month_number) AS last_number
  FROM months
  GROUP BY
    months.source_id
),
series AS (
  SELECT
    months.source_id AS source_id,
    months.country AS country,
    MIN(months.month_number) AS first_number,
    MAX(months.month_number) AS last_number,
    COUNT(*) AS active,
    SUM(months.shipments) AS "rows",
    MIN(months.first_date) AS date_from,
    MAX(months.last_date) AS date_to,
    CAST(SUM(months.value_usd) AS DOUBLE) AS value_usd,
    CAST(SUM(months.net_kg) AS DOUBLE) AS net_kg
  FROM months
  GROUP BY
    months.source_id,
    months.country
),
-- months with shipments among the twelve up to the last one: a trade that had faded by then does not stop in a month
last_year AS (
  SELECT
    series.source_id AS source_id,
    series.country AS country,
    COUNT(*) AS active
  FROM series
  INNER JOIN months
    ON months.source_id = series.source_id
    AND months.country = series.country
  WHERE months.month_number > series.last_number - 12
  GROUP BY
    series.source_id,
    series.country
),
-- what other files hold of the origin in the months in which this one is silent: the silence is one file's and not the country's
elsewhere AS (
  SELECT
    series.source_id AS source_id,
    series.country AS country,
    SUM(months.shipments) AS shipments
  FROM series
  INNER JOIN covered
    ON covered.source_id = series.source_id
  INNER JOIN months
    ON months.country = series.country
    AND months.source_id <> series.source_id
  WHERE months.month_number > series.last_number
    AND months.month_number <= covered.last_number
  GROUP BY
    series.source_id,
    series.country
)
SELECT
  series.source_id || '|' || series.country AS subject_key,
  series.country AS subject,
  series.country AS country,
  series.active AS active,
  series.last_number - series.first_number + 1 AS months,
  covered.last_number - series.last_number AS silent,
  pauses.pause AS pause,
  last_year.active AS active_of_year,
  SUBSTR(CAST(series.date_to AS VARCHAR), 1, 7) AS last_month,
  CASE WHEN final_month.receivers = 1 THEN final_month.one_receiver WHEN final_month.receivers = 2 THEN final_month.one_receiver || ', ' || final_month.another_receiver ELSE final_month.one_receiver || ', ' || final_month.another_receiver || ' and ' || CAST(final_month.receivers - 2 AS VARCHAR) || ' more' END AS last_receivers,
  series."rows" AS "rows",
  series.date_from AS date_from,
  series.date_to AS date_to,
  series.value_usd AS value_usd,
  series.net_kg AS net_kg,
  sources.synthetic AS synthetic,
  REGEXP_REPLACE(sources.path, '^.*/', '') || COALESCE(' [' || sources.part || ']', '') AS file,
  COALESCE(elsewhere.shipments, 0) AS elsewhere,
  series.source_id AS _source,
  ROUND(
    0.4 * CAST(series.active AS DOUBLE) / (series.last_number - series.first_number + 1)
    + 0.3 * LEAST(1.0, CAST(covered.last_number - series.last_number AS DOUBLE) / 24.0)
    + 0.3 * LEAST(1.0, LN(1.0 + series."rows") / LN(1000.0)),
    4
  ) AS strength,
  (SELECT COUNT(*) FROM series AS every_series) AS compared
FROM series
INNER JOIN covered
  ON covered.source_id = series.source_id
INNER JOIN pauses
  ON pauses.source_id = series.source_id
  AND pauses.country = series.country
INNER JOIN last_year
  ON last_year.source_id = series.source_id
  AND last_year.country = series.country
INNER JOIN months AS final_month
  ON final_month.source_id = series.source_id
  AND final_month.country = series.country
  AND final_month.month_number = series.last_number
INNER JOIN sources
  ON sources.source_id = series.source_id
LEFT JOIN elsewhere
  ON elsewhere.source_id = series.source_id
  AND elsewhere.country = series.country
WHERE series.active >= $least_active
  AND POWER(
    1.0 - CAST(series.active AS DOUBLE) / (series.last_number - series.first_number + 1),
    covered.last_number - series.last_number
  ) <= $most_chance
  AND POWER(1.0 - CAST(last_year.active AS DOUBLE) / 12.0, covered.last_number - series.last_number) <= $most_chance_of_year
  AND covered.last_number - series.last_number >= $least_pauses * pauses.pause
  AND covered.last_number - series.last_number >= $least_silent
-- evidence
-- A row: one shipment from the country, the latest first.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  CAST(trade.date AS VARCHAR) || ': ' || COALESCE(trade.consignee_name, 'receiver not stated') AS why
FROM found
INNER JOIN trade
  ON trade.source_id = found._source
  AND trade.origin_country = found.country
WHERE trade.date IS NOT NULL
ORDER BY
  found.subject_key ASC,
  trade.date DESC,
  trade.row_number ASC

-- id: trade_stops_party
-- title: A party's steady trade stops
-- subject: party
-- meaning: A party that traded steadily for a year or more, up to its last month, does not appear in the records afterwards, for longer than its own rate explains.
-- source: Event dating by the last active month, judged by the party's own rate: chance of a silence of that length under a Poisson process (Cox and Lewis, The Statistical Analysis of Series of Events, 1966); UN and WITS notes on bilateral trade series for the reading of absences.
-- statement: {subject} traded on {days:int} days up to {last_day}, {per_month:ratio} a month in its last year, and does not appear in the {silent:int} days that the records cover after it (chance at its own rate {p_value:p})
-- innocent: Firms close, merge, move or change their names; a contract ends; a supplier changes; the trade may go on by a route that these records do not cover.
-- reads: trade, sources, parties, party_members
-- include: same_party
-- parameter.least_days: 12 | least number of days with shipments in the last two years before the stop
-- parameter.least_span: 365 | least number of days between the first and the last shipment
-- parameter.least_silent: 150 | least number of covered days after the last shipment
-- parameter.most_p: 0.001 | largest chance of such a silence at the party's rate of its last year
-- parameter.longest_gap: 2.0 | the silence is at least this many times the longest gap of the party's last two years
-- common
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
)
-- query
-- A row: one party whose trade stops.
WITH covered AS (
  SELECT
    trade.source_id AS source_id,
    MAX(trade.date) AS last_date
  FROM trade
  GROUP BY
    trade.source_id
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
    DATEDIFF('day', LAG(lines.date) OVER (PARTITION BY lines.party, lines.source_id ORDER BY lines.date ASC), lines.date) AS gap
  FROM (
    SELECT DISTINCT
      lines.party AS party,
      lines.source_id AS source_id,
      lines.date AS date
    FROM lines
  ) AS lines
),
rates AS (
  SELECT
    per_party.party AS party,
    per_party.source_id AS source_id,
    COUNT(*) AS days,
    COUNT(CASE WHEN DATEDIFF('day', days.date, per_party.date_to) < 730 THEN days.date END) AS recent_days,
    COUNT(CASE WHEN DATEDIFF('day', days.date, per_party.date_to) < 365 THEN days.date END) AS days_of_year,
    MAX(CASE WHEN DATEDIFF('day', days.date, per_party.date_to) < 730 THEN days.gap END) AS longest_gap
  FROM per_party
  INNER JOIN days
    ON days.party = per_party.party
    AND days.source_id = per_party.source_id
  GROUP BY
    per_party.party,
    per_party.source_id
),
steady AS (
  SELECT
    COUNT(*) AS parties
  FROM rates
  WHERE rates.recent_days >= $least_days
)
SELECT
  per_party.party || '|' || per_party.source_id AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  rates.days AS days,
  ROUND(CAST(rates.days_of_year AS DOUBLE) / 12.0, 2) AS per_month,
  CAST(per_party.date_to AS VARCHAR) AS last_day,
  DATEDIFF('day', per_party.date_to, covered.last_date) AS silent,
  rates.longest_gap AS longest_gap,
  GREATEST(ROUND(EXP(-CAST(rates.days_of_year AS DOUBLE) / 365.0 * DATEDIFF('day', per_party.date_to, covered.last_date)), 12), 0.000000000001) AS p_value,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  per_party.source_id AS _source,
  ROUND(
    0.6 * LEAST(1.0, CAST(rates.days_of_year AS DOUBLE) / 365.0 * DATEDIFF('day', per_party.date_to, covered.last_date) / 27.6)
    + 0.4 * LEAST(1.0, LN(1.0 + rates.days) / LN(200.0)),
    4
  ) AS strength,
  steady.parties AS compared
FROM per_party
INNER JOIN rates
  ON rates.party = per_party.party
  AND rates.source_id = per_party.source_id
INNER JOIN covered
  ON covered.source_id = per_party.source_id
CROSS JOIN steady
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE rates.recent_days >= $least_days
  AND DATEDIFF('day', per_party.date_from, per_party.date_to) >= $least_span
  AND DATEDIFF('day', per_party.date_to, covered.last_date) >= $least_silent
  AND DATEDIFF('day', per_party.date_to, covered.last_date) >= $longest_gap * rates.longest_gap
  AND EXP(-CAST(rates.days_of_year AS DOUBLE) / 365.0 * DATEDIFF('day', per_party.date_to, covered.last_date)) <= $most_p
-- evidence
-- A row: one shipment of the party, the latest first.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'shipment on ' || CAST(lines.date AS VARCHAR) AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.source_id = found._source
ORDER BY
  found.subject_key ASC,
  lines.date DESC,
  lines.row_number ASC

-- id: many_small_shipments
-- title: Many small shipments to one user
-- subject: party
-- meaning: Within weeks one consignee received many small shipments of one heading of controlled goods, from one shipper or from several, far more than at its usual pace. One consignment declared in many lines is one shipment: lines of one shipper on one day count as one.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (last-minute and split orders; many small transactions); trade-based money-laundering literature on the splitting of consignments (FATF and Egmont Group, Trade-Based Money Laundering, December 2020).
-- statement: {subject} received {rows:int} shipments of heading {heading} worth at most {most_value:usd} each between {date_from} and {date_to}, {ratio:ratio} times its usual pace (shippers: {shippers:int}; {value_usd:usd}, {net_kg:kg})
-- innocent: Spare parts and samples come in small lots; online marketplaces split orders by seller; just-in-time deliveries are frequent and small, at the same pace all year.
-- reads: trade, sources, parties, party_members
-- include: same_party, sides
-- parameter.window_days: 90 | days within which they come
-- parameter.least_rows: 18 | least number of small shipments in the window
-- parameter.least_shippers: 1 | least number of shippers in the window; a single supplier splits its orders too
-- parameter.least_apart: 0.5 | least share of the lines that are consignments of their own, from another shipper or on another day; a line of which only the month is known counts as one
-- parameter.most_value: 5000.0 | largest value of a small shipment, USD
-- parameter.least_ratio: 3.0 | least ratio to the pace over the whole time of the records
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- A row: one consignee and heading with its busiest window.
WITH span AS (
  SELECT
    trade.source_id AS source_id,
    DATEDIFF('day', MIN(trade.date), MAX(trade.date)) + 1 AS days
  FROM trade
  WHERE trade.date IS NOT NULL
  GROUP BY
    trade.source_id
),
small AS (
  SELECT
    sides.consignee AS party,
    trade.consignee_name AS name,
    sides.shipper AS shipper,
    SUBSTR(trade.hs6, 1, 4) AS heading,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    trade.destination_country AS country,
    trade.date AS date,
    DATEDIFF('day', CAST('1970-01-01' AS DATE), trade.date) AS day,
    CASE WHEN trade.date_precision = 'day' THEN CONCAT(COALESCE(sides.shipper, '?'), '|', CAST(trade.date AS VARCHAR)) ELSE CONCAT(trade.source_id, ':', CAST(trade.row_number AS VARCHAR)) END AS consignment,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    span.days AS days,
    sources.synthetic AS synthetic
  FROM trade
  INNER JOIN sides
    ON sides.source_id = trade.source_id
    AND sides.row_number = trade.row_number
  INNER JOIN span
    ON span.source_id = trade.source_id
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE trade.consignee_key IS NOT NULL
    AND trade.control_id IS NOT NULL
    AND trade.date IS NOT NULL
    AND trade.value_usd <= $most_value
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
),
counted AS (
  SELECT
    small.party AS party,
    small.heading AS heading,
    small.day AS day,
    COUNT(*) OVER (
      PARTITION BY small.party, small.heading
      ORDER BY small.day ASC
      RANGE BETWEEN CAST($window_days AS INTEGER) PRECEDING AND CURRENT ROW
    ) AS in_window,
    COUNT(*) OVER (PARTITION BY small.party, small.heading) AS in_all,
    small.days AS days
  FROM small
),
ranked AS (
  SELECT
    counted.party AS party,
    counted.heading AS heading,
    counted.day AS day,
    counted.in_window AS in_window,
    counted.in_all AS in_all,
    counted.days AS days,
    ROW_NUMBER() OVER (PARTITION BY counted.party, counted.heading ORDER BY counted.in_window DESC, counted.day ASC) AS place
  FROM counted
),
peaks AS (
  SELECT
    ranked.party AS party,
    ranked.heading AS heading,
    ranked.day AS day,
    ranked.in_window AS in_window,
    CAST(ranked.in_window AS DOUBLE) / $window_days
    / ((ranked.in_all - ranked.in_window + 1.0) / GREATEST(ranked.days - $window_days, 1)) AS ratio
  FROM ranked
  WHERE ranked.place = 1
),
everyone AS (
  SELECT
    COUNT(*) AS parties
  FROM peaks
),
per_party AS (
  SELECT
    small.party AS party,
    small.heading AS heading,
    MIN(small.name) AS name,
    MIN(small.country) AS country,
    MIN(small.hs6) AS hs6,
    MIN(small.tier) AS tier,
    MIN(small.date) AS date_from,
    MAX(small.date) AS date_to,
    COUNT(*) AS "rows",
    COUNT(DISTINCT small.shipper) AS shippers,
    COUNT(DISTINCT small.consignment) AS consignments,
    MAX(peaks.ratio) AS ratio,
    CAST(SUM(CAST(small.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(small.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(small.synthetic) AS synthetic
  FROM small
  INNER JOIN peaks
    ON peaks.party = small.party
    AND peaks.heading = small.heading
  WHERE small.day BETWEEN peaks.day - $window_days AND peaks.day
    AND peaks.in_window >= $least_rows
    AND peaks.ratio >= $least_ratio
  GROUP BY
    small.party,
    small.heading
)
SELECT
  per_party.party || '|' || per_party.heading AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.heading AS heading,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.shippers AS shippers,
  ROUND(per_party.ratio, 4) AS ratio,
  $most_value AS most_value,
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  ROUND(
    0.4 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(100.0))
    + 0.3 * LEAST(1.0, LN(per_party.ratio) / LN(30.0))
    + 0.3 * LEAST(1.0, per_party.shippers / 6.0),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party.shippers >= $least_shippers
  AND per_party.consignments >= $least_apart * per_party."rows"
-- evidence
-- A row: one small shipment in the window.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'from ' || COALESCE(trade.shipper_name, 'an unnamed shipper') || ' on ' || CAST(trade.date AS VARCHAR) || ', USD ' || CAST(ROUND(trade.value_usd, 0) AS VARCHAR) AS why
FROM found
INNER JOIN sides
  ON sides.consignee = found._party
INNER JOIN trade
  ON trade.source_id = sides.source_id
  AND trade.row_number = sides.row_number
  AND SUBSTR(trade.hs6, 1, 4) = found.heading
WHERE trade.control_id IS NOT NULL
  AND trade.date BETWEEN found.date_from AND found.date_to
  AND trade.value_usd <= $most_value
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC

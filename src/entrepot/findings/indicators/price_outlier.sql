-- id: price_outlier
-- title: Pays far over the price of the comparison group
-- subject: party
-- meaning: The party paid several times, and again and again, more than others did for the same subheading, origin and twelve months. Records that an error of weight, quantity or value explains better are left out.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (paying over the market price); Pak and Zdanowicz, US Trade with the World, 2002 (quartiles of unit values); Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993 (robust z).
-- statement: {subject} paid {ratio:ratio} times the median of its group for {hs6} in {rows:int} shipments from {date_from} to {date_to} ({measure}: {unit_value:num} against quartiles {quartile_1:num} and {quartile_3:num}, n = {n:int}; robust z {robust_z:ratio})
-- innocent: One subheading holds cheap and dear models; small lots, rush orders, screened or military-grade parts cost more; the value may include services; the quantity may be counted in another unit.
-- reads: trade, price_outliers, unit_values, price_groups, sources, parties, party_members, code_doubts
-- include: same_party, grouped
-- parameter.least_z: 3.5 | least robust z of the logarithm (Iglewicz and Hoaglin)
-- parameter.least_ratio: 4.0 | least ratio to the upper quartile: one subheading holds goods of different kinds, whose prices reach three times the upper quartile and more on generated trade
-- parameter.least_rows: 2 | least number of such shipments of the party under one subheading
-- parameter.least_share: 0.25 | least share of the party's shipments under the subheading that cost so much
-- common
stands_out AS (
  SELECT
    price_outliers.shipment_id AS shipment_id,
    MAX(CASE WHEN price_outliers.measure = 'value_per_unit' AND price_outliers.side = 'above' THEN 1 ELSE 0 END) AS dear_per_unit,
    MAX(CASE WHEN price_outliers.measure = 'value_per_kg' AND price_outliers.side = 'above' THEN 1 ELSE 0 END) AS dear_per_kg,
    MAX(CASE WHEN price_outliers.measure = 'kg_per_unit' THEN 1 ELSE 0 END) AS odd_weight,
    MAX(CASE WHEN price_outliers.likely_error THEN 1 ELSE 0 END) AS likely_error
  FROM price_outliers
  WHERE ABS(price_outliers.robust_z) >= $least_z
    OR price_outliers.likely_error
  GROUP BY
    price_outliers.shipment_id
),
dear AS (
  SELECT
    price_outliers.shipment_id AS shipment_id,
    MIN(price_outliers.measure) AS measure,
    MIN(price_outliers.unit_value / price_outliers.median) AS ratio,
    MIN(price_outliers.unit_value / price_outliers.quartile_3) AS ratio_to_quartile,
    MIN(price_outliers.robust_z) AS robust_z,
    MIN(price_outliers.unit_value) AS unit_value,
    MIN(price_outliers.quartile_1) AS quartile_1,
    MIN(price_outliers.median) AS median,
    MIN(price_outliers.quartile_3) AS quartile_3,
    MIN(price_outliers.n) AS n
  FROM price_outliers
  INNER JOIN stands_out
    ON stands_out.shipment_id = price_outliers.shipment_id
  LEFT JOIN grouped
    ON grouped.shipment_id = price_outliers.shipment_id
    AND grouped.per_unit = 1
  WHERE price_outliers.measure = CASE WHEN stands_out.dear_per_unit = 1 AND stands_out.dear_per_kg = 0 THEN 'value_per_unit' ELSE 'value_per_kg' END
    AND price_outliers.side = 'above'
    AND price_outliers.robust_z >= $least_z
    AND price_outliers.unit_value >= $least_ratio * price_outliers.quartile_3
    AND stands_out.likely_error = 0
    AND stands_out.odd_weight = 0
    AND (stands_out.dear_per_unit = 1 OR grouped.per_unit IS NULL)
  GROUP BY
    price_outliers.shipment_id
),
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    SUBSTR(trade.hs6, 1, 6) AS hs6,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    dear.measure AS measure,
    dear.ratio AS ratio,
    dear.ratio_to_quartile AS ratio_to_quartile,
    dear.robust_z AS robust_z,
    dear.unit_value AS unit_value,
    dear.quartile_1 AS quartile_1,
    dear.median AS median,
    dear.quartile_3 AS quartile_3,
    dear.n AS n
  FROM trade
  INNER JOIN dear
    ON dear.shipment_id = trade.source_id || ':' || CAST(trade.row_number AS VARCHAR)
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND code_doubts.row_number IS NULL
)
-- query
-- A row: one consignee and one subheading.
WITH per_party AS (
  SELECT
    lines.party AS party,
    lines.hs6 AS hs6,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.measure) AS measure,
    CAST(SUM(CAST(LN(lines.ratio) AS DECIMAL(18, 6))) AS DOUBLE) / COUNT(*) AS log_ratio,
    MIN(lines.robust_z) AS robust_z,
    MIN(lines.unit_value) AS unit_value,
    MIN(lines.quartile_1) AS quartile_1,
    MIN(lines.quartile_3) AS quartile_3,
    MIN(lines.n) AS n,
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
    lines.hs6
),
bought AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.hs6 AS hs6,
    COUNT(*) AS shipments
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
  GROUP BY
    COALESCE(same_party.party, trade.consignee_key),
    trade.hs6
),
everyone AS (
  SELECT
    COUNT(*) AS parties
  FROM bought
  WHERE bought.shipments >= $least_rows
)
SELECT
  per_party.party || '|' || per_party.hs6 AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  CASE WHEN per_party.measure = 'value_per_unit' THEN 'value per unit' ELSE 'value per kilogram' END AS measure,
  ROUND(EXP(per_party.log_ratio), 4) AS ratio,
  per_party.robust_z AS robust_z,
  per_party.unit_value AS unit_value,
  per_party.quartile_1 AS quartile_1,
  per_party.quartile_3 AS quartile_3,
  per_party.n AS n,
  bought.shipments AS shipments,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  ROUND(
    0.5 * LEAST(1.0, per_party.log_ratio / LN(20.0))
    + 0.2 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(20.0))
    + 0.3 * CAST(per_party."rows" AS DOUBLE) / bought.shipments,
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
INNER JOIN bought
  ON bought.party = per_party.party
  AND bought.hs6 = per_party.hs6
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party."rows" >= $least_rows
  AND CAST(per_party."rows" AS DOUBLE) / bought.shipments >= $least_share
-- evidence
-- A row: one shipment with its unit value and the group that it is compared with.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  CASE WHEN lines.measure = 'value_per_unit' THEN 'value per unit ' ELSE 'value per kilogram ' END || CAST(ROUND(lines.unit_value, 2) AS VARCHAR) || ', median of its group ' || CAST(ROUND(lines.median, 2) AS VARCHAR) || ' (n = ' || CAST(lines.n AS VARCHAR) || ')' AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.hs6 = found.hs6
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC

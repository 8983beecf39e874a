-- id: price_outlier
-- title: Pays far over the price of the comparison group
-- subject: party
-- meaning: The party paid several times, and again and again, more than others did for the same subheading, origin and twelve months. A party with a twentieth or more of its group is compared with the other buyers alone. Records that an error of weight, quantity or value explains better are left out; an odd weight explains a price where it is off by at least half of the factor.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (paying over the market price); Pak and Zdanowicz, US Trade with the World, 2002 (quartiles of unit values); Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993 (robust z).
-- statement: {subject} paid {ratio:ratio} times the median of its group for {hs6} in {rows:int} shipments from {date_from} to {date_to} ({measure}: {unit_value:num} against quartiles {quartile_1:num} and {quartile_3:num}, n = {n:int}; robust z {robust_z:ratio})
-- innocent: One subheading holds cheap and dear models; small lots, rush orders, screened or military-grade parts cost more; the value may include services; the quantity may be counted in another unit.
-- reads: trade, price_outliers, unit_values, price_groups, sources, parties, party_members, code_doubts
-- include: same_party, grouped
-- parameter.least_z: 3.5 | least robust z of the logarithm (Iglewicz and Hoaglin)
-- parameter.least_ratio: 4.0 | least ratio to the upper quartile: one subheading holds goods of different kinds, whose prices reach three times the upper quartile and more on generated trade
-- parameter.least_rows: 2 | least number of such shipments of the party under one subheading
-- parameter.least_share: 0.25 | least share of the party's shipments under the subheading that cost so much
-- parameter.least_own_share: 0.05 | a party with so large a share of its group is compared with the other buyers' records alone, since its own would raise the quartiles
-- parameter.least_others: 20 | least number of these, so that five lie above the upper quartile; with fewer the whole group is taken
-- parameter.least_log_mad: 0.02 | floor of the spread: among equal prices the smallest difference would else stand out
-- common
buyers AS (
  SELECT
    trade.source_id || ':' || CAST(trade.row_number AS VARCHAR) AS shipment_id,
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.hs6 AS hs6
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
),
bought AS (
  SELECT
    buyers.party AS party,
    buyers.hs6 AS hs6,
    COUNT(*) AS shipments
  FROM buyers
  GROUP BY
    buyers.party,
    buyers.hs6
),
weighty AS (
  SELECT
    buyers.party AS party,
    buyers.hs6 AS hs6,
    price_outliers.measure AS measure
  FROM price_outliers
  INNER JOIN buyers
    ON buyers.shipment_id = price_outliers.shipment_id
  INNER JOIN bought
    ON bought.party = buyers.party
    AND bought.hs6 = buyers.hs6
  WHERE price_outliers.measure <> 'kg_per_unit'
    AND price_outliers.side = 'above'
    AND NOT price_outliers.likely_error
    AND bought.shipments >= $least_rows
    AND bought.shipments >= $least_own_share * price_outliers.n
    AND price_outliers.unit_value >= $least_ratio * price_outliers.median
  GROUP BY
    buyers.party,
    buyers.hs6,
    price_outliers.measure
),
own AS (
  SELECT
    weighty.party AS party,
    unit_values.shipment_id AS shipment_id,
    unit_values.measure AS measure,
    unit_values.hs6 AS hs6,
    CASE WHEN own_origin.group_id IS NULL THEN '*' ELSE unit_values.origin_country END AS origin,
    COALESCE(unit_values.quantity_unit, '') AS unit,
    COALESCE(unit_values.currency, '') AS currency,
    unit_values.period_from AS period_from,
    unit_values.unit_value AS unit_value,
    unit_values.log_value AS log_value
  FROM weighty
  INNER JOIN buyers
    ON buyers.party = weighty.party
    AND buyers.hs6 = weighty.hs6
  INNER JOIN unit_values
    ON unit_values.shipment_id = buyers.shipment_id
    AND unit_values.measure = weighty.measure
  LEFT JOIN price_groups AS own_origin
    ON own_origin.measure = unit_values.measure
    AND own_origin.hs6 = unit_values.hs6
    AND own_origin.origin_country = unit_values.origin_country
    AND COALESCE(own_origin.quantity_unit, '') = COALESCE(unit_values.quantity_unit, '')
    AND COALESCE(own_origin.currency, '') = COALESCE(unit_values.currency, '')
    AND own_origin.period_from = unit_values.period_from
),
group_of_own AS (
  SELECT
    own.party AS party,
    own.measure AS measure,
    own.hs6 AS hs6,
    own.origin AS origin,
    own.unit AS unit,
    own.currency AS currency,
    own.period_from AS period_from
  FROM own
  INNER JOIN price_groups
    ON price_groups.measure = own.measure
    AND price_groups.hs6 = own.hs6
    AND COALESCE(price_groups.origin_country, '*') = own.origin
    AND COALESCE(price_groups.quantity_unit, '') = own.unit
    AND COALESCE(price_groups.currency, '') = own.currency
    AND price_groups.period_from = own.period_from
  GROUP BY
    own.party,
    own.measure,
    own.hs6,
    own.origin,
    own.unit,
    own.currency,
    own.period_from
  HAVING COUNT(*) >= $least_own_share * MIN(price_groups.n)
),
others AS (
  SELECT
    group_of_own.party AS party,
    group_of_own.measure AS measure,
    group_of_own.hs6 AS hs6,
    group_of_own.origin AS origin,
    group_of_own.unit AS unit,
    group_of_own.currency AS currency,
    group_of_own.period_from AS period_from,
    unit_values.unit_value AS unit_value,
    unit_values.log_value AS log_value
  FROM group_of_own
  INNER JOIN unit_values
    ON unit_values.measure = group_of_own.measure
    AND unit_values.hs6 = group_of_own.hs6
    AND COALESCE(unit_values.quantity_unit, '') = group_of_own.unit
    AND COALESCE(unit_values.currency, '') = group_of_own.currency
    AND unit_values.period_from = group_of_own.period_from
    AND (group_of_own.origin = '*' OR group_of_own.origin = unit_values.origin_country)
  LEFT JOIN buyers
    ON buyers.shipment_id = unit_values.shipment_id
  WHERE buyers.party IS NULL
    OR buyers.party <> group_of_own.party
),
without_own AS (
  SELECT
    others.party AS party,
    others.measure AS measure,
    others.hs6 AS hs6,
    others.origin AS origin,
    others.unit AS unit,
    others.currency AS currency,
    others.period_from AS period_from,
    COUNT(*) AS n,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY others.unit_value) AS quartile_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY others.unit_value) AS median,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY others.unit_value) AS quartile_3,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY others.log_value) AS log_median
  FROM others
  GROUP BY
    others.party,
    others.measure,
    others.hs6,
    others.origin,
    others.unit,
    others.currency,
    others.period_from
  HAVING COUNT(*) >= $least_others
),
spread AS (
  SELECT
    without_own.party AS party,
    without_own.measure AS measure,
    without_own.hs6 AS hs6,
    without_own.origin AS origin,
    without_own.unit AS unit,
    without_own.currency AS currency,
    without_own.period_from AS period_from,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ABS(others.log_value - without_own.log_median)) AS log_mad
  FROM without_own
  INNER JOIN others
    ON others.party = without_own.party
    AND others.measure = without_own.measure
    AND others.hs6 = without_own.hs6
    AND others.origin = without_own.origin
    AND others.unit = without_own.unit
    AND others.currency = without_own.currency
    AND others.period_from = without_own.period_from
  GROUP BY
    without_own.party,
    without_own.measure,
    without_own.hs6,
    without_own.origin,
    without_own.unit,
    without_own.currency,
    without_own.period_from
),
apart AS (
  SELECT
    own.shipment_id AS shipment_id,
    own.measure AS measure,
    own.unit_value AS unit_value,
    without_own.quartile_1 AS quartile_1,
    without_own.median AS median,
    without_own.quartile_3 AS quartile_3,
    without_own.n AS n,
    0.6745 * (own.log_value - without_own.log_median) / GREATEST(spread.log_mad, $least_log_mad) AS robust_z
  FROM own
  INNER JOIN without_own
    ON without_own.party = own.party
    AND without_own.measure = own.measure
    AND without_own.hs6 = own.hs6
    AND without_own.origin = own.origin
    AND without_own.unit = own.unit
    AND without_own.currency = own.currency
    AND without_own.period_from = own.period_from
  INNER JOIN spread
    ON spread.party = own.party
    AND spread.measure = own.measure
    AND spread.hs6 = own.hs6
    AND spread.origin = own.origin
    AND spread.unit = own.unit
    AND spread.currency = own.currency
    AND spread.period_from = own.period_from
),
priced AS (
  SELECT
    apart.shipment_id AS shipment_id,
    apart.measure AS measure,
    apart.unit_value AS unit_value,
    apart.quartile_1 AS quartile_1,
    apart.median AS median,
    apart.quartile_3 AS quartile_3,
    apart.n AS n,
    apart.robust_z AS robust_z
  FROM apart
  WHERE apart.robust_z >= $least_z
  UNION ALL
  SELECT
    price_outliers.shipment_id AS shipment_id,
    price_outliers.measure AS measure,
    price_outliers.unit_value AS unit_value,
    price_outliers.quartile_1 AS quartile_1,
    price_outliers.median AS median,
    price_outliers.quartile_3 AS quartile_3,
    price_outliers.n AS n,
    price_outliers.robust_z AS robust_z
  FROM price_outliers
  LEFT JOIN apart
    ON apart.shipment_id = price_outliers.shipment_id
    AND apart.measure = price_outliers.measure
  WHERE apart.shipment_id IS NULL
    AND price_outliers.measure <> 'kg_per_unit'
    AND price_outliers.side = 'above'
    AND price_outliers.robust_z >= $least_z
),
explained AS (
  SELECT DISTINCT
    price_outliers.shipment_id AS shipment_id
  FROM price_outliers
  WHERE price_outliers.likely_error
    OR (
      price_outliers.measure = 'kg_per_unit'
      AND ABS(price_outliers.robust_z) >= $least_z
      AND ABS(LN(price_outliers.unit_value / price_outliers.median)) >= 0.5 * LN($least_ratio)
    )
),
stands_out AS (
  SELECT
    priced.shipment_id AS shipment_id,
    MAX(CASE WHEN priced.measure = 'value_per_unit' THEN 1 ELSE 0 END) AS dear_per_unit,
    MAX(CASE WHEN priced.measure = 'value_per_kg' THEN 1 ELSE 0 END) AS dear_per_kg
  FROM priced
  GROUP BY
    priced.shipment_id
),
dear AS (
  SELECT
    priced.shipment_id AS shipment_id,
    priced.measure AS measure,
    priced.unit_value / priced.median AS ratio,
    priced.robust_z AS robust_z,
    priced.unit_value AS unit_value,
    priced.quartile_1 AS quartile_1,
    priced.median AS median,
    priced.quartile_3 AS quartile_3,
    priced.n AS n
  FROM priced
  INNER JOIN stands_out
    ON stands_out.shipment_id = priced.shipment_id
  LEFT JOIN grouped
    ON grouped.shipment_id = priced.shipment_id
    AND grouped.per_unit = 1
  LEFT JOIN explained
    ON explained.shipment_id = priced.shipment_id
  WHERE priced.measure = CASE WHEN stands_out.dear_per_unit = 1 AND stands_out.dear_per_kg = 0 THEN 'value_per_unit' ELSE 'value_per_kg' END
    AND priced.unit_value >= $least_ratio * priced.quartile_3
    AND explained.shipment_id IS NULL
    AND (stands_out.dear_per_unit = 1 OR grouped.per_unit IS NULL)
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

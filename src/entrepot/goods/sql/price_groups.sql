-- A row: one comparison group of at least $least_rows unit values: the same subheading, origin, unit, currency and twelve months.
-- Reads: unit_values.
-- Groups without an origin take every origin: the fallback for shipments whose own origin has too few.
WITH placed AS (
  SELECT
    unit_values.measure AS measure,
    unit_values.hs6 AS hs6,
    unit_values.origin_country AS origin_country,
    unit_values.quantity_unit AS quantity_unit,
    unit_values.currency AS currency,
    unit_values.period_from AS period_from,
    unit_values.unit_value AS unit_value,
    unit_values.log_value AS log_value
  FROM unit_values
  WHERE unit_values.origin_country IS NOT NULL
  UNION ALL
  SELECT
    unit_values.measure AS measure,
    unit_values.hs6 AS hs6,
    CAST(NULL AS VARCHAR) AS origin_country,
    unit_values.quantity_unit AS quantity_unit,
    unit_values.currency AS currency,
    unit_values.period_from AS period_from,
    unit_values.unit_value AS unit_value,
    unit_values.log_value AS log_value
  FROM unit_values
),
quartiles AS (
  SELECT
    placed.measure AS measure,
    placed.hs6 AS hs6,
    COALESCE(placed.origin_country, '*') AS origin_key,
    COALESCE(placed.quantity_unit, '') AS unit_key,
    COALESCE(placed.currency, '') AS currency_key,
    placed.period_from AS period_from,
    COUNT(*) AS n,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY placed.unit_value) AS quartile_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY placed.unit_value) AS median,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY placed.unit_value) AS quartile_3,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY placed.log_value) AS log_quartile_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY placed.log_value) AS log_median,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY placed.log_value) AS log_quartile_3
  FROM placed
  GROUP BY
    placed.measure,
    placed.hs6,
    COALESCE(placed.origin_country, '*'),
    COALESCE(placed.quantity_unit, ''),
    COALESCE(placed.currency, ''),
    placed.period_from
  HAVING COUNT(*) >= $least_rows
),
spread AS (
  SELECT
    quartiles.measure AS measure,
    quartiles.hs6 AS hs6,
    quartiles.origin_key AS origin_key,
    quartiles.unit_key AS unit_key,
    quartiles.currency_key AS currency_key,
    quartiles.period_from AS period_from,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ABS(placed.log_value - quartiles.log_median)) AS log_mad
  FROM quartiles
  INNER JOIN placed
    ON placed.measure = quartiles.measure
    AND placed.hs6 = quartiles.hs6
    AND COALESCE(placed.origin_country, '*') = quartiles.origin_key
    AND COALESCE(placed.quantity_unit, '') = quartiles.unit_key
    AND COALESCE(placed.currency, '') = quartiles.currency_key
    AND placed.period_from = quartiles.period_from
  GROUP BY
    quartiles.measure,
    quartiles.hs6,
    quartiles.origin_key,
    quartiles.unit_key,
    quartiles.currency_key,
    quartiles.period_from
)
SELECT
  CONCAT(quartiles.measure, '|', quartiles.hs6, '|', quartiles.origin_key, '|', quartiles.unit_key, '|', quartiles.currency_key, '|', CAST(quartiles.period_from AS VARCHAR)) AS group_id,
  quartiles.measure AS measure,
  quartiles.hs6 AS hs6,
  NULLIF(quartiles.origin_key, '*') AS origin_country,
  NULLIF(quartiles.unit_key, '') AS quantity_unit,
  NULLIF(quartiles.currency_key, '') AS currency,
  quartiles.period_from AS period_from,
  quartiles.n AS n,
  quartiles.quartile_1 AS quartile_1,
  quartiles.median AS median,
  quartiles.quartile_3 AS quartile_3,
  quartiles.log_quartile_1 AS log_quartile_1,
  quartiles.log_median AS log_median,
  quartiles.log_quartile_3 AS log_quartile_3,
  spread.log_mad AS log_mad
FROM quartiles
INNER JOIN spread
  ON spread.measure = quartiles.measure
  AND spread.hs6 = quartiles.hs6
  AND spread.origin_key = quartiles.origin_key
  AND spread.unit_key = quartiles.unit_key
  AND spread.currency_key = quartiles.currency_key
  AND spread.period_from = quartiles.period_from
ORDER BY group_id ASC

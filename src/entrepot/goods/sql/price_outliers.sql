-- A row: one shipment under one measure whose unit value stands out of its group, or lies outside what is possible for the goods.
-- Reads: unit_values, price_groups, price_ranges.
-- The group of the shipment's own origin is used where it is large enough, else the group of every origin. A shift of a group's
-- median by a thousand or a million is an error of the record (grams for kilograms, pieces for thousands, separators), not a price.
WITH compared AS (
  SELECT
    unit_values.shipment_id AS shipment_id,
    unit_values.measure AS measure,
    unit_values.hs6 AS hs6,
    unit_values.currency AS currency,
    unit_values.unit_value AS unit_value,
    unit_values.log_value AS log_value,
    COALESCE(own.group_id, every.group_id) AS group_id,
    COALESCE(own.n, every.n) AS n,
    COALESCE(own.quartile_1, every.quartile_1) AS quartile_1,
    COALESCE(own.median, every.median) AS median,
    COALESCE(own.quartile_3, every.quartile_3) AS quartile_3,
    COALESCE(own.log_quartile_1, every.log_quartile_1) AS log_quartile_1,
    COALESCE(own.log_median, every.log_median) AS log_median,
    COALESCE(own.log_quartile_3, every.log_quartile_3) AS log_quartile_3,
    COALESCE(own.log_mad, every.log_mad) AS log_mad
  FROM unit_values
  LEFT JOIN price_groups AS own
    ON own.measure = unit_values.measure
    AND own.hs6 = unit_values.hs6
    AND own.origin_country = unit_values.origin_country
    AND COALESCE(own.quantity_unit, '') = COALESCE(unit_values.quantity_unit, '')
    AND COALESCE(own.currency, '') = COALESCE(unit_values.currency, '')
    AND own.period_from = unit_values.period_from
  LEFT JOIN price_groups AS every
    ON every.measure = unit_values.measure
    AND every.hs6 = unit_values.hs6
    AND every.origin_country IS NULL
    AND COALESCE(every.quantity_unit, '') = COALESCE(unit_values.quantity_unit, '')
    AND COALESCE(every.currency, '') = COALESCE(unit_values.currency, '')
    AND every.period_from = unit_values.period_from
),
codes AS (
  SELECT DISTINCT
    unit_values.hs6 AS hs6
  FROM unit_values
),
ranged AS (
  SELECT
    codes.hs6 AS hs6,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 6 THEN price_ranges.low END) AS low_6,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 4 THEN price_ranges.low END) AS low_4,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 2 THEN price_ranges.low END) AS low_2,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 6 THEN price_ranges.high END) AS high_6,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 4 THEN price_ranges.high END) AS high_4,
    MAX(CASE WHEN LENGTH(price_ranges.prefix) = 2 THEN price_ranges.high END) AS high_2
  FROM codes
  INNER JOIN price_ranges
    ON price_ranges.prefix = SUBSTRING(codes.hs6, 1, LENGTH(price_ranges.prefix))
  GROUP BY
    codes.hs6
),
scored AS (
  SELECT
    compared.shipment_id AS shipment_id,
    compared.measure AS measure,
    compared.unit_value AS unit_value,
    compared.group_id AS group_id,
    compared.n AS n,
    compared.quartile_1 AS quartile_1,
    compared.median AS median,
    compared.quartile_3 AS quartile_3,
    compared.log_value - compared.log_median AS shift,
    0.6745 * (compared.log_value - compared.log_median)
      / CASE WHEN compared.log_mad < $least_log_mad THEN $least_log_mad ELSE compared.log_mad END AS robust_z,
    CASE
      WHEN compared.log_value < compared.log_quartile_1 - $fence * (compared.log_quartile_3 - compared.log_quartile_1) - $least_log_mad THEN 1
      WHEN compared.log_value > compared.log_quartile_3 + $fence * (compared.log_quartile_3 - compared.log_quartile_1) + $least_log_mad THEN 1
      ELSE 0
    END AS outside_fence,
    CASE
      WHEN compared.unit_value < COALESCE(ranged.low_6, ranged.low_4, ranged.low_2) THEN 'below'
      WHEN compared.unit_value > COALESCE(ranged.high_6, ranged.high_4, ranged.high_2) THEN 'above'
    END AS impossible
  FROM compared
  LEFT JOIN ranged
    ON ranged.hs6 = compared.hs6
    AND compared.measure = 'value_per_kg'
    AND compared.currency = 'USD'
),
judged AS (
  SELECT
    scored.shipment_id AS shipment_id,
    scored.measure AS measure,
    scored.unit_value AS unit_value,
    scored.group_id AS group_id,
    scored.n AS n,
    scored.quartile_1 AS quartile_1,
    scored.median AS median,
    scored.quartile_3 AS quartile_3,
    scored.robust_z AS robust_z,
    scored.outside_fence AS outside_fence,
    scored.impossible AS impossible,
    CASE
      WHEN ABS(scored.robust_z) <= $robust_z THEN NULL
      WHEN ABS(ABS(scored.shift) - LN(1000)) <= $factor_tolerance THEN 'factor 1000'
      WHEN ABS(ABS(scored.shift) - LN(1000000)) <= $factor_tolerance THEN 'factor 1000000'
    END AS factor,
    CASE
      WHEN scored.impossible IS NOT NULL THEN scored.impossible
      WHEN scored.unit_value > scored.median THEN 'above'
      ELSE 'below'
    END AS side
  FROM scored
),
errors AS (
  SELECT
    judged.shipment_id AS shipment_id,
    MAX(CASE WHEN judged.measure = 'value_per_kg' THEN 1 ELSE 0 END) AS per_kg,
    MAX(CASE WHEN judged.measure = 'value_per_unit' THEN 1 ELSE 0 END) AS per_unit,
    MAX(CASE WHEN judged.measure = 'kg_per_unit' THEN 1 ELSE 0 END) AS weight_per_unit
  FROM judged
  WHERE judged.factor IS NOT NULL
  GROUP BY
    judged.shipment_id
)
SELECT
  judged.shipment_id AS shipment_id,
  judged.measure AS measure,
  judged.unit_value AS unit_value,
  CASE
    WHEN judged.impossible IS NOT NULL THEN 'impossible_value'
    WHEN judged.factor IS NOT NULL THEN 'unit_error'
    WHEN ABS(judged.robust_z) > $robust_z THEN 'robust_z'
    WHEN judged.outside_fence = 1 THEN 'tukey_fence'
    ELSE 'quartile_range'
  END AS rule,
  judged.side AS side,
  judged.impossible IS NOT NULL OR judged.factor IS NOT NULL AS likely_error,
  CASE
    WHEN judged.factor IS NOT NULL THEN judged.factor
    WHEN judged.impossible IS NOT NULL THEN 'implausible unit value'
  END AS error_kind,
  CASE
    WHEN judged.factor IS NULL THEN CAST(NULL AS VARCHAR)
    WHEN errors.per_kg = 1 AND errors.weight_per_unit = 1 AND errors.per_unit = 0 THEN 'weight'
    WHEN errors.per_kg = 1 AND errors.per_unit = 1 AND errors.weight_per_unit = 0 THEN 'value'
    WHEN errors.per_unit = 1 AND errors.weight_per_unit = 1 AND errors.per_kg = 0 THEN 'quantity'
  END AS error_field,
  judged.robust_z AS robust_z,
  judged.group_id AS group_id,
  judged.n AS n,
  judged.quartile_1 AS quartile_1,
  judged.median AS median,
  judged.quartile_3 AS quartile_3
FROM judged
LEFT JOIN errors
  ON errors.shipment_id = judged.shipment_id
WHERE judged.impossible IS NOT NULL
  OR ABS(judged.robust_z) > $robust_z
  OR judged.outside_fence = 1
  OR ($quartile_range = 1 AND (judged.unit_value < judged.quartile_1 OR judged.unit_value > judged.quartile_3))
ORDER BY shipment_id ASC, measure ASC

-- A row: one unit value of one shipment (value per kilogram, value per unit, kilograms per unit), with its comparison group.
-- Reads: shipments.
-- The twelve months of a group are counted back from the latest month in the data. Weights, quantities and values that are
-- NULL, zero or negative give no unit value. US dollars are preferred; without them the declared currency is its own group.
WITH months AS (
  SELECT
    MAX(EXTRACT(YEAR FROM shipments.date) * 12 + EXTRACT(MONTH FROM shipments.date) - 1) AS last_month
  FROM shipments
  WHERE shipments.date >= CAST('1988-01-01' AS DATE)
    AND shipments.date <= CAST($latest AS DATE)
),
goods AS (
  SELECT
    shipments.shipment_id AS shipment_id,
    shipments.hs6 AS hs6,
    shipments.origin_country AS origin_country,
    LOWER(TRIM(shipments.quantity_unit)) AS quantity_unit,
    CASE WHEN shipments.value_usd IS NOT NULL THEN 'USD' ELSE shipments.currency END AS currency,
    CASE WHEN shipments.value_usd IS NOT NULL THEN shipments.value_usd ELSE shipments.value END AS value,
    CASE WHEN shipments.net_kg > 0 THEN shipments.net_kg ELSE shipments.gross_kg END AS kg,
    shipments.quantity AS quantity,
    months.last_month
      - CAST(FLOOR((months.last_month - (EXTRACT(YEAR FROM shipments.date) * 12 + EXTRACT(MONTH FROM shipments.date) - 1)) / 12.0) AS INTEGER) * 12
      - 11 AS first_month
  FROM shipments
  CROSS JOIN months
  WHERE shipments.hs6 IS NOT NULL
    AND shipments.date >= CAST('1988-01-01' AS DATE)
    AND shipments.date <= CAST($latest AS DATE)
),
measured AS (
  SELECT
    goods.shipment_id AS shipment_id,
    'value_per_kg' AS measure,
    goods.hs6 AS hs6,
    goods.origin_country AS origin_country,
    CAST(NULL AS VARCHAR) AS quantity_unit,
    goods.currency AS currency,
    goods.first_month AS first_month,
    goods.value / goods.kg AS unit_value
  FROM goods
  WHERE goods.value > 0
    AND goods.kg > 0
    AND goods.currency IS NOT NULL
  UNION ALL
  SELECT
    goods.shipment_id AS shipment_id,
    'value_per_unit' AS measure,
    goods.hs6 AS hs6,
    goods.origin_country AS origin_country,
    goods.quantity_unit AS quantity_unit,
    goods.currency AS currency,
    goods.first_month AS first_month,
    goods.value / goods.quantity AS unit_value
  FROM goods
  WHERE goods.value > 0
    AND goods.quantity > 0
    AND goods.quantity_unit IS NOT NULL
    AND goods.currency IS NOT NULL
  UNION ALL
  SELECT
    goods.shipment_id AS shipment_id,
    'kg_per_unit' AS measure,
    goods.hs6 AS hs6,
    goods.origin_country AS origin_country,
    goods.quantity_unit AS quantity_unit,
    CAST(NULL AS VARCHAR) AS currency,
    goods.first_month AS first_month,
    goods.kg / goods.quantity AS unit_value
  FROM goods
  WHERE goods.kg > 0
    AND goods.quantity > 0
    AND goods.quantity_unit IS NOT NULL
)
SELECT
  measured.shipment_id AS shipment_id,
  measured.measure AS measure,
  measured.hs6 AS hs6,
  measured.origin_country AS origin_country,
  measured.quantity_unit AS quantity_unit,
  measured.currency AS currency,
  MAKE_DATE(
    CAST(FLOOR(measured.first_month / 12.0) AS INTEGER),
    CAST(measured.first_month - 12 * FLOOR(measured.first_month / 12.0) AS INTEGER) + 1,
    1
  ) AS period_from,
  CAST(measured.unit_value AS DOUBLE) AS unit_value,
  LN(measured.unit_value) AS log_value
FROM measured
ORDER BY shipment_id ASC, measure ASC

-- A row: one shipment, and whether its value a kilogram and a piece have a comparison group of all origins.
-- Reads: unit_values, price_groups.
grouped AS (
  SELECT
    unit_values.shipment_id AS shipment_id,
    MAX(CASE WHEN unit_values.measure = 'value_per_kg' THEN 1 ELSE 0 END) AS per_kg,
    MAX(CASE WHEN unit_values.measure = 'value_per_unit' THEN 1 ELSE 0 END) AS per_unit
  FROM unit_values
  INNER JOIN price_groups
    ON price_groups.measure = unit_values.measure
    AND price_groups.hs6 = unit_values.hs6
    AND price_groups.origin_country IS NULL
    AND COALESCE(price_groups.quantity_unit, '') = COALESCE(unit_values.quantity_unit, '')
    AND COALESCE(price_groups.currency, '') = COALESCE(unit_values.currency, '')
    AND price_groups.period_from = unit_values.period_from
  WHERE unit_values.measure <> 'kg_per_unit'
  GROUP BY
    unit_values.shipment_id
)

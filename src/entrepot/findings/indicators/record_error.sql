-- id: record_error
-- title: Likely errors of weight, quantity or value
-- subject: goods
-- meaning: Unit values that are off by a factor of a thousand or a million, or that are impossible for the goods: an error of the record explains them better than a price. Shown so that nobody reads them as prices; it says nothing about the parties.
-- source: UN Statistics Division, International Merchandise Trade Statistics: Compilers Manual, Revision 1, 2013, chapter on quality (unit value checks); Pak and Zdanowicz, US Trade with the World, 2002.
-- statement: likely error in {rows:int} records of {hs6} in one source: {error_field} ({error_kind})
-- innocent: This is a note on the records: grams written for kilograms, thousands separators, pieces for thousands of pieces. No party is meant.
-- reads: shipments, price_outliers, sources
-- parameter.least_rows: 1 | least number of records
-- common
lines AS (
  SELECT
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date,
    shipments.hs6 AS hs6,
    shipments.value_usd AS value_usd,
    shipments.net_kg AS net_kg,
    judged.error_kind AS error_kind,
    COALESCE(judged.error_field, 'one of weight, quantity and value') AS error_field,
    judged.unit_value AS unit_value,
    judged.median AS median
  FROM shipments
  INNER JOIN (
    SELECT
      price_outliers.shipment_id AS shipment_id,
      MIN(price_outliers.error_kind) AS error_kind,
      MIN(price_outliers.error_field) AS error_field,
      MIN(CASE WHEN price_outliers.measure <> 'kg_per_unit' THEN price_outliers.unit_value END) AS unit_value,
      MIN(CASE WHEN price_outliers.measure <> 'kg_per_unit' THEN price_outliers.median END) AS median
    FROM price_outliers
    WHERE price_outliers.likely_error
    GROUP BY
      price_outliers.shipment_id
  ) AS judged
    ON judged.shipment_id = shipments.shipment_id
  WHERE shipments.hs6 IS NOT NULL
)
-- query
-- A row: one subheading of one source with one kind of error in one field.
WITH counted AS (
  SELECT
    COUNT(DISTINCT shipments.source_id || '|' || shipments.hs6) AS groups_of_records
  FROM shipments
  WHERE shipments.hs6 IS NOT NULL
)
SELECT
  lines.source_id || '|' || lines.hs6 || '|' || lines.error_field || '|' || lines.error_kind AS subject_key,
  'records of ' || lines.hs6 AS subject,
  lines.hs6 AS hs6,
  lines.error_field AS error_field,
  lines.error_kind AS error_kind,
  MIN(lines.unit_value) AS lowest_unit_value,
  MAX(lines.unit_value) AS highest_unit_value,
  MIN(lines.median) AS median_of_group,
  lines.source_id AS _source,
  MIN(lines.date) AS date_from,
  MAX(lines.date) AS date_to,
  COUNT(*) AS "rows",
  CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
  CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
  MIN(sources.synthetic) AS synthetic,
  CAST(0.0 AS DOUBLE) AS strength,
  MAX(counted.groups_of_records) AS compared
FROM lines
INNER JOIN sources
  ON sources.source_id = lines.source_id
CROSS JOIN counted
GROUP BY
  lines.source_id,
  lines.hs6,
  lines.error_field,
  lines.error_kind
HAVING COUNT(*) >= $least_rows
-- evidence
-- A row: one record with a likely error.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'likely error, not a price: ' || lines.error_kind || ' in ' || lines.error_field AS why
FROM found
INNER JOIN lines
  ON lines.source_id = found._source
  AND lines.hs6 = found.hs6
  AND lines.error_field = found.error_field
  AND lines.error_kind = found.error_kind
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.row_number ASC

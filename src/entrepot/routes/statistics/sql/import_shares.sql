-- title: Imports of each importer by product and partner
-- row: one importer, product, year and partner, with the partner's share of the importer's imports of the product. $digits says
--   what a product is: -1 the code as published, 0 all goods together, else so many digits.
-- Only countries count as partners: totals, groups and partners not specified are left out of the shares, and `unspecified`
--   states how much of the importer's trade that is. Months of a year are added; annual figures are used where there are some.
--   A figure that several files state is taken once, from the file with most figures of the importer in that year.
WITH imports AS (
  SELECT
    flows.source_id AS source_id,
    flows.reporter AS importer,
    CASE
      WHEN $digits = 0 THEN 'TOTAL'
      WHEN $digits > 0 AND flows.hs_code <> 'TOTAL' THEN substr(flows.hs_code, 1, $digits)
      ELSE flows.hs_code
    END AS hs_code,
    flows.hs_code AS published_code,
    year(flows.period_from) AS year,
    flows.period_from AS period_from,
    flows.period_precision AS period_precision,
    flows.partner AS partner,
    COALESCE(flows.value_usd, flows.value) AS value,
    CASE WHEN flows.value_usd IS NULL THEN COALESCE(flows.currency, '?') ELSE 'USD' END AS currency,
    flows.flow_id AS flow_id
  FROM flows
  WHERE flows.direction = 'import'
    AND flows.aggregate = 0
    AND length(flows.reporter) = 2
    AND (flows.partner IS NULL OR length(flows.partner) = 2)
    AND (flows.partner IS NULL OR flows.partner <> flows.reporter)
    AND (flows.partner_role IS NULL OR flows.partner_role = $role)
    AND COALESCE(flows.value_usd, flows.value) > 0
    AND ($hs = '' OR substr(flows.hs_code, 1, length($hs)) = $hs)
    AND ($importer = '' OR flows.reporter = $importer)
),
by_source AS (
  SELECT
    imports.source_id AS source_id,
    imports.importer AS importer,
    imports.year AS year,
    COUNT(*) AS figures
  FROM imports
  GROUP BY
    imports.source_id,
    imports.importer,
    imports.year
),
annual AS (
  SELECT
    imports.importer AS importer,
    imports.hs_code AS hs_code,
    imports.year AS year,
    MAX(CASE WHEN imports.period_precision = 'year' THEN 1 ELSE 0 END) AS has_year
  FROM imports
  GROUP BY
    imports.importer,
    imports.hs_code,
    imports.year
),
ranked AS (
  SELECT
    imports.importer AS importer,
    imports.hs_code AS hs_code,
    imports.year AS year,
    imports.partner AS partner,
    imports.currency AS currency,
    imports.value AS value,
    imports.flow_id AS flow_id,
    DENSE_RANK() OVER (
      PARTITION BY imports.importer, imports.published_code, imports.period_from, imports.period_precision, imports.partner
      ORDER BY
        by_source.figures DESC,
        imports.source_id ASC
    ) AS place
  FROM imports
  INNER JOIN by_source
    ON by_source.source_id = imports.source_id
    AND by_source.importer = imports.importer
    AND by_source.year = imports.year
  INNER JOIN annual
    ON annual.importer = imports.importer
    AND annual.hs_code = imports.hs_code
    AND annual.year = imports.year
  WHERE annual.has_year = 0
    OR imports.period_precision = 'year'
),
used AS (
  SELECT
    ranked.importer AS importer,
    ranked.hs_code AS hs_code,
    ranked.year AS year,
    ranked.partner AS partner,
    ranked.currency AS currency,
    SUM(ranked.value) AS value,
    MIN(ranked.flow_id) AS first_row,
    COUNT(*) AS figures
  FROM ranked
  WHERE ranked.place = 1
  GROUP BY
    ranked.importer,
    ranked.hs_code,
    ranked.year,
    ranked.partner,
    ranked.currency
),
totals AS (
  SELECT
    used.importer AS importer,
    used.hs_code AS hs_code,
    used.year AS year,
    used.currency AS currency,
    SUM(CASE WHEN used.partner IS NULL THEN 0 ELSE used.value END) AS known,
    SUM(CASE WHEN used.partner IS NULL THEN used.value ELSE 0 END) AS unspecified,
    COUNT(used.partner) AS partners
  FROM used
  GROUP BY
    used.importer,
    used.hs_code,
    used.year,
    used.currency
)
SELECT
  used.importer AS importer,
  used.hs_code AS hs_code,
  used.year AS year,
  used.currency AS currency,
  used.partner AS partner,
  used.value AS value,
  used.value / totals.known AS share,
  totals.known AS total,
  totals.unspecified AS unspecified,
  totals.partners AS partners,
  used.figures AS figures,
  used.first_row AS first_row
FROM used
INNER JOIN totals
  ON totals.importer = used.importer
  AND totals.hs_code = used.hs_code
  AND totals.year = used.year
  AND totals.currency = used.currency
WHERE used.partner IS NOT NULL
ORDER BY
  used.importer ASC,
  used.hs_code ASC,
  used.year ASC,
  used.value DESC,
  used.partner ASC

-- title: Trade by country, product and period, for a comparison before and after a date
-- row: one country (the partner of exports, the reporter of imports), product and period with the value summed over the other side.
-- A figure that several files state is taken once, from the file with most figures of that reporter. Sums beside their parts are
--   left out; where goods are only stated as a total, the total is the product.
WITH figures AS (
  SELECT
    flows.source_id AS source_id,
    flows.reporter AS reporter,
    flows.partner AS partner,
    CASE WHEN $direction = 'import' THEN flows.reporter ELSE flows.partner END AS country,
    CASE WHEN $digits > 0 AND flows.hs_code <> 'TOTAL' THEN substr(flows.hs_code, 1, $digits) ELSE flows.hs_code END AS product,
    flows.hs_code AS hs_code,
    flows.period_from AS period_from,
    flows.value AS value,
    flows.value_usd AS value_usd,
    flows.currency AS currency,
    flows.flow_id AS flow_id
  FROM flows
  WHERE flows.direction = $direction
    AND flows.period_precision = $precision
    AND flows.aggregate = 0
    AND length(flows.partner) = 2
    AND flows.partner <> flows.reporter
    AND (flows.partner_role IS NULL OR flows.partner_role = $role)
    AND flows.value IS NOT NULL
),
by_source AS (
  SELECT
    figures.source_id AS source_id,
    figures.reporter AS reporter,
    COUNT(*) AS figures
  FROM figures
  GROUP BY
    figures.source_id,
    figures.reporter
),
ranked AS (
  SELECT
    figures.country AS country,
    figures.product AS product,
    figures.period_from AS period_from,
    figures.value AS value,
    figures.value_usd AS value_usd,
    figures.currency AS currency,
    figures.flow_id AS flow_id,
    DENSE_RANK() OVER (
      PARTITION BY figures.reporter, figures.partner, figures.hs_code, figures.period_from
      ORDER BY
        by_source.figures DESC,
        figures.source_id ASC
    ) AS place
  FROM figures
  INNER JOIN by_source
    ON by_source.source_id = figures.source_id
    AND by_source.reporter = figures.reporter
)
SELECT
  ranked.country AS country,
  ranked.product AS product,
  ranked.period_from AS period_from,
  SUM(ranked.value) AS value,
  SUM(ranked.value_usd) AS value_usd,
  MIN(ranked.currency) AS first_currency,
  MAX(ranked.currency) AS last_currency,
  COUNT(*) AS figures,
  COUNT(ranked.value_usd) AS figures_usd,
  MIN(ranked.flow_id) AS first_row
FROM ranked
WHERE ranked.place = 1
GROUP BY
  ranked.country,
  ranked.product,
  ranked.period_from
ORDER BY
  ranked.country ASC,
  ranked.product ASC,
  ranked.period_from ASC

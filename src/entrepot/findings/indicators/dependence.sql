-- id: dependence
-- title: Imports of goods come to depend on one country
-- subject: country
-- meaning: The share of one partner in a country's imports of a product is large and grew by much from the year before the date to the last year loaded; beside it stands the share the other way, because dependence is seldom mutual.
-- source: D_AB = M_AB / M_A as in the literature on asymmetric trade dependence (Hirschman 1945, National Power and the Structure of Foreign Trade; European Commission SWD(2021) 352 on strategic dependencies).
-- statement: {importer:country} took {share:pct} of its imports of {goods} from {partner:country} in {last_year} ({value:int} {currency}), after {first_share:pct} in {first_year}; the other way the share is {back_text}
-- innocent: A product of little trade is concentrated by chance; other suppliers may have stopped for commercial reasons; origin and consignment are recorded differently; a new free-trade agreement; goods through a third country appear under it.
-- reads: flows, sources
-- parameter.after_date: 2022-02-24 | the year before it is compared with the last year loaded
-- parameter.least_share: 0.5 | least share in the last year
-- parameter.least_growth: 0.2 | least growth of the share
-- parameter.least_value: 1000000 | least value in the last year, in the currency of the figures
-- A row: one importer, partner and product.
WITH figures AS (
  SELECT
    flows.reporter AS importer,
    flows.partner AS partner,
    flows.hs_code AS hs_code,
    flows.source_id AS source_id,
    EXTRACT(YEAR FROM flows.period_from) AS year,
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END AS currency,
    MAX(COALESCE(flows.value_usd, flows.value)) AS value
  FROM flows
  WHERE flows.direction = 'import'
    AND flows.period_precision = 'year'
    AND LENGTH(flows.reporter) = 2
    AND LENGTH(flows.partner) = 2
    AND flows.reporter <> flows.partner
    AND flows.transport_mode IS NULL
    AND (flows.partner_role IS NULL OR flows.partner_role = 'origin')
    AND COALESCE(flows.value_usd, flows.value) > 0
  GROUP BY
    flows.reporter,
    flows.partner,
    flows.hs_code,
    flows.source_id,
    EXTRACT(YEAR FROM flows.period_from),
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END
),
totals AS (
  SELECT
    figures.importer AS importer,
    figures.hs_code AS hs_code,
    figures.source_id AS source_id,
    figures.year AS year,
    figures.currency AS currency,
    CAST(SUM(CAST(figures.value AS DECIMAL(24, 2))) AS DOUBLE) AS total,
    COUNT(*) AS partners
  FROM figures
  GROUP BY
    figures.importer,
    figures.hs_code,
    figures.source_id,
    figures.year,
    figures.currency
),
years AS (
  SELECT
    totals.importer AS importer,
    totals.hs_code AS hs_code,
    MAX(CASE WHEN totals.year < EXTRACT(YEAR FROM CAST($after_date AS DATE)) THEN totals.year END) AS first_year,
    MAX(totals.year) AS last_year
  FROM totals
  GROUP BY
    totals.importer,
    totals.hs_code
),
shares AS (
  SELECT
    figures.importer AS importer,
    figures.partner AS partner,
    figures.hs_code AS hs_code,
    figures.year AS year,
    figures.currency AS currency,
    figures.source_id AS source_id,
    figures.value AS value,
    figures.value / totals.total AS share,
    totals.partners AS partners,
    ROW_NUMBER() OVER (
      PARTITION BY figures.importer, figures.partner, figures.hs_code, figures.year
      ORDER BY
        totals.partners DESC,
        figures.source_id ASC,
        figures.currency ASC
    ) AS place
  FROM figures
  INNER JOIN totals
    ON totals.importer = figures.importer
    AND totals.hs_code = figures.hs_code
    AND totals.source_id = figures.source_id
    AND totals.year = figures.year
    AND totals.currency = figures.currency
)
SELECT
  latest.importer || '<' || latest.partner || '|' || latest.hs_code AS subject_key,
  latest.importer || ' from ' || latest.partner || CASE WHEN latest.hs_code = 'TOTAL' THEN ', all goods' ELSE ', HS ' || latest.hs_code END AS subject,
  latest.importer AS country,
  CASE WHEN LENGTH(latest.hs_code) = 6 THEN latest.hs_code END AS hs6,
  latest.importer AS importer,
  latest.partner AS partner,
  CASE WHEN latest.hs_code = 'TOTAL' THEN 'all goods' ELSE 'HS ' || latest.hs_code END AS goods,
  latest.currency AS currency,
  latest.value AS value,
  latest.share AS share,
  COALESCE(earlier.share, 0) AS first_share,
  years.first_year AS first_year,
  years.last_year AS last_year,
  back.share AS back_share,
  CASE WHEN back.share IS NULL THEN 'not loaded' ELSE CAST(ROUND(100 * back.share, 1) AS VARCHAR) || ' percent' END AS back_text,
  CASE WHEN earlier.share IS NULL THEN 1 ELSE 2 END AS "rows",
  MAKE_DATE(CAST(years.first_year AS INTEGER), 1, 1) AS date_from,
  MAKE_DATE(CAST(years.last_year AS INTEGER), 12, 31) AS date_to,
  CASE WHEN latest.currency = 'USD' THEN latest.value END AS value_usd,
  sources.synthetic AS synthetic,
  latest.hs_code AS _hs_code,
  ROUND(0.5 * latest.share + 0.3 * (latest.share - COALESCE(earlier.share, 0)) + 0.2 * LEAST(1.0, LN(latest.value / 1000000.0 + 1.0) / LN(1000.0)), 4) AS strength,
  (SELECT COUNT(*) FROM years AS every_product) AS compared
FROM years
INNER JOIN shares AS latest
  ON latest.importer = years.importer
  AND latest.hs_code = years.hs_code
  AND latest.year = years.last_year
  AND latest.place = 1
INNER JOIN sources
  ON sources.source_id = latest.source_id
LEFT JOIN shares AS earlier
  ON earlier.importer = latest.importer
  AND earlier.partner = latest.partner
  AND earlier.hs_code = latest.hs_code
  AND earlier.year = years.first_year
  AND earlier.place = 1
LEFT JOIN shares AS back
  ON back.importer = latest.partner
  AND back.partner = latest.importer
  AND back.hs_code = latest.hs_code
  AND back.year = years.last_year
  AND back.place = 1
WHERE years.first_year IS NOT NULL
  AND years.last_year > years.first_year
  AND latest.partners > 1
  AND latest.share >= $least_share
  AND latest.share - COALESCE(earlier.share, 0) >= $least_growth
  AND latest.value >= $least_value
-- evidence
-- A row: one published year of the pair.
SELECT
  found.subject_key AS subject_key,
  flows.source_id AS source_id,
  flows.row_number AS row_number,
  SUBSTR(CAST(flows.period_from AS VARCHAR), 1, 4) || ': ' || flows.reporter || ' reports imports from ' || flows.partner AS why
FROM found
INNER JOIN flows
  ON flows.reporter = found.importer
  AND flows.partner = found.partner
  AND flows.hs_code = found._hs_code
WHERE flows.direction = 'import'
  AND flows.period_precision = 'year'
  AND EXTRACT(YEAR FROM flows.period_from) IN (found.first_year, found.last_year)
ORDER BY
  found.subject_key ASC,
  flows.period_from ASC,
  flows.source_id ASC,
  flows.row_number ASC

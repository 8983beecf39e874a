-- id: hub_surge
-- title: Exports to a country rise far more than to others
-- subject: country
-- meaning: In the twelve months from the date on, an exporter's sales to one partner rose by far more than its sales to comparable partners, against the twelve months before. A first look over all pairs; entrepot flows CASE surge estimates one with other goods and placebo countries.
-- source: EBRD Working Paper 276 (2023), Chupilkin, Javorcik and Plekhanov, The Eurasian roundabout; difference in differences as in Angrist and Pischke (2009), chapter 5, with the partners as placebos.
-- statement: {exporter:country} reports exports of {goods} to {partner:country} of {after_value:int} {currency} in the twelve months from {after_date} on, {factor:num} times those of the twelve months before ({before_value:int}); with the middle one of {compared:int} partners it was {usual_factor:num} times; {as_large:int} of them rose as much
-- innocent: Firms and people moved to neighbouring countries in 2022; growth from a small base; the partner's own demand; prices and exchange rates; a customs union that shifts where goods are cleared; figures of one large contract.
-- reads: flows, sources
-- parameter.after_date: 2022-03-01 | first day of the twelve months that are compared with the twelve before
-- parameter.least_factor: 2.0 | least rise against the middle partner's, as a factor
-- parameter.least_partners: 8 | least number of partners with both windows
-- parameter.least_rank: 0.15 | largest share of partners that may have risen as much, the partner itself counted in
-- parameter.least_value: 1000000 | least value in the twelve months after, in the currency of the figures
-- A row: one exporter, partner and product.
WITH months AS (
  SELECT
    flows.reporter AS exporter,
    flows.partner AS partner,
    flows.hs_code AS hs_code,
    flows.source_id AS source_id,
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END AS currency,
    CASE WHEN flows.period_from >= CAST($after_date AS DATE) THEN 1 ELSE 0 END AS after,
    flows.period_from AS period_from,
    MAX(COALESCE(flows.value_usd, flows.value)) AS value
  FROM flows
  WHERE flows.direction = 'export'
    AND flows.period_precision = 'month'
    AND LENGTH(flows.partner) = 2
    AND flows.reporter <> flows.partner
    AND flows.transport_mode IS NULL
    AND COALESCE(flows.value_usd, flows.value) IS NOT NULL
    AND (EXTRACT(YEAR FROM flows.period_from) - EXTRACT(YEAR FROM CAST($after_date AS DATE))) * 12
      + EXTRACT(MONTH FROM flows.period_from) - EXTRACT(MONTH FROM CAST($after_date AS DATE)) BETWEEN -12 AND 11
  GROUP BY
    flows.reporter,
    flows.partner,
    flows.hs_code,
    flows.source_id,
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END,
    CASE WHEN flows.period_from >= CAST($after_date AS DATE) THEN 1 ELSE 0 END,
    flows.period_from
),
windows AS (
  SELECT
    months.exporter AS exporter,
    months.partner AS partner,
    months.hs_code AS hs_code,
    months.source_id AS source_id,
    months.currency AS currency,
    SUM(1 - months.after) AS months_before,
    SUM(months.after) AS months_after,
    CAST(SUM(CASE WHEN months.after = 0 THEN CAST(months.value AS DECIMAL(24, 2)) ELSE 0 END) AS DOUBLE) AS before_value,
    CAST(SUM(CASE WHEN months.after = 1 THEN CAST(months.value AS DECIMAL(24, 2)) ELSE 0 END) AS DOUBLE) AS after_value,
    MIN(months.period_from) AS date_from,
    MAX(months.period_from) AS date_to
  FROM months
  GROUP BY
    months.exporter,
    months.partner,
    months.hs_code,
    months.source_id,
    months.currency
),
both_windows AS (
  SELECT
    windows.exporter AS exporter,
    windows.partner AS partner,
    windows.hs_code AS hs_code,
    windows.source_id AS source_id,
    windows.currency AS currency,
    windows.before_value AS before_value,
    windows.after_value AS after_value,
    windows.months_before + windows.months_after AS figures,
    windows.date_from AS date_from,
    windows.date_to AS date_to,
    windows.after_value / windows.before_value AS factor,
    ROW_NUMBER() OVER (
      PARTITION BY windows.exporter, windows.hs_code, windows.source_id, windows.currency
      ORDER BY
        windows.after_value / windows.before_value DESC,
        windows.partner ASC
    ) AS place,
    COUNT(*) OVER (PARTITION BY windows.exporter, windows.hs_code, windows.source_id, windows.currency) AS partners
  FROM windows
  WHERE windows.before_value > 0
    AND windows.months_before >= 6
    AND windows.months_after >= 6
),
middle AS (
  SELECT
    both_windows.exporter AS exporter,
    both_windows.hs_code AS hs_code,
    both_windows.source_id AS source_id,
    both_windows.currency AS currency,
    AVG(both_windows.factor) AS factor
  FROM both_windows
  WHERE both_windows.place IN (FLOOR((both_windows.partners + 1) / 2.0), CEIL((both_windows.partners + 1) / 2.0))
  GROUP BY
    both_windows.exporter,
    both_windows.hs_code,
    both_windows.source_id,
    both_windows.currency
)
SELECT
  one.source_id || '|' || one.exporter || '>' || one.partner || '|' || one.hs_code || '|' || one.currency AS subject_key,
  one.exporter || ' to ' || one.partner || CASE WHEN one.hs_code = 'TOTAL' THEN ', all goods' ELSE ', HS ' || one.hs_code END AS subject,
  one.partner AS country,
  CASE WHEN LENGTH(one.hs_code) = 6 THEN one.hs_code END AS hs6,
  one.exporter AS exporter,
  one.partner AS partner,
  CASE WHEN one.hs_code = 'TOTAL' THEN 'all goods' ELSE 'HS ' || one.hs_code END AS goods,
  one.currency AS currency,
  one.before_value AS before_value,
  one.after_value AS after_value,
  ROUND(one.factor, 2) AS factor,
  ROUND(middle.factor, 2) AS usual_factor,
  one.place AS as_large,
  $after_date AS after_date,
  one.figures AS "rows",
  one.date_from AS date_from,
  one.date_to AS date_to,
  CASE WHEN one.currency = 'USD' THEN one.after_value END AS value_usd,
  sources.synthetic AS synthetic,
  one.source_id AS _source,
  one.hs_code AS _hs_code,
  ROUND(
    0.5 * LEAST(1.0, LN(one.factor / middle.factor) / LN(20.0))
    + 0.3 * (1.0 - CAST(one.place AS DOUBLE) / one.partners)
    + 0.2 * LEAST(1.0, CAST(one.partners AS DOUBLE) / 40.0),
    4
  ) AS strength,
  one.partners AS compared
FROM both_windows AS one
INNER JOIN middle
  ON middle.exporter = one.exporter
  AND middle.hs_code = one.hs_code
  AND middle.source_id = one.source_id
  AND middle.currency = one.currency
INNER JOIN sources
  ON sources.source_id = one.source_id
WHERE one.partners >= $least_partners
  AND middle.factor > 0
  AND one.factor >= $least_factor * middle.factor
  AND CAST(one.place AS DOUBLE) / one.partners <= $least_rank
  AND one.after_value >= $least_value
-- evidence
-- A row: one published month of the pair, in order of time.
SELECT
  found.subject_key AS subject_key,
  flows.source_id AS source_id,
  flows.row_number AS row_number,
  SUBSTR(CAST(flows.period_from AS VARCHAR), 1, 7) || ': ' || flows.reporter || ' reports exports to ' || flows.partner AS why
FROM found
INNER JOIN flows
  ON flows.source_id = found._source
  AND flows.reporter = found.exporter
  AND flows.partner = found.partner
  AND flows.hs_code = found._hs_code
WHERE flows.direction = 'export'
  AND flows.period_precision = 'month'
  AND flows.period_from >= found.date_from
  AND flows.period_from <= found.date_to
ORDER BY
  found.subject_key ASC,
  flows.period_from ASC,
  flows.row_number ASC

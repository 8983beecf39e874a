-- id: mirror_gap
-- title: What left and what arrived drift apart
-- subject: country
-- meaning: One country reports exports to another that the other does not report as imports, or the other way, by more than before the date. The gap's own history is the yardstick, because some gap is always there.
-- source: UN Statistics Division, International Merchandise Trade Statistics, Compilers Manual, chapter on bilateral asymmetries; WITS notes on mirror data; Kellenberg and Levinson (2019) on misreporting in trade.
-- statement: {exporter:country} reports {exports:int} {currency} of {goods} sent to {importer:country} in {periods:int} periods since {after_date}, and {importer:country} reports {imports:int} received: the logarithm of sent over received moved from {gap_before:num} to {gap_after:num}, {sigmas:num} times its usual spread
-- innocent: Imports are credited to the country of origin and exports to the last known destination; goods in transit, free zones and re-exports; freight and insurance beyond the share allowed for; time on the way; confidential trade; exchange rates; different thresholds of the two offices.
-- reads: flows, sources
-- parameter.after_date: 2022-02-24 | periods before it are the yardstick
-- parameter.cif_margin: 0.10 | freight and insurance as a share of the value at the border, where imports are not stated as FOB (UN IMTS: usually 5 to 20 percent)
-- parameter.least_periods: 6 | least number of periods with both sides before the date
-- parameter.least_after: 3 | least number of periods with both sides since the date
-- parameter.least_ratio: 2.0 | least change of sent over received, as a factor
-- parameter.least_sigmas: 3.0 | least change in usual spreads (a spread below 0.1 counts as 0.1)
-- parameter.least_value: 1000000 | least difference over the periods since the date, in the currency of the figures
-- A row: one exporter, importer and product whose gap moved.
WITH figures AS (
  SELECT
    flows.reporter AS reporter,
    flows.partner AS partner,
    flows.direction AS direction,
    flows.hs_code AS hs_code,
    flows.period_from AS period_from,
    flows.period_precision AS period_precision,
    flows.source_id AS source_id,
    MAX(COALESCE(flows.partner_role, '')) AS partner_role,
    MAX(CASE WHEN flows.valuation = 'FOB' THEN 1 ELSE 0 END) AS fob,
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END AS currency,
    MAX(COALESCE(flows.value_usd, flows.value)) AS value
  FROM flows
  WHERE flows.direction IN ('export', 'import')
    AND LENGTH(flows.reporter) = 2
    AND LENGTH(flows.partner) = 2
    AND flows.reporter <> flows.partner
    AND flows.transport_mode IS NULL
    AND COALESCE(flows.value_usd, flows.value) > 0
  GROUP BY
    flows.reporter,
    flows.partner,
    flows.direction,
    flows.hs_code,
    flows.period_from,
    flows.period_precision,
    flows.source_id,
    CASE WHEN flows.value_usd IS NULL THEN flows.currency ELSE 'USD' END
),
ranked AS (
  SELECT
    figures.reporter AS reporter,
    figures.partner AS partner,
    figures.direction AS direction,
    figures.hs_code AS hs_code,
    figures.period_from AS period_from,
    figures.period_precision AS period_precision,
    figures.fob AS fob,
    figures.currency AS currency,
    figures.value AS value,
    figures.source_id AS source_id,
    ROW_NUMBER() OVER (
      PARTITION BY figures.reporter, figures.partner, figures.direction, figures.hs_code, figures.period_from, figures.period_precision, figures.currency
      ORDER BY
        figures.source_id ASC
    ) AS place
  FROM figures
),
pairs AS (
  SELECT
    sent.reporter AS exporter,
    sent.partner AS importer,
    sent.hs_code AS hs_code,
    sent.period_precision AS period_precision,
    sent.currency AS currency,
    sent.period_from AS period_from,
    sent.value AS exports,
    received.value AS imports,
    sent.source_id AS source_id,
    CASE WHEN sent.period_from >= CAST($after_date AS DATE) THEN 1 ELSE 0 END AS after,
    LN(sent.value) - LN(CASE WHEN received.fob = 1 THEN received.value ELSE received.value / (1 + $cif_margin) END) AS gap
  FROM ranked AS sent
  INNER JOIN ranked AS received
    ON received.reporter = sent.partner
    AND received.partner = sent.reporter
    AND received.hs_code = sent.hs_code
    AND received.period_from = sent.period_from
    AND received.period_precision = sent.period_precision
    AND received.currency = sent.currency
    AND received.direction = 'import'
    AND received.place = 1
  WHERE sent.direction = 'export'
    AND sent.place = 1
),
compared AS (
  SELECT
    pairs.exporter AS exporter,
    pairs.importer AS importer,
    pairs.hs_code AS hs_code,
    pairs.period_precision AS period_precision,
    pairs.currency AS currency,
    MIN(pairs.source_id) AS source_id,
    SUM(1 - pairs.after) AS periods_before,
    SUM(pairs.after) AS periods_after,
    AVG(CASE WHEN pairs.after = 0 THEN pairs.gap END) AS gap_before,
    AVG(CASE WHEN pairs.after = 1 THEN pairs.gap END) AS gap_after,
    STDDEV_SAMP(CASE WHEN pairs.after = 0 THEN pairs.gap END) AS spread,
    CAST(SUM(CASE WHEN pairs.after = 1 THEN CAST(pairs.exports AS DECIMAL(24, 2)) ELSE 0 END) AS DOUBLE) AS exports,
    CAST(SUM(CASE WHEN pairs.after = 1 THEN CAST(pairs.imports AS DECIMAL(24, 2)) ELSE 0 END) AS DOUBLE) AS imports,
    MIN(CASE WHEN pairs.after = 1 THEN pairs.period_from END) AS date_from,
    MAX(pairs.period_from) AS date_to
  FROM pairs
  GROUP BY
    pairs.exporter,
    pairs.importer,
    pairs.hs_code,
    pairs.period_precision,
    pairs.currency
),
judged AS (
  SELECT
    compared.exporter AS exporter,
    compared.importer AS importer,
    compared.hs_code AS hs_code,
    compared.period_precision AS period_precision,
    compared.currency AS currency,
    compared.source_id AS source_id,
    compared.periods_before AS periods_before,
    compared.periods_after AS periods_after,
    compared.gap_before AS gap_before,
    compared.gap_after AS gap_after,
    compared.exports AS exports,
    compared.imports AS imports,
    compared.date_from AS date_from,
    compared.date_to AS date_to,
    ABS(compared.gap_after - compared.gap_before) / GREATEST(0.1, compared.spread) AS sigmas
  FROM compared
  WHERE compared.periods_before >= $least_periods
    AND compared.periods_after >= $least_after
)
SELECT
  judged.exporter || '>' || judged.importer || '|' || judged.hs_code || '|' || judged.period_precision || '|' || judged.currency AS subject_key,
  judged.exporter || ' to ' || judged.importer || CASE WHEN judged.hs_code = 'TOTAL' THEN ', all goods' ELSE ', HS ' || judged.hs_code END AS subject,
  judged.importer AS country,
  CASE WHEN LENGTH(judged.hs_code) = 6 AND judged.hs_code <> 'TOTAL' THEN judged.hs_code END AS hs6,
  judged.exporter AS exporter,
  judged.importer AS importer,
  CASE WHEN judged.hs_code = 'TOTAL' THEN 'all goods' ELSE 'HS ' || judged.hs_code END AS goods,
  judged.currency AS currency,
  judged.exports AS exports,
  judged.imports AS imports,
  judged.periods_before AS periods_before,
  judged.periods_after AS periods,
  $after_date AS after_date,
  ROUND(judged.gap_before, 2) AS gap_before,
  ROUND(judged.gap_after, 2) AS gap_after,
  ROUND(judged.sigmas, 1) AS sigmas,
  judged.periods_before + judged.periods_after AS "rows",
  judged.date_from AS date_from,
  judged.date_to AS date_to,
  CASE WHEN judged.currency = 'USD' THEN ABS(judged.exports - judged.imports) END AS value_usd,
  sources.synthetic AS synthetic,
  judged.period_precision AS _precision,
  judged.hs_code AS _hs_code,
  ROUND(
    0.5 * LEAST(1.0, ABS(judged.gap_after - judged.gap_before) / LN(20.0))
    + 0.3 * LEAST(1.0, judged.sigmas / 10.0)
    + 0.2 * LEAST(1.0, CAST(judged.periods_after AS DOUBLE) / 12.0),
    4
  ) AS strength,
  (SELECT COUNT(*) FROM judged AS every_pair) AS compared
FROM judged
INNER JOIN sources
  ON sources.source_id = judged.source_id
WHERE ABS(judged.gap_after - judged.gap_before) >= LN($least_ratio)
  AND judged.sigmas >= $least_sigmas
  AND ABS(judged.exports - judged.imports) >= $least_value
-- evidence
-- A row: one published figure of either side, the latest first.
SELECT
  found.subject_key AS subject_key,
  flows.source_id AS source_id,
  flows.row_number AS row_number,
  SUBSTR(CAST(flows.period_from AS VARCHAR), 1, 7) || ': ' || flows.reporter || ' reports ' || flows.direction || 's' AS why
FROM found
INNER JOIN flows
  ON flows.hs_code = found._hs_code
  AND flows.period_precision = found._precision
  AND (
    (flows.reporter = found.exporter AND flows.partner = found.importer AND flows.direction = 'export')
    OR (flows.reporter = found.importer AND flows.partner = found.exporter AND flows.direction = 'import')
  )
WHERE flows.transport_mode IS NULL
ORDER BY
  found.subject_key ASC,
  flows.period_from DESC,
  flows.source_id ASC,
  flows.row_number ASC,
  flows.direction ASC

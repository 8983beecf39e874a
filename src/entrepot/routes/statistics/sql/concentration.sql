-- title: Concentration of imports (Herfindahl-Hirschman index)
-- row: one importer, product and year: the sum of squared shares of its partners (1 = one partner), the largest partner, and in
--   how many of the last three years the index was above the threshold. CEPII calls .4 high, in two of three years.
WITH by_year AS (
  SELECT
    import_shares.importer AS importer,
    import_shares.hs_code AS hs_code,
    import_shares.year AS year,
    import_shares.currency AS currency,
    SUM(import_shares.share * import_shares.share) AS hhi,
    MAX(import_shares.share) AS largest_share,
    MAX(import_shares.total) AS total,
    MAX(import_shares.unspecified) AS unspecified,
    MAX(import_shares.partners) AS partners
  FROM import_shares
  GROUP BY
    import_shares.importer,
    import_shares.hs_code,
    import_shares.year,
    import_shares.currency
),
largest AS (
  SELECT
    import_shares.importer AS importer,
    import_shares.hs_code AS hs_code,
    import_shares.year AS year,
    import_shares.currency AS currency,
    MIN(import_shares.partner) AS partner
  FROM import_shares
  INNER JOIN by_year
    ON by_year.importer = import_shares.importer
    AND by_year.hs_code = import_shares.hs_code
    AND by_year.year = import_shares.year
    AND by_year.currency = import_shares.currency
    AND by_year.largest_share = import_shares.share
  GROUP BY
    import_shares.importer,
    import_shares.hs_code,
    import_shares.year,
    import_shares.currency
)
SELECT
  by_year.importer AS importer,
  by_year.hs_code AS hs_code,
  by_year.year AS year,
  by_year.currency AS currency,
  by_year.hhi AS hhi,
  largest.partner AS largest_partner,
  by_year.largest_share AS largest_share,
  by_year.partners AS partners,
  by_year.total AS total,
  by_year.unspecified AS unspecified,
  CAST(COALESCE(SUM(CASE WHEN earlier.hhi > $threshold THEN 1 ELSE 0 END), 0) AS INTEGER) AS high_years
FROM by_year
INNER JOIN largest
  ON largest.importer = by_year.importer
  AND largest.hs_code = by_year.hs_code
  AND largest.year = by_year.year
  AND largest.currency = by_year.currency
LEFT JOIN by_year AS earlier
  ON earlier.importer = by_year.importer
  AND earlier.hs_code = by_year.hs_code
  AND earlier.currency = by_year.currency
  AND earlier.year BETWEEN by_year.year - 2 AND by_year.year
GROUP BY
  by_year.importer,
  by_year.hs_code,
  by_year.year,
  by_year.currency,
  by_year.hhi,
  largest.partner,
  by_year.largest_share,
  by_year.partners,
  by_year.total,
  by_year.unspecified
ORDER BY
  by_year.hhi DESC,
  by_year.importer ASC,
  by_year.hs_code ASC,
  by_year.year ASC

-- title: Asymmetric dependence between two countries
-- row: one importer A, partner B, product and year: D_AB = imports of A from B over all imports of A, D_BA the same the other way,
--   and their difference. D_BA is NULL where B's imports are not loaded, 0 where they are and have none from A.
WITH loaded AS (
  SELECT DISTINCT
    import_shares.importer AS importer,
    import_shares.hs_code AS hs_code,
    import_shares.year AS year
  FROM import_shares
)
SELECT
  one.importer AS importer,
  one.partner AS partner,
  one.hs_code AS hs_code,
  one.year AS year,
  one.currency AS currency,
  one.value AS value,
  one.share AS dependence,
  CASE WHEN loaded.importer IS NULL THEN NULL ELSE COALESCE(back.share, 0) END AS partner_dependence,
  CASE WHEN loaded.importer IS NULL THEN NULL ELSE one.share - COALESCE(back.share, 0) END AS asymmetry,
  one.first_row AS first_row,
  back.first_row AS partner_first_row
FROM import_shares AS one
LEFT JOIN loaded
  ON loaded.importer = one.partner
  AND loaded.hs_code = one.hs_code
  AND loaded.year = one.year
LEFT JOIN import_shares AS back
  ON back.importer = one.partner
  AND back.partner = one.importer
  AND back.hs_code = one.hs_code
  AND back.year = one.year
ORDER BY
  one.importer ASC,
  one.hs_code ASC,
  one.year ASC,
  one.share DESC,
  one.partner ASC

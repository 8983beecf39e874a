-- title: Published figures that make up one series of trade
-- row: one row of `flows` of the reporter, direction, product and period length asked for, for any partner; `chosen` is 1
--   where it belongs to the partner asked for. Other partners show which periods a file lists at all.
-- product: the code itself where a file has it, else the finest codes below it. Totals beside their parts are left out.
WITH candidates AS (
  SELECT
    flows.flow_id AS flow_id,
    flows.source_id AS source_id,
    flows.row_number AS row_number,
    flows.partner AS partner,
    COALESCE(flows.partner, flows.partner_text, '') AS partner_key,
    flows.hs_code AS hs_code,
    COALESCE(flows.transport_mode, 'all') AS transport_mode,
    flows.period_from AS period_from,
    flows.period_to AS period_to,
    flows.value AS value,
    flows.currency AS currency,
    flows.value_usd AS value_usd,
    flows.valuation AS valuation,
    flows.net_kg AS net_kg,
    flows.aggregate AS aggregate
  FROM flows
  WHERE flows.reporter = $reporter
    AND flows.direction = $direction
    AND flows.period_precision = $precision
    AND (flows.partner_role IS NULL OR flows.partner_role = $role)
    AND ($hs = 'TOTAL' OR substr(flows.hs_code, 1, length($hs)) = $hs)
),
levels AS (
  SELECT
    candidates.source_id AS source_id,
    candidates.period_from AS period_from,
    MAX(CASE WHEN candidates.hs_code = $hs THEN 1 ELSE 0 END) AS has_code,
    MAX(CASE WHEN candidates.hs_code = $hs AND candidates.transport_mode = 'all' THEN 1 ELSE 0 END) AS has_all_modes,
    MAX(CASE WHEN candidates.partner = 'W00' AND candidates.hs_code = $hs THEN 1 ELSE 0 END) AS has_world
  FROM candidates
  GROUP BY
    candidates.source_id,
    candidates.period_from
),
at_level AS (
  SELECT
    candidates.flow_id AS flow_id,
    candidates.source_id AS source_id,
    candidates.row_number AS row_number,
    candidates.partner AS partner,
    candidates.period_from AS period_from,
    candidates.period_to AS period_to,
    candidates.value AS value,
    candidates.currency AS currency,
    candidates.value_usd AS value_usd,
    candidates.valuation AS valuation,
    candidates.net_kg AS net_kg,
    candidates.aggregate AS aggregate,
    levels.has_code AS has_code,
    levels.has_world AS has_world,
    MIN(candidates.aggregate) OVER (
      PARTITION BY
        candidates.source_id,
        candidates.period_from,
        candidates.partner_key,
        candidates.hs_code,
        candidates.transport_mode
    ) AS finest
  FROM candidates
  INNER JOIN levels
    ON levels.source_id = candidates.source_id
    AND levels.period_from = candidates.period_from
  WHERE (
      levels.has_code = 1
      AND candidates.hs_code = $hs
      AND (levels.has_all_modes = 0 OR candidates.transport_mode = 'all')
    )
    OR (levels.has_code = 0 AND candidates.aggregate = 0)
)
SELECT
  at_level.flow_id AS flow_id,
  at_level.source_id AS source_id,
  at_level.row_number AS row_number,
  at_level.partner AS partner,
  at_level.period_from AS period_from,
  at_level.period_to AS period_to,
  at_level.value AS value,
  at_level.currency AS currency,
  at_level.value_usd AS value_usd,
  at_level.valuation AS valuation,
  at_level.net_kg AS net_kg,
  CASE
    WHEN at_level.partner = $partner THEN 1
    WHEN $partner = 'W00' AND at_level.has_world = 0 AND at_level.partner IS NULL THEN 1
    WHEN $partner = 'W00' AND at_level.has_world = 0 AND length(at_level.partner) = 2 THEN 1
    ELSE 0
  END AS chosen
FROM at_level
WHERE at_level.aggregate = at_level.finest
ORDER BY
  at_level.period_from ASC,
  at_level.source_id ASC,
  at_level.row_number ASC,
  at_level.flow_id ASC

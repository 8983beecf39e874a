-- Which codes of each edition of the Harmonized System fall under which control, although the control is written in one.
-- A row: one control, one edition, one six-digit code of that edition (or one that declarations of that edition still use).
-- relation: same = all goods of the code are controlled; kept = the code has the number of the controlled one, and some goods
--   left it or joined it between the editions; moved = its number is gone in the control's edition, and the controlled code is
--   among those in its heading, or else the only one in its chapter; touched = only some of its goods moved, to a code that is not
--   the nearest: left out, or every telephone of HS 2017 would be a listed sensor (8517.12 to 8541.51).
-- Reads: controls, hs_concordance (every two editions in use, both directions), hs_codes.
WITH hs_controls AS (
  SELECT
    controls.control_id AS control_id,
    controls.control_list AS control_list,
    controls.hs_edition AS hs_edition,
    controls.value AS value
  FROM controls
  WHERE controls.kind = 'hs'
    AND controls.hs_edition IS NOT NULL
),
edition_codes AS (
  SELECT
    hs_codes.hs_edition AS hs_edition,
    hs_codes.hs_code AS hs6
  FROM hs_codes
  WHERE hs_codes.level = 6
  UNION
  SELECT
    hs_concordance.from_edition AS hs_edition,
    hs_concordance.from_code AS hs6
  FROM hs_concordance
),
written AS (
  SELECT
    hs_controls.control_id AS control_id,
    hs_controls.hs_edition AS hs_edition,
    edition_codes.hs6 AS hs6,
    CASE WHEN length(hs_controls.value) <= 6 THEN TRUE ELSE FALSE END AS exact,
    CASE WHEN length(hs_controls.value) <= 6 THEN 'same' ELSE 'kept' END AS relation,
    CASE
      WHEN hs_controls.value = edition_codes.hs6 THEN concat('listed as ', hs_controls.hs_edition, ' ', hs_controls.value)
      WHEN length(hs_controls.value) < 6 THEN concat('under ', hs_controls.hs_edition, ' ', hs_controls.value, ', which is listed')
      ELSE concat('holds ', hs_controls.value, ', which is listed: part of the code')
    END AS note
  FROM hs_controls
  INNER JOIN edition_codes
    ON edition_codes.hs_edition = hs_controls.hs_edition
    AND (
      substr(edition_codes.hs6, 1, length(hs_controls.value)) = hs_controls.value
      OR substr(hs_controls.value, 1, 6) = edition_codes.hs6
    )
),
unlisted AS (
  SELECT
    hs_controls.control_id AS control_id,
    hs_controls.hs_edition AS hs_edition,
    substr(hs_controls.value, 1, 6) AS hs6,
    TRUE AS exact,
    'same' AS relation,
    concat('listed as ', hs_controls.hs_edition, ' ', hs_controls.value, '; not in the loaded nomenclature') AS note
  FROM hs_controls
  LEFT JOIN written
    ON written.control_id = hs_controls.control_id
  WHERE written.control_id IS NULL
    AND length(hs_controls.value) >= 6
),
in_own_edition AS (
  SELECT
    written.control_id AS control_id,
    written.hs_edition AS hs_edition,
    written.hs6 AS hs6,
    written.exact AS exact,
    written.relation AS relation,
    written.note AS note
  FROM written
  UNION ALL
  SELECT
    unlisted.control_id AS control_id,
    unlisted.hs_edition AS hs_edition,
    unlisted.hs6 AS hs6,
    unlisted.exact AS exact,
    unlisted.relation AS relation,
    unlisted.note AS note
  FROM unlisted
),
pairs AS (
  SELECT
    hs_concordance.from_edition AS from_edition,
    hs_concordance.from_code AS from_code,
    hs_concordance.to_edition AS to_edition,
    hs_concordance.to_code AS to_code,
    hs_concordance.relation AS relation,
    hs_concordance.unchanged AS unchanged,
    CASE
      WHEN hs_concordance.unchanged THEN 6
      WHEN substr(hs_concordance.from_code, 1, 4) = substr(hs_concordance.to_code, 1, 4) THEN 4
      WHEN substr(hs_concordance.from_code, 1, 2) = substr(hs_concordance.to_code, 1, 2) THEN 2
      ELSE 0
    END AS digits_shared
  FROM hs_concordance
),
closest AS (
  SELECT
    pairs.from_edition AS from_edition,
    pairs.from_code AS from_code,
    pairs.to_edition AS to_edition,
    MAX(pairs.digits_shared) AS digits_shared
  FROM pairs
  GROUP BY
    pairs.from_edition,
    pairs.from_code,
    pairs.to_edition
),
nearest AS (
  SELECT
    pairs.from_edition AS from_edition,
    pairs.from_code AS from_code,
    pairs.to_edition AS to_edition,
    closest.digits_shared AS digits_shared,
    COUNT(*) AS codes
  FROM pairs
  INNER JOIN closest
    ON closest.from_edition = pairs.from_edition
    AND closest.from_code = pairs.from_code
    AND closest.to_edition = pairs.to_edition
    AND closest.digits_shared = pairs.digits_shared
  GROUP BY
    pairs.from_edition,
    pairs.from_code,
    pairs.to_edition,
    closest.digits_shared
),
graded AS (
  SELECT
    in_own_edition.control_id AS control_id,
    in_own_edition.hs_edition AS control_edition,
    in_own_edition.hs6 AS control_hs6,
    in_own_edition.exact AS control_exact,
    pairs.from_edition AS hs_edition,
    pairs.from_code AS hs6,
    CASE
      WHEN in_own_edition.relation <> 'same' AND pairs.unchanged THEN in_own_edition.relation
      WHEN pairs.relation IN ('1:1', 'n:1') THEN 'same'
      WHEN pairs.unchanged THEN 'kept'
      WHEN pairs.digits_shared = nearest.digits_shared AND (nearest.digits_shared = 4 OR nearest.codes = 1) THEN 'moved'
      ELSE 'touched'
    END AS relation
  FROM in_own_edition
  INNER JOIN pairs
    ON pairs.to_edition = in_own_edition.hs_edition
    AND pairs.to_code = in_own_edition.hs6
  INNER JOIN nearest
    ON nearest.from_edition = pairs.from_edition
    AND nearest.from_code = pairs.from_code
    AND nearest.to_edition = pairs.to_edition
),
in_other_editions AS (
  SELECT
    graded.control_id AS control_id,
    graded.hs_edition AS hs_edition,
    graded.hs6 AS hs6,
    CASE WHEN graded.relation = 'same' AND graded.control_exact THEN TRUE ELSE FALSE END AS exact,
    graded.relation AS relation,
    concat(
      graded.hs_edition, ' ', graded.hs6,
      CASE
        WHEN graded.relation = 'same' THEN ' corresponds to '
        WHEN graded.relation = 'kept' THEN ' has the number of, but not all the goods of, '
        WHEN graded.relation = 'moved' THEN ' became several codes, part of it '
        ELSE ' goes on as another code; some of its goods moved to '
      END,
      graded.control_edition, ' ', graded.control_hs6, ', which is listed'
    ) AS note
  FROM graded
),
own_and_other AS (
  SELECT
    in_own_edition.control_id AS control_id,
    in_own_edition.hs_edition AS hs_edition,
    in_own_edition.hs6 AS hs6,
    in_own_edition.exact AS exact,
    in_own_edition.relation AS relation,
    in_own_edition.note AS note
  FROM in_own_edition
  UNION ALL
  SELECT
    in_other_editions.control_id AS control_id,
    in_other_editions.hs_edition AS hs_edition,
    in_other_editions.hs6 AS hs6,
    in_other_editions.exact AS exact,
    in_other_editions.relation AS relation,
    in_other_editions.note AS note
  FROM in_other_editions
),
editions AS (
  SELECT DISTINCT
    edition_codes.hs_edition AS hs_edition
  FROM edition_codes
),
latest AS (
  SELECT
    own_and_other.control_id AS control_id,
    own_and_other.hs6 AS hs6,
    MAX(own_and_other.hs_edition) AS hs_edition
  FROM own_and_other
  GROUP BY
    own_and_other.control_id,
    own_and_other.hs6
),
out_of_season AS (
  SELECT
    own_and_other.control_id AS control_id,
    editions.hs_edition AS hs_edition,
    own_and_other.hs6 AS hs6,
    own_and_other.exact AS exact,
    own_and_other.relation AS relation,
    concat(
      own_and_other.note, ' (', editions.hs_edition, ' has no ', own_and_other.hs6, ': read as ', own_and_other.hs_edition, ')'
    ) AS note
  FROM own_and_other
  INNER JOIN latest
    ON latest.control_id = own_and_other.control_id
    AND latest.hs6 = own_and_other.hs6
    AND latest.hs_edition = own_and_other.hs_edition
  CROSS JOIN editions
  LEFT JOIN edition_codes
    ON edition_codes.hs_edition = editions.hs_edition
    AND edition_codes.hs6 = own_and_other.hs6
  WHERE edition_codes.hs6 IS NULL
    AND own_and_other.hs_edition <> editions.hs_edition
),
everything AS (
  SELECT
    own_and_other.control_id AS control_id,
    own_and_other.hs_edition AS hs_edition,
    own_and_other.hs6 AS hs6,
    own_and_other.exact AS exact,
    own_and_other.relation AS relation,
    own_and_other.note AS note
  FROM own_and_other
  UNION ALL
  SELECT
    out_of_season.control_id AS control_id,
    out_of_season.hs_edition AS hs_edition,
    out_of_season.hs6 AS hs6,
    out_of_season.exact AS exact,
    out_of_season.relation AS relation,
    out_of_season.note AS note
  FROM out_of_season
),
ranked AS (
  SELECT
    everything.control_id AS control_id,
    everything.hs_edition AS hs_edition,
    everything.hs6 AS hs6,
    everything.exact AS exact,
    everything.relation AS relation,
    everything.note AS note,
    ROW_NUMBER() OVER (
      PARTITION BY everything.control_id, everything.hs_edition, everything.hs6
      ORDER BY
        CASE everything.relation WHEN 'same' THEN 1 WHEN 'kept' THEN 2 WHEN 'moved' THEN 3 ELSE 4 END ASC,
        everything.note ASC
    ) AS place
  FROM everything
)
SELECT
  ranked.control_id AS control_id,
  ranked.hs_edition AS hs_edition,
  ranked.hs6 AS hs6,
  ranked.exact AS exact,
  ranked.relation AS relation,
  ranked.note AS note
FROM ranked
WHERE ranked.place = 1
  AND ranked.relation <> 'touched'
ORDER BY
  ranked.control_id ASC,
  ranked.hs_edition ASC,
  ranked.hs6 ASC

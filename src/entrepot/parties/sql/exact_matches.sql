-- A row: one name in the records and one list entry that share the key of their normal form.
-- Reads: name_keys, list_keys, list_presence.
WITH names AS (
  SELECT DISTINCT
    name_keys.name AS name,
    name_keys.name_key AS name_key
  FROM name_keys
  WHERE name_keys.name_key IS NOT NULL
),
met AS (
  SELECT
    names.name AS name,
    names.name_key AS name_key,
    list_keys.list_id AS list_id,
    list_keys.entry_id AS entry_id,
    list_keys.name AS matched_name,
    list_keys.kind AS kind,
    ROW_NUMBER() OVER (
      PARTITION BY names.name, list_keys.list_id, list_keys.entry_id
      ORDER BY list_keys.kind ASC, list_keys.name ASC
    ) AS place
  FROM names
  INNER JOIN list_keys
    ON list_keys.name_key = names.name_key
)
SELECT
  met.name AS name,
  met.name_key AS name_key,
  met.list_id AS list_id,
  met.entry_id AS entry_id,
  list_presence.name AS entry_name,
  met.matched_name AS matched_name,
  1.0 AS score,
  CASE WHEN met.kind = 'weak' THEN 'possible' ELSE 'match' END AS decision,
  CONCAT('same name as the entry''s ', met.kind, ' name "', met.matched_name, '" after legal form, script, punctuation and word order are set aside') AS explanation
FROM met
INNER JOIN list_presence
  ON list_presence.list_id = met.list_id
  AND list_presence.entry_id = met.entry_id
WHERE met.place = 1
ORDER BY
  met.name ASC,
  met.list_id ASC,
  met.entry_id ASC

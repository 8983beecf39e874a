-- A row: one statement of ownership or control, with the date of the version of the list that states it.
-- Reads: ownership, list_entries.
SELECT
  ownership.source_id AS source_id,
  ownership.row_number AS row_number,
  ownership.owner_list_id AS owner_list_id,
  ownership.owner_entry_id AS owner_entry_id,
  ownership.owner_name AS owner_name,
  ownership.owned_list_id AS owned_list_id,
  ownership.owned_entry_id AS owned_entry_id,
  ownership.owned_name AS owned_name,
  ownership.share AS share,
  ownership.relation AS relation,
  ownership.since AS since,
  ownership.until AS until,
  ownership.as_of AS as_of,
  ownership.stated_by AS stated_by,
  versions.list_date AS list_date
FROM ownership
LEFT JOIN (
  SELECT
    list_entries.source_id AS source_id,
    MAX(list_entries.list_date) AS list_date
  FROM list_entries
  GROUP BY
    list_entries.source_id
) AS versions
  ON versions.source_id = ownership.source_id
WHERE ownership.relation IN ('owns', 'controls', 'subsidiary')
ORDER BY
  ownership.source_id ASC,
  ownership.row_number ASC,
  ownership.owner_name ASC,
  ownership.owned_name ASC

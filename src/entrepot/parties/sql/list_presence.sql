-- A row: one entry of one list, with the versions of the list in this case that have it and that do not.
-- Reads: list_entries, list_names (a publisher may give the names in a file of their own).
WITH versions AS (
  SELECT DISTINCT
    list_entries.list_id AS list_id,
    list_entries.list_date AS list_date
  FROM list_entries
  WHERE list_entries.list_date IS NOT NULL
),
seen AS (
  SELECT
    list_entries.list_id AS list_id,
    list_entries.entry_id AS entry_id,
    MIN(list_entries.list_date) AS first_seen,
    MAX(list_entries.list_date) AS last_seen,
    MIN(list_entries.listed) AS listed,
    MAX(list_entries.delisted) AS delisted
  FROM list_entries
  GROUP BY
    list_entries.list_id,
    list_entries.entry_id
),
absent AS (
  SELECT
    seen.list_id AS list_id,
    seen.entry_id AS entry_id,
    MAX(CASE WHEN versions.list_date < seen.first_seen THEN versions.list_date END) AS absent_before,
    MIN(CASE WHEN versions.list_date > seen.last_seen THEN versions.list_date END) AS absent_after
  FROM seen
  LEFT JOIN versions
    ON versions.list_id = seen.list_id
  GROUP BY
    seen.list_id,
    seen.entry_id
),
first_name AS (
  SELECT
    list_names.list_id AS list_id,
    list_names.entry_id AS entry_id,
    MIN(list_names.name) AS name
  FROM list_names
  WHERE list_names.kind = 'primary'
  GROUP BY
    list_names.list_id,
    list_names.entry_id
),
newest AS (
  SELECT
    list_entries.list_id AS list_id,
    list_entries.entry_id AS entry_id,
    list_entries.name AS name,
    list_entries.schema AS schema,
    list_entries.program AS program,
    list_entries.source_id AS source_id,
    list_entries.row_number AS row_number,
    ROW_NUMBER() OVER (
      PARTITION BY list_entries.list_id, list_entries.entry_id
      ORDER BY list_entries.list_date DESC NULLS LAST, list_entries.source_id ASC, list_entries.row_number ASC
    ) AS place
  FROM list_entries
)
SELECT
  newest.list_id AS list_id,
  newest.entry_id AS entry_id,
  COALESCE(first_name.name, newest.name) AS name,
  newest.schema AS schema,
  newest.program AS program,
  seen.listed AS listed,
  seen.delisted AS delisted,
  seen.first_seen AS first_seen,
  seen.last_seen AS last_seen,
  absent.absent_before AS absent_before,
  absent.absent_after AS absent_after,
  newest.source_id AS source_id,
  newest.row_number AS row_number
FROM newest
INNER JOIN seen
  ON seen.list_id = newest.list_id
  AND seen.entry_id = newest.entry_id
INNER JOIN absent
  ON absent.list_id = newest.list_id
  AND absent.entry_id = newest.entry_id
LEFT JOIN first_name
  ON first_name.list_id = newest.list_id
  AND first_name.entry_id = newest.entry_id
WHERE newest.place = 1
ORDER BY
  newest.list_id ASC,
  newest.entry_id ASC

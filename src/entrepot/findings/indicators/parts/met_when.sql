-- A row: one party and one list entry whose name it meets, with the days on which the entry is known to be on its list.
-- Reads: list_presence, and the part listed_names before it.
dated AS (
  SELECT
    met.subject_key AS subject_key,
    met.list_id AS list_id,
    met.entry_id AS entry_id,
    met.entry_name AS entry_name,
    met.score AS score,
    met.sureness AS sureness,
    met.explanation AS explanation,
    met.against AS against,
    COALESCE(list_presence.listed, list_presence.first_seen) AS listed,
    CASE
      WHEN list_presence.listed IS NOT NULL THEN 'on ' || CAST(list_presence.listed AS VARCHAR)
      WHEN list_presence.absent_before IS NOT NULL THEN 'between ' || CAST(list_presence.absent_before AS VARCHAR) || ' and ' || CAST(list_presence.first_seen AS VARCHAR)
      ELSE 'at the latest on ' || COALESCE(CAST(list_presence.first_seen AS VARCHAR), 'a day not stated')
    END AS listed_text,
    CASE WHEN list_presence.listed IS NULL THEN COALESCE(list_presence.absent_before, list_presence.first_seen) ELSE list_presence.listed END AS not_before,
    CASE
      WHEN list_presence.delisted IS NOT NULL THEN ', delisted on ' || CAST(list_presence.delisted AS VARCHAR)
      WHEN list_presence.absent_after IS NOT NULL THEN ', off the list between ' || CAST(list_presence.last_seen AS VARCHAR) || ' and ' || CAST(list_presence.absent_after AS VARCHAR)
      ELSE ''
    END AS delisted_text,
    CASE
      WHEN list_presence.delisted IS NOT NULL THEN CAST(list_presence.delisted - INTERVAL '1' DAY AS DATE)
      WHEN list_presence.absent_after IS NOT NULL THEN list_presence.last_seen
    END AS last_day
  FROM met
  INNER JOIN list_presence
    ON list_presence.list_id = met.list_id
    AND list_presence.entry_id = met.entry_id
)

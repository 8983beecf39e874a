-- name: listing
SELECT
  p.list_id, p.entry_id, p.name, p.schema, p.program, p.listed, p.delisted, p.first_seen, p.last_seen, COALESCE(m.names, 0) AS matches,
  sources.synthetic
FROM list_presence AS p
LEFT JOIN (
  SELECT matches.list_id, matches.entry_id, COUNT(DISTINCT matches.name) AS names
  FROM matches
  WHERE matches.decision <> 'no'
  GROUP BY matches.list_id, matches.entry_id
) AS m
  ON m.list_id = p.list_id AND m.entry_id = p.entry_id
LEFT JOIN sources
  ON sources.source_id = p.source_id

-- name: lists
SELECT list_id, COUNT(DISTINCT entry_id) AS entries, STRING_AGG(DISTINCT CAST(list_date AS VARCHAR), ', ') AS dates
FROM list_entries
GROUP BY list_id
ORDER BY list_id

-- name: entry
SELECT * FROM list_presence WHERE list_id = $list AND entry_id = $entry

-- name: versions
SELECT list_date, name, program, authority, listed, delisted, remarks, source_id, row_number
FROM list_entries
WHERE list_id = $list AND entry_id = $entry
ORDER BY list_date NULLS LAST, source_id

-- name: names
SELECT DISTINCT name, kind, script FROM list_names WHERE list_id = $list AND entry_id = $entry ORDER BY kind, name

-- name: identifiers
SELECT DISTINCT kind, value, country, original FROM list_identifiers WHERE list_id = $list AND entry_id = $entry ORDER BY kind, value

-- name: places
SELECT DISTINCT kind, country, text, date, date_precision FROM list_places WHERE list_id = $list AND entry_id = $entry ORDER BY kind, country, text

-- name: matches
SELECT m.name, m.matched_name, m.score, m.decision, m.explanation, names.party_id, names."rows", names.first_date, names.last_date
FROM matches AS m
LEFT JOIN (
  SELECT party_names.name, MIN(party_names.party_id) AS party_id, CAST(SUM(party_names."rows") AS BIGINT) AS "rows",
    MIN(party_names.first_date) AS first_date, MAX(party_names.last_date) AS last_date
  FROM party_names
  GROUP BY party_names.name
) AS names
  ON names.name = m.name
WHERE m.list_id = $list AND m.entry_id = $entry

-- name: ownership
SELECT o.owner_name, o.owned_name, o.relation, o.share, o.since, o.until, o.source_id, o.row_number
FROM ownership AS o
WHERE (o.owner_list_id = $list AND o.owner_entry_id = $entry) OR (o.owned_list_id = $list AND o.owned_entry_id = $entry)
ORDER BY o.owner_name, o.owned_name
LIMIT 100

-- name: listing
SELECT
  heads.list_id, heads.entry_id, heads.name, heads.schema, heads.program, heads.listed, heads.delisted, heads.first_seen, heads.last_seen,
  heads.matches, heads.synthetic
FROM entry_heads AS heads

-- name: lists
SELECT list_id, COUNT(DISTINCT entry_id) AS entries, STRING_AGG(DISTINCT CAST(list_date AS VARCHAR), ', ') AS dates
FROM list_entries
GROUP BY list_id
ORDER BY list_id

-- name: entry
SELECT * EXCLUDE (matches, synthetic) FROM entry_heads WHERE list_id = $list AND entry_id = $entry

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
SELECT m.name, m.matched_name, m.score, m.decision, m.explanation, m.party_id, m."rows", m.first_date, m.last_date
FROM entry_matches AS m
WHERE m.list_id = $list AND m.entry_id = $entry

-- name: ownership
SELECT o.owner_name, o.owned_name, o.relation, o.share, o.since, o.until, o.source_id, o.row_number
FROM ownership AS o
WHERE (o.owner_list_id = $list AND o.owner_entry_id = $entry) OR (o.owned_list_id = $list AND o.owned_entry_id = $entry)
ORDER BY o.owner_name, o.owned_name
LIMIT 100

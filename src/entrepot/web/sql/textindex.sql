-- A row of each: kind, id, title, other words, note, countries, roles, list, hs, first day, last day, rows.

-- name: parties
SELECT
  'party', heads.party_id, heads.name,
  CONCAT_WS(' ', names.names, heads.identifiers),
  CONCAT(heads."rows", IF(heads."rows" = 1, ' shipment, ', ' shipments, '), heads.names, IF(heads.names = 1, ' spelling', ' spellings')),
  heads.country, heads.roles, NULL, NULL, heads.first_date, heads.last_date, heads."rows"
FROM party_heads AS heads
LEFT JOIN (
  SELECT party_names.party_id, STRING_AGG(DISTINCT party_names.name, ' ') AS names
  FROM party_names
  GROUP BY party_names.party_id
) AS names
  ON names.party_id = heads.party_id

-- name: goods
SELECT
  'goods', CONCAT(texts.source_id, ':', texts.row_number), texts.goods_text, NULL,
  CONCAT('declared under ', COALESCE(texts.hs6, 'no code'), ' in ', texts.shipments, ' shipments'),
  NULL, NULL, NULL, SUBSTR(texts.hs6, 1, 2), texts.first_date, texts.last_date, texts.shipments
FROM goods_texts AS texts

-- name: codes
SELECT
  'code', codes.hs_code, CONCAT(codes.hs_code, ' ', ARG_MAX(codes.description, codes.hs_edition)), NULL,
  CONCAT('code of the Harmonized System, ', COALESCE(heads.shipments, 0), ' shipments'),
  NULL, NULL, NULL, SUBSTR(codes.hs_code, 1, 2), heads.first_date, heads.last_date, heads.shipments
FROM hs_codes AS codes
LEFT JOIN goods_heads AS heads
  ON heads.hs6 = codes.hs_code
WHERE codes.level = 6
GROUP BY codes.hs_code, heads.shipments, heads.first_date, heads.last_date

-- name: entries
SELECT
  'list entry', CONCAT(entries.list_id, '/', entries.entry_id), entries.name, names.names,
  CONCAT_WS(', ', entries.list_id, entries.schema, entries.program),
  places.countries, NULL, entries.list_id, NULL, NULL, NULL, 0
FROM list_presence AS entries
LEFT JOIN (
  SELECT list_names.list_id, list_names.entry_id, STRING_AGG(DISTINCT list_names.name, ' ') AS names
  FROM list_names
  GROUP BY ALL
) AS names
  ON names.list_id = entries.list_id AND names.entry_id = entries.entry_id
LEFT JOIN (
  SELECT list_places.list_id, list_places.entry_id, STRING_AGG(DISTINCT list_places.country, ';') AS countries
  FROM list_places
  GROUP BY ALL
) AS places
  ON places.list_id = entries.list_id AND places.entry_id = entries.entry_id

-- name: claims
SELECT
  'claim', claims.claim_id, claims.quote, CONCAT_WS(' ', claims.goods, claims.places),
  CONCAT_WS(', ', claims.stance, documents.name),
  NULL, NULL, NULL, NULL, claims.period_from, claims.period_to, 1
FROM claims
INNER JOIN documents
  ON documents.document_id = claims.document_id

-- name: reports
SELECT
  'report', documents.document_id, COALESCE(documents.title, documents.name),
  CONCAT_WS(' ', documents.outlet, documents.author, SUBSTR(documents.text, 1, 4000)),
  CONCAT_WS(', ', documents.outlet, documents.published),
  NULL, NULL, NULL, NULL, documents.published, documents.published, 1
FROM documents

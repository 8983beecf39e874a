-- What the page of a party shows, counted and joined once a build: a page reads a few neighbouring rows.

-- name: party_goods
-- A row: goods of one code that one party sent or received.
CREATE TABLE party_goods AS
SELECT
  moves.party_id AS party_id,
  moves.hs6 AS hs6,
  ANY_VALUE(goods.description) AS description,
  moves.side AS side,
  MIN(moves.tier) AS tier,
  COUNT(*) AS shipments,
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date
FROM party_moves AS moves
LEFT JOIN goods_heads AS goods
  ON goods.hs6 = moves.hs6
GROUP BY moves.party_id, moves.hs6, moves.side
ORDER BY party_id, shipments DESC, hs6, side

-- name: party_partners
-- A row: one party and one of its counterparties in one direction.
CREATE TABLE party_partners AS
SELECT
  moves.party_id AS party_id,
  moves.other_id AS other_id,
  MIN(moves.other) AS other,
  moves.side AS side,
  COUNT(*) AS shipments,
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd,
  COUNT(*) FILTER (WHERE moves.tier IS NOT NULL) AS controlled,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date
FROM party_moves AS moves
WHERE moves.other_id IS NOT NULL
GROUP BY moves.party_id, moves.other_id, moves.side
ORDER BY party_id, shipments DESC, other_id, side

-- name: party_nearest
-- A row: one of the fifty counterparties to which a party sent most shipments; a graph draws these.
CREATE TABLE party_nearest AS
SELECT partners.party_id AS party_id, partners.other_id AS other_id, partners.shipments AS shipments
FROM party_partners AS partners
WHERE partners.side = 'sent'
QUALIFY ROW_NUMBER() OVER (PARTITION BY partners.party_id ORDER BY partners.shipments DESC, partners.other_id) <= 50
ORDER BY party_id, shipments DESC, other_id

-- name: party_prices
-- A row: one unit value of a shipment of a party that stands out of its group.
CREATE TABLE party_prices AS
SELECT
  moves.party_id AS party_id,
  outliers.measure AS measure,
  outliers.unit_value AS unit_value,
  outliers.rule AS rule,
  outliers.side AS side,
  outliers.likely_error AS likely_error,
  outliers.robust_z AS robust_z,
  outliers.n AS n,
  outliers.quartile_1 AS quartile_1,
  outliers.median AS median,
  outliers.quartile_3 AS quartile_3,
  moves.hs6 AS hs6,
  moves.date AS date,
  moves.source_id AS source_id,
  moves.row_number AS row_number
FROM price_outliers AS outliers
INNER JOIN party_moves AS moves
  ON outliers.shipment_id = CONCAT(moves.source_id, ':', moves.row_number)
ORDER BY party_id, date DESC

-- name: party_contacts
-- A row: one address, telephone or number that stands beside a name of a party.
CREATE TABLE party_contacts AS
SELECT
  keys.party_id AS party_id,
  contacts.kind AS kind,
  contacts.contact AS contact,
  contacts.name AS name,
  contacts.role AS role,
  contacts."rows" AS "rows",
  contacts.source_id AS source_id,
  contacts.row_number AS row_number
FROM built.contacts AS contacts
INNER JOIN (SELECT DISTINCT parties.name_key AS name_key, parties.party_id AS party_id FROM built.parties AS parties) AS keys
  ON keys.name_key = contacts.name_key
ORDER BY party_id, "rows" DESC

-- name: party_matches
-- A row: one name of a party near one list entry, with the party's shipments before and while the entry was listed.
CREATE TABLE party_matches AS
WITH near AS (
  SELECT DISTINCT
    names.party_id AS party_id, matches.name AS name, matches.list_id AS list_id, matches.entry_id AS entry_id, matches.entry_name AS entry_name,
    matches.matched_name AS matched_name, matches.score AS score, matches.decision AS decision, matches.explanation AS explanation,
    presence.listed AS listed, presence.delisted AS delisted, presence.program AS program
  FROM matches
  INNER JOIN names
    ON names.name = matches.name
  LEFT JOIN list_presence AS presence
    ON presence.list_id = matches.list_id
    AND presence.entry_id = matches.entry_id
  WHERE matches.decision <> 'no'
),
days AS (
  SELECT moves.party_id AS party_id, moves.date AS date, COUNT(*) AS shipments
  FROM party_moves AS moves
  WHERE moves.party_id IN (SELECT near.party_id FROM near)
  GROUP BY moves.party_id, moves.date
),
counted AS (
  SELECT
    near.party_id AS party_id,
    near.list_id AS list_id,
    near.entry_id AS entry_id,
    COALESCE(SUM(days.shipments) FILTER (WHERE days.date >= near.listed AND (near.delisted IS NULL OR days.date < near.delisted)), 0) AS after_listing,
    COALESCE(SUM(days.shipments) FILTER (WHERE days.date < near.listed), 0) AS before_listing
  FROM (SELECT DISTINCT party_id, list_id, entry_id, listed, delisted FROM near) AS near
  LEFT JOIN days
    ON days.party_id = near.party_id
  GROUP BY near.party_id, near.list_id, near.entry_id
)
SELECT near.*, CAST(counted.after_listing AS BIGINT) AS after_listing, CAST(counted.before_listing AS BIGINT) AS before_listing
FROM near
INNER JOIN counted
  ON counted.party_id = near.party_id
  AND counted.list_id = near.list_id
  AND counted.entry_id = near.entry_id
ORDER BY party_id, score DESC

-- name: party_ownership
-- A row: one statement of ownership that names a party, or names a list entry that a name of the party meets.
CREATE TEMPORARY TABLE party_ownership AS
SELECT named.party_id AS party_id, ownership.*, sources.path AS path
FROM (
  SELECT names.party_id AS party_id, ownership.source_id AS source_id, ownership.row_number AS row_number
  FROM ownership
  INNER JOIN names
    ON names.name = ownership.owner_name
  UNION
  SELECT names.party_id, ownership.source_id, ownership.row_number
  FROM ownership
  INNER JOIN names
    ON names.name = ownership.owned_name
  UNION
  SELECT near.party_id, ownership.source_id, ownership.row_number
  FROM ownership
  INNER JOIN party_matches AS near
    ON near.list_id = ownership.owner_list_id
    AND near.entry_id = ownership.owner_entry_id
  WHERE near.decision = 'match'
  UNION
  SELECT near.party_id, ownership.source_id, ownership.row_number
  FROM ownership
  INNER JOIN party_matches AS near
    ON near.list_id = ownership.owned_list_id
    AND near.entry_id = ownership.owned_entry_id
  WHERE near.decision = 'match'
) AS named
INNER JOIN ownership
  ON ownership.source_id = named.source_id
  AND ownership.row_number = named.row_number
INNER JOIN sources
  ON sources.source_id = ownership.source_id
ORDER BY party_id, owner_name, owned_name

-- name: party_claims
-- A row: one claim whose words hold one of a party's names. Names are met by their first word, so that not every name is sought in
-- every claim; names in scripts without spaces are sought as they are.
CREATE TEMPORARY TABLE party_claims AS
WITH said AS (
  SELECT claims.claim_id AS claim_id, claims.document_id AS document_id, claims.quote AS quote, claims.stance AS stance, LOWER(claims.quote) AS lower_quote
  FROM claims
),
words AS (
  SELECT DISTINCT said.claim_id AS claim_id, said.lower_quote AS lower_quote, UNNEST(REGEXP_EXTRACT_ALL(said.lower_quote, '[\p{L}\p{N}]+')) AS word
  FROM said
),
called AS (
  SELECT DISTINCT names.party_id AS party_id, LOWER(names.name) AS lower_name, REGEXP_EXTRACT(LOWER(names.name), '[\p{L}\p{N}]+') AS word
  FROM names
  WHERE LENGTH(names.name) > 4
),
met AS (
  SELECT called.party_id AS party_id, words.claim_id AS claim_id
  FROM called
  INNER JOIN words
    ON words.word = called.word
  WHERE CONTAINS(words.lower_quote, called.lower_name)
  UNION
  SELECT called.party_id, said.claim_id
  FROM (SELECT * FROM called WHERE REGEXP_MATCHES(called.lower_name, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]')) AS called
  INNER JOIN (SELECT * FROM said WHERE REGEXP_MATCHES(said.lower_quote, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]')) AS said
    ON CONTAINS(said.lower_quote, called.lower_name)
)
SELECT met.party_id AS party_id, said.claim_id AS claim_id, said.document_id AS document_id, said.quote AS quote, said.stance AS stance, documents.name AS document
FROM met
INNER JOIN said
  ON said.claim_id = met.claim_id
INNER JOIN documents
  ON documents.document_id = said.document_id
ORDER BY party_id, document_id, claim_id

-- name: party_pages
-- A row: one party with everything that its page shows beside its tables, and how many rows each table has.
CREATE TABLE party_pages AS
SELECT
  heads.* EXCLUDE (lower_name),
  COALESCE(goods.n, 0) AS goods_rows,
  COALESCE(partners.n, 0) AS partners_rows,
  COALESCE(moves.n, 0) AS shipments_rows,
  COALESCE(prices.n, 0) AS prices_rows,
  COALESCE(contacts.n, 0) AS contacts_rows,
  COALESCE(near.n, 0) AS matches_rows,
  COALESCE(spelled.n, 0) AS names_rows,
  spelled.sources AS sources,
  spelled.spellings AS spellings,
  months.months AS months,
  lanes.lanes AS lanes,
  members.members AS members,
  suspects.suspects AS suspects,
  owned.owned AS owned,
  ownership.ownership AS ownership,
  said.claims AS claims
FROM party_heads AS heads
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_goods GROUP BY party_id) AS goods
  ON goods.party_id = heads.party_id
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_partners GROUP BY party_id) AS partners
  ON partners.party_id = heads.party_id
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_moves GROUP BY party_id) AS moves
  ON moves.party_id = heads.party_id
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_prices GROUP BY party_id) AS prices
  ON prices.party_id = heads.party_id
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_contacts GROUP BY party_id) AS contacts
  ON contacts.party_id = heads.party_id
LEFT JOIN (SELECT party_id, COUNT(*) AS n FROM party_matches GROUP BY party_id) AS near
  ON near.party_id = heads.party_id
LEFT JOIN (
  SELECT
    party_names.party_id AS party_id,
    COUNT(*) AS n,
    LIST(DISTINCT party_names.source_id ORDER BY party_names.source_id) AS sources,
    LIST(DISTINCT party_names.name ORDER BY party_names.name)[1:500] AS spellings
  FROM party_names
  GROUP BY party_names.party_id
) AS spelled
  ON spelled.party_id = heads.party_id
LEFT JOIN (
  SELECT
    grouped.party_id AS party_id,
    LIST({'period': grouped.period, 'series': grouped.series, 'rows': grouped."rows", 'net_kg': grouped.net_kg, 'value_usd': grouped.value_usd} ORDER BY grouped.period, grouped.series) AS months
  FROM (
    SELECT
      moves.party_id AS party_id,
      CAST(DATE_TRUNC('month', moves.date) AS DATE) AS period,
      CASE WHEN moves.tier IS NULL THEN 'other goods' ELSE 'under a control list' END AS series,
      COUNT(*) AS "rows",
      SUM(moves.net_kg) AS net_kg,
      SUM(moves.value_usd) AS value_usd
    FROM party_moves AS moves
    WHERE moves.date IS NOT NULL
    GROUP BY ALL
  ) AS grouped
  GROUP BY grouped.party_id
) AS months
  ON months.party_id = heads.party_id
LEFT JOIN (
  SELECT
    grouped.party_id AS party_id,
    LIST({
      'dispatch_country': grouped.dispatch_country, 'destination_country': grouped.destination_country, 'tier': grouped.tier,
      'shipments': grouped.shipments, 'net_kg': grouped.net_kg, 'value_usd': grouped.value_usd, 'first_date': grouped.first_date,
      'last_date': grouped.last_date
    } ORDER BY grouped.shipments DESC, grouped.dispatch_country, grouped.destination_country)[1:400] AS lanes
  FROM (
    SELECT
      moves.party_id AS party_id,
      moves.dispatch_country AS dispatch_country,
      moves.destination_country AS destination_country,
      MIN(moves.tier) AS tier,
      COUNT(*) AS shipments,
      SUM(moves.net_kg) AS net_kg,
      SUM(moves.value_usd) AS value_usd,
      MIN(moves.date) AS first_date,
      MAX(moves.date) AS last_date
    FROM party_moves AS moves
    WHERE moves.dispatch_country IS NOT NULL AND moves.destination_country IS NOT NULL
    GROUP BY moves.party_id, moves.dispatch_country, moves.destination_country
  ) AS grouped
  GROUP BY grouped.party_id
) AS lanes
  ON lanes.party_id = heads.party_id
LEFT JOIN (
  SELECT
    m.party_id AS party_id,
    LIST({
      'name': m.name, 'identifier': m.identifier, 'country': m.country, 'rows': m."rows", 'why': m.why, 'source_id': m.source_id,
      'row_number': m.row_number
    } ORDER BY m."rows" DESC, m.name)[1:40] AS members
  FROM party_members AS m
  WHERE m.why IS NOT NULL
  GROUP BY m.party_id
) AS members
  ON members.party_id = heads.party_id
LEFT JOIN (
  SELECT
    p.party_id AS party_id,
    LIST({
      'pair_id': p.pair_id, 'score': p.score, 'explanation': p.explanation, 'left_name': p.left_name, 'right_name': p.right_name,
      'other_id': p.other_id, 'other': p.other
    } ORDER BY p.score DESC, p.pair_id)[1:20] AS suspects
  FROM (
    SELECT *, left_party AS party_id, right_party AS other_id, right_name AS other FROM party_pairs
    UNION ALL
    SELECT *, right_party, left_party, left_name FROM party_pairs WHERE left_party <> right_party
  ) AS p
  GROUP BY p.party_id
) AS suspects
  ON suspects.party_id = heads.party_id
LEFT JOIN (
  SELECT o.party_id AS party_id, LIST(o ORDER BY o.rule, o.owned_id)[1:20] AS owned
  FROM owned_parties AS o
  GROUP BY o.party_id
) AS owned
  ON owned.party_id = heads.party_id
LEFT JOIN (
  SELECT
    o.party_id AS party_id,
    LIST({
      'owner_name': o.owner_name, 'owned_name': o.owned_name, 'relation': o.relation, 'share': o.share, 'since': o.since, 'until': o.until,
      'source_id': o.source_id, 'row_number': o.row_number, 'path': o.path
    } ORDER BY o.owner_name, o.owned_name, o.source_id, o.row_number)[1:100] AS ownership
  FROM party_ownership AS o
  GROUP BY o.party_id
) AS ownership
  ON ownership.party_id = heads.party_id
LEFT JOIN (
  SELECT
    c.party_id AS party_id,
    LIST({'claim_id': c.claim_id, 'document_id': c.document_id, 'quote': c.quote, 'stance': c.stance, 'document': c.document} ORDER BY c.document_id, c.claim_id)[1:50] AS claims
  FROM party_claims AS c
  GROUP BY c.party_id
) AS said
  ON said.party_id = heads.party_id
ORDER BY party_id

-- name: listing
SELECT * FROM report_heads

-- name: document
SELECT * FROM documents WHERE document_id = $document

-- name: claims
SELECT claims.*, r.label AS root
FROM claims
LEFT JOIN (SELECT roots.root_id, MIN(roots.label) AS label FROM roots GROUP BY roots.root_id) AS r
  ON r.root_id = claims.root_id
WHERE claims.document_id = $document
ORDER BY claims.start_char, claims.claim_id

-- name: hops
SELECT a.claim_id, a.hop, a.name, a.role, a.relation, a.mention, a.rule
FROM attributions AS a
INNER JOIN claims
  ON claims.claim_id = a.claim_id
WHERE claims.document_id = $document
ORDER BY a.claim_id, a.hop

-- name: checks
SELECT check_id, claim_id, verdict, reading, why FROM checks WHERE document_id = $document ORDER BY check_id

-- name: paragraphs
SELECT start_char, end_char, kind, reason FROM paragraphs WHERE document_id = $document ORDER BY start_char

-- name: quantities
SELECT q.claim_id, q.number, q.value, q.low, q.high, q.unit, q.of, q.approx, q.start_char, q.end_char
FROM claim_quantities AS q
INNER JOIN claims
  ON claims.claim_id = q.claim_id
WHERE claims.document_id = $document
ORDER BY q.claim_id, q.number

-- name: reprints
SELECT r.other_document_id AS document_id, d.name, r.shared, r.kind
FROM reprints AS r
INNER JOIN documents AS d
  ON d.document_id = r.other_document_id
WHERE r.document_id = $document
ORDER BY r.shared DESC, d.name

-- name: all_claims
SELECT * FROM claim_heads

-- name: all_checks
SELECT * FROM check_heads

-- name: check
SELECT k.*, c.quote, c.stance, c.hedged, c.negated, c.start_char, d.name AS document, d.title
FROM checks AS k
INNER JOIN claims AS c
  ON c.claim_id = k.claim_id
INNER JOIN documents AS d
  ON d.document_id = k.document_id
WHERE k.check_id = $check

-- name: roots
SELECT roots.root_id, roots.label, roots.kind, roots.obtained_by, roots.author, roots.written_from, roots.written_to, roots.known_through, roots.claims, roots.documents, roots.outlets, roots.evidence
FROM roots

-- name: root
SELECT * FROM roots WHERE root_id = $root

-- name: root_claims
SELECT c.claim_id, c.document_id, d.name AS document, d.outlet, d.published, c.quote, c.stance, c.hedged, c.secondhand
FROM root_claims AS r
INNER JOIN claims AS c
  ON c.claim_id = r.claim_id
INNER JOIN documents AS d
  ON d.document_id = c.document_id
WHERE r.root_id = $root
ORDER BY d.published NULLS LAST, d.name, c.start_char

-- name: differences
SELECT
  x.claim_id, x.other_claim_id, x.change, x.what, x.before, x.after, x.message, a.quote AS quote, a.document_id AS document_id,
  b.quote AS other_quote, b.document_id AS other_document_id, da.name AS document, db.name AS other_document
FROM differences AS x
INNER JOIN claims AS a
  ON a.claim_id = x.claim_id
INNER JOIN claims AS b
  ON b.claim_id = x.other_claim_id
INNER JOIN documents AS da
  ON da.document_id = a.document_id
INNER JOIN documents AS db
  ON db.document_id = b.document_id
WHERE x.root_id = $root
ORDER BY x.claim_id, x.other_claim_id, x.what

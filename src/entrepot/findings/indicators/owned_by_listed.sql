-- id: owned_by_listed
-- title: A party that listed parties own together
-- subject: party
-- meaning: By the ownership statements in the case, listed parties together own the party, or by the European and British rules control it, directly or through others that they own in the same way. The party itself is not listed. A rule applied to statements is not a legal finding.
-- source: OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked, 13 August 2014, with FAQ 398 and 401; EU Best Practices 8519/18 and 11623/24; regulation 7 of the Russia (Sanctions) (EU Exit) Regulations 2019; FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (shared owners).
-- statement: {subject} is {status} by listed parties ({owners}) by {rules:int} rules ({rule_ids}), with {share_text}, {from_text}, and traded {rows:int} times from {date_from} to {date_to}: {steps}{notes_text}
-- innocent: The stake may have been sold since it was stated, or be held by a namesake of the listed party; registers are late and incomplete; ownership is not control and control is not ownership; a licence may have applied; only the rule of the regime that applies to the trade counts.
-- reads: trade, owned_parties, ownership_steps, party_members, parties, sources
-- include: same_party, acted, everyone
-- parameter.with_unknown: false | also parties for which a percentage that is not stated decides
-- A row: one party with the shipments made since the rule that is met first.
WITH ruled AS (
  SELECT
    owned_parties.party_key AS party,
    owned_parties.rule AS rule,
    owned_parties.status AS status,
    owned_parties.share AS share,
    owned_parties.from_date AS from_date,
    owned_parties.owners AS owners,
    owned_parties.steps AS steps,
    owned_parties.notes AS notes,
    owned_parties.stale AS stale,
    owned_parties.owned_id AS owned_id,
    ROW_NUMBER() OVER (
      PARTITION BY owned_parties.party_key
      ORDER BY CASE owned_parties.status WHEN 'owned' THEN 1 WHEN 'controlled' THEN 2 ELSE 3 END ASC, owned_parties.share DESC NULLS LAST, owned_parties.rule ASC, owned_parties.owned_id ASC
    ) AS place
  FROM owned_parties
  WHERE owned_parties.party_key IS NOT NULL
    AND (owned_parties.status <> 'unknown' OR $with_unknown)
),
best AS (
  SELECT
    ruled.party AS party,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.status END) AS status,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.share END) AS share,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.owners END) AS owners,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.steps END) AS steps,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.notes END) AS notes,
    MIN(CASE WHEN ruled.place = 1 THEN ruled.owned_id END) AS owned_id,
    MAX(CASE WHEN ruled.place = 1 AND ruled.stale THEN 1 ELSE 0 END) AS stale,
    CASE WHEN COUNT(ruled.from_date) = COUNT(*) THEN MIN(ruled.from_date) END AS from_date,
    COUNT(DISTINCT ruled.rule) AS rules,
    CONCAT_WS(
      ', ',
      MAX(CASE WHEN ruled.rule = 'ofac-50' THEN 'OFAC' END),
      MAX(CASE WHEN ruled.rule = 'eu-2018' THEN 'EU until July 2024' END),
      MAX(CASE WHEN ruled.rule = 'eu-2024' THEN 'EU from July 2024' END),
      MAX(CASE WHEN ruled.rule = 'uk-50' THEN 'UK' END)
    ) AS rule_ids
  FROM ruled
  GROUP BY
    ruled.party
)
SELECT
  best.party AS subject_key,
  COALESCE(MIN(parties.name), MIN(acted.name)) AS subject,
  MIN(acted.country) AS country,
  MIN(acted.date) AS date_from,
  MAX(acted.date) AS date_to,
  COUNT(*) AS "rows",
  CAST(SUM(CAST(acted.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
  CAST(SUM(CAST(acted.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
  MIN(sources.synthetic) AS synthetic,
  best.status AS status,
  best.owners AS owners,
  best.rules AS rules,
  best.rule_ids AS rule_ids,
  best.share AS share,
  CASE WHEN best.share IS NULL THEN 'no percentage stated' ELSE CAST(ROUND(best.share, 2) AS VARCHAR) || ' percent' END AS share_text,
  best.from_date AS owned_from,
  CASE WHEN best.from_date IS NULL THEN 'since a day that is not stated' ELSE 'since ' || CAST(best.from_date AS VARCHAR) END AS from_text,
  best.steps AS steps,
  CASE WHEN best.notes IS NULL THEN '' ELSE '. Note: ' || best.notes END AS notes_text,
  best.stale = 1 AS stale,
  best.owned_id AS _owned,
  ROUND(
    0.7 * CASE best.status WHEN 'owned' THEN 1.0 WHEN 'controlled' THEN 0.8 ELSE 0.4 END * CASE WHEN best.stale = 1 THEN 0.7 ELSE 1.0 END
    + 0.3 * LEAST(1.0, LN(1.0 + COUNT(*)) / LN(1000.0)),
    4
  ) AS strength,
  MAX(everyone.parties) AS compared
FROM best
INNER JOIN acted
  ON acted.party = best.party
INNER JOIN sources
  ON sources.source_id = acted.source_id
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = best.party
WHERE best.from_date IS NULL
  OR acted.date >= best.from_date
GROUP BY
  best.party,
  best.status,
  best.owners,
  best.rules,
  best.rule_ids,
  best.share,
  best.from_date,
  best.steps,
  best.notes,
  best.stale,
  best.owned_id
-- evidence
-- A row: one stake that the finding rests on, or one shipment of the party since the rule is met.
WITH proof AS (
  SELECT
    found.subject_key AS subject_key,
    0 AS part,
    ownership_steps.position AS position,
    CAST(NULL AS DATE) AS date,
    ownership_steps.source_id AS source_id,
    ownership_steps.row_number AS row_number,
    ownership_steps.owner_name || ' ' || ownership_steps.relation || COALESCE(' ' || CAST(ownership_steps.share AS VARCHAR) || ' percent:', ', percentage not stated:') || ' ' || ownership_steps.owned_name || COALESCE(', as of ' || CAST(ownership_steps.as_of AS VARCHAR), '') || CASE WHEN ownership_steps.stale THEN ', stale' ELSE '' END AS why
  FROM found
  INNER JOIN ownership_steps
    ON ownership_steps.owned_id = found._owned
  UNION ALL
  SELECT
    found.subject_key AS subject_key,
    1 AS part,
    0 AS position,
    acted.date AS date,
    acted.source_id AS source_id,
    acted.row_number AS row_number,
    acted.role || ' "' || acted.name || '" on ' || COALESCE(CAST(acted.date AS VARCHAR), 'a day not stated') AS why
  FROM found
  INNER JOIN acted
    ON acted.party = found.subject_key
  WHERE found.owned_from IS NULL
    OR acted.date >= found.owned_from
)
SELECT
  proof.subject_key AS subject_key,
  proof.source_id AS source_id,
  proof.row_number AS row_number,
  proof.why AS why
FROM proof
ORDER BY
  proof.subject_key ASC,
  proof.part ASC,
  proof.position ASC,
  proof.date ASC,
  proof.source_id ASC,
  proof.row_number ASC

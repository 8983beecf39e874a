-- id: trade_pauses_party
-- title: A party's steady trade pauses for months
-- subject: party
-- meaning: A party that traded steadily for a year or more does not appear in the records for months, far longer than ever before and than its own rate explains, and then comes back. Of several such pauses the least likely one is shown. Records of other files count too: whoever goes on there has not paused. The chance is multiplied by the number of the party's days with shipments, since each could have begun a pause. Where a file gives months only, the chance is that of so many months without a shipment at its share of active months.
-- source: Event dating by the last active month, judged by the party's own rate: chance of a silence of that length under a Poisson process (Cox and Lewis, The Statistical Analysis of Series of Events, 1966), with Bonferroni's correction; for months, the binomial distribution with Laplace's rule of succession; UN and WITS notes on bilateral trade series for the reading of absences.
-- statement: {subject} traded on {days:int} days up to {last_day}, {per_month:ratio} a month in the year before, and does not appear in the {silent:int} days until it comes back on {again} (chance at its own rate {p_value:p})
-- innocent: A plant stands still, is rebuilt or lives on its stock; a route, a border or a port is closed for a time; a season or an epidemic; a dispute over payment; the trade may have gone on by a route that these records do not cover.
-- reads: trade, sources, parties, party_members
-- include: same_party, silences
-- parameter.least_days: 12 | least number of days with shipments in the two years before the silence
-- parameter.least_span: 365 | least number of days from the first shipment to the last before the silence
-- parameter.least_silent: 120 | least number of days of the pause: a quarter of a year is soon bridged from stock
-- parameter.least_year: 10 | least number of days with shipments in the year before it: less is no steady trade
-- parameter.most_p: 0.001 | largest chance of such a silence at the party's rate of the year before
-- parameter.longest_gap: 2.0 | the silence is at least this many times the longest gap of the two years before
-- A row: one party with its least likely pause.
WITH ranked AS (
  SELECT
    silences.party AS party,
    silences.source_id AS source_id,
    silences.date AS date,
    silences.next_date AS next_date,
    silences.silent AS silent,
    silences.days AS days,
    silences.days_of_year AS days_of_year,
    silences.longest_gap AS longest_gap,
    silences.chance AS chance,
    ROW_NUMBER() OVER (PARTITION BY silences.party, silences.source_id ORDER BY silences.chance ASC, silences.silent DESC, silences.date ASC) AS place
  FROM silences
  WHERE silences.next_date IS NOT NULL
)
SELECT
  per_party.party || '|' || per_party.source_id AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  ranked.days AS days,
  ROUND(CAST(ranked.days_of_year AS DOUBLE) / 12.0, 2) AS per_month,
  CAST(ranked.date AS VARCHAR) AS last_day,
  CAST(ranked.next_date AS VARCHAR) AS again,
  ranked.silent AS silent,
  ranked.longest_gap AS longest_gap,
  ranked.chance AS p_value,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  per_party.source_id AS _source,
  ranked.date AS _stop,
  ROUND(
    0.6 * LEAST(1.0, -LN(ranked.chance) / 27.6)
    + 0.4 * LEAST(1.0, LN(1.0 + ranked.days) / LN(200.0)),
    4
  ) AS strength,
  steady.parties AS compared
FROM ranked
INNER JOIN per_party
  ON per_party.party = ranked.party
  AND per_party.source_id = ranked.source_id
CROSS JOIN steady
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE ranked.place = 1
-- evidence
-- A row: one shipment of the party: those before the silence, the latest first, then those after it.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'shipment on ' || CAST(lines.date AS VARCHAR) || CASE WHEN lines.date > found._stop THEN ', after the silence' ELSE '' END AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.source_id = found._source
ORDER BY
  found.subject_key ASC,
  CASE WHEN lines.date > found._stop THEN 1 ELSE 0 END ASC,
  CASE WHEN lines.date > found._stop THEN NULL ELSE lines.date END DESC NULLS LAST,
  lines.date ASC,
  lines.row_number ASC

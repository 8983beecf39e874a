-- id: trade_stops_party
-- title: A party's steady trade stops
-- subject: party
-- meaning: A party that traded steadily for a year or more does not appear in the records afterwards, for longer than its own rate explains. Records of other files count too: whoever goes on there has not stopped. Where a file gives months only, the chance is that of so many months without a shipment at its share of active months.
-- source: Event dating by the last active month, judged by the party's own rate: chance of a silence of that length under a Poisson process (Cox and Lewis, The Statistical Analysis of Series of Events, 1966); for months, the binomial distribution with Laplace's rule of succession; UN and WITS notes on bilateral trade series for the reading of absences.
-- statement: {subject} traded on {days:int} days up to {last_day}, {per_month:ratio} a month in the year before, and does not appear in the {silent:int} days that the records cover after it (chance at its own rate {p_value:p})
-- innocent: Firms close, merge, move or change their names; a contract ends; a supplier changes; the trade may go on by a route that these records do not cover.
-- reads: trade, sources, parties, party_members
-- include: same_party, silences
-- parameter.least_days: 12 | least number of days with shipments in the two years before the silence
-- parameter.least_span: 365 | least number of days from the first shipment to the last before the silence
-- parameter.least_silent: 150 | least number of covered days after the last shipment
-- parameter.least_year: 10 | least number of days with shipments in the year before it: less is no steady trade
-- parameter.most_p: 0.001 | largest chance of such a silence at the party's rate of the year before
-- parameter.longest_gap: 2.0 | the silence is at least this many times the longest gap of the two years before
-- A row: one party whose trade stops.
SELECT
  per_party.party || '|' || per_party.source_id AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  silences.days AS days,
  ROUND(CAST(silences.days_of_year AS DOUBLE) / 12.0, 2) AS per_month,
  CAST(silences.date AS VARCHAR) AS last_day,
  silences.silent AS silent,
  silences.longest_gap AS longest_gap,
  silences.chance AS p_value,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  per_party.source_id AS _source,
  ROUND(
    0.6 * LEAST(1.0, -LN(silences.chance) / 27.6)
    + 0.4 * LEAST(1.0, LN(1.0 + silences.days) / LN(200.0)),
    4
  ) AS strength,
  steady.parties AS compared
FROM silences
INNER JOIN per_party
  ON per_party.party = silences.party
  AND per_party.source_id = silences.source_id
CROSS JOIN steady
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE silences.next_date IS NULL
-- evidence
-- A row: one shipment of the party, the latest first.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'shipment on ' || CAST(lines.date AS VARCHAR) AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.source_id = found._source
ORDER BY
  found.subject_key ASC,
  lines.date DESC,
  lines.row_number ASC

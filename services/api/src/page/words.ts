import { ruleBook, type RuleDocs } from '@offing/rules';

const DOCS: ReadonlyMap<string, RuleDocs> = new Map(ruleBook().map((rule) => [rule.id, rule.docs]));

/** The rules of this version: id and title. */
export const RULE_TITLES: readonly (readonly [id: string, title: string])[] = [...DOCS].map(([id, docs]) => [
  id,
  docs.title,
]);

/** Returns what is written of a rule, or undefined for a rule that this version does not have. */
export function ruleDocs(id: string): RuleDocs | undefined {
  return DOCS.get(id);
}

/** Returns a rule's title; its id where this version does not have it. */
export function ruleTitle(id: string): string {
  return DOCS.get(id)?.title ?? id;
}

/** Names of evidence that need more than their own words. */
const FIELDS: Readonly<Record<string, string>> = {
  at: 'Time',
  off: 'Last heard',
  on: 'Heard again',
  lon: 'Longitude (°)',
  lat: 'Latitude (°)',
  sogKn: 'Speed (kn)',
  cogDeg: 'Course (°)',
  navStatus: 'Status code',
  portKm: 'Distance to the port (km)',
  anchorageKm: 'Distance to an anchorage point (km)',
  shoreKm: 'Distance to the shore (km)',
  nexus: 'Links to the DPRK',
  how: 'How it is known',
  witnessList: 'Ships heard meanwhile',
  witnesses: 'Ships heard meanwhile',
  minutesHeard: 'Heard (min)',
  ownMeanIntervalMin: 'Its own mean interval between reports (min)',
};

/** What the units at the end of a name mean. */
const UNITS: readonly (readonly [suffix: RegExp, unit: string])[] = [
  [/Kn$/, 'kn'],
  [/Km$/, 'km'],
  [/Nm$/, 'nautical miles'],
  [/Deg$/, '°'],
  [/Min$/, 'min'],
  [/Ms$/, 'ms'],
  [/H$/, 'h'],
  [/D$/, 'days'],
  [/M$/, 'm'],
];

/** Returns a field's name in words, its unit in brackets: `silenceH` is `Silence (h)`. */
export function fieldWords(name: string): string {
  const known = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (known !== undefined) return known;
  const found = UNITS.find(([suffix]) => suffix.test(name));
  const stem = found === undefined ? name : name.replace(found[0], '');
  const spaced = stem.replace(
    /([a-z0-9])([A-Z])/g,
    (_pair, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  const words = `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`.replace(/\b(imo|mmsi)\b/gi, (word) =>
    word.toUpperCase(),
  );
  return found === undefined ? words : `${words} (${found[1]})`;
}

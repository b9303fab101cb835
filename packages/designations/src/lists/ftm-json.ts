import { dayOf } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { OPENSANCTIONS } from './opensanctions-simple-csv.ts';
import { callSignIn, otherNamesThan, textOrNull } from './printed-names.ts';

/** A line longer than this is no entity; characters (ours). */
const LINE_MAX = 8_000_000;

type Properties = Readonly<Record<string, readonly string[]>>;
type Entity = { readonly id: string; readonly schema: string; readonly properties: Properties };
type Ship = Entity & { readonly line: number };
type Sanction = { readonly program: string; readonly from: string | null; readonly to: string | null };

/**
 * Reads OpenSanctions' FollowTheMoney entities, one JSON object a line. Dates stand on `Sanction` entities that name the
 * ship; they may come before or after it. Companies' IMO numbers stand on companies and are not looked at.
 */
export function ftmJsonReader(): ListReader {
  const findings = new Findings('ftm-json');
  const ships: Ship[] = [];
  const sanctions = new Map<string, Sanction[]>();
  let rest = '';
  let line = 0;
  const takeLine = (text: string): void => {
    line++;
    if (text.trim() === '') return;
    findings.records++;
    const entity = entityOf(text);
    if (entity === null)
      findings.refuse(line, 'record', text, 'one JSON entity with id, schema and properties');
    else if (entity.schema === 'Vessel') ships.push({ ...entity, line });
    else if (entity.schema === 'Sanction') takeSanction(sanctions, entity.properties);
  };
  return {
    push: (text) => {
      if (findings.damage !== null) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(takeLine);
      if (rest.length > LINE_MAX) findings.damaged(`line ${line + 1} is longer than ${LINE_MAX} characters`);
    },
    end: () => {
      if (rest.trim() !== '' && entityOf(rest) === null)
        findings.damaged(`line ${line + 1} is cut short: the file ends inside it`);
      else if (rest !== '') takeLine(rest);
      findings.ships = ships.length;
      for (const ship of ships) takeShip(findings, ship, sanctions.get(ship.id) ?? []);
      return findings.reading();
    },
  };
}

function entityOf(text: string): Entity | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { id, schema, properties } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof schema !== 'string') return null;
  if (typeof properties !== 'object' || properties === null) return null;
  return { id, schema, properties: textsOf(properties as Record<string, unknown>) };
}

/** Properties are lists of text; anything else in their place is left out. */
function textsOf(properties: Record<string, unknown>): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, values]) => [
      name,
      Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [],
    ]),
  );
}

function takeSanction(sanctions: Map<string, Sanction[]>, properties: Properties): void {
  const first = (name: string): string => properties[name]?.[0] ?? '';
  const sanction = {
    program: [first('authority'), first('programId') || first('program')]
      .filter((part) => part !== '')
      .join(' - '),
    from: dayOf(first('listingDate') || first('startDate'), 'iso'),
    to: dayOf(first('endDate'), 'iso'),
  };
  for (const id of properties['entity'] ?? []) sanctions.set(id, [...(sanctions.get(id) ?? []), sanction]);
}

function takeShip(findings: Findings, { id, properties, line }: Ship, sanctions: readonly Sanction[]): void {
  const all = (name: string): readonly string[] => properties[name] ?? [];
  const [shipName = ''] = all('name');
  if (shipName === '') {
    findings.refuse(line, 'name', '', 'the name of a ship');
    return;
  }
  const ends = sanctions.map((sanction) => sanction.to);
  const isOver = ends.length > 0 && ends.every((day) => day !== null);
  const programs = [...new Set(sanctions.map((sanction) => sanction.program))];
  findings.entries.push({
    list: OPENSANCTIONS,
    entryId: id,
    part: null,
    imoNumber: imoNumberIn(findings, line, 'imoNumber', all('imoNumber')[0] ?? ''),
    mmsi: mmsiIn(findings, line, 'mmsi', all('mmsi')[0] ?? ''),
    callSign: callSignIn(all('callSign')[0] ?? ''),
    shipName,
    otherNames: otherNamesThan(shipName, [...all('name'), ...all('previousName'), ...all('alias')]),
    flag: textOrNull(all('flag')[0] ?? ''),
    program: textOrNull(programs.join('; ')),
    designatedOn: days(sanctions.map((sanction) => sanction.from))[0] ?? null,
    delistedOn: isOver ? (days(ends).at(-1) ?? null) : null,
    source: null,
    line,
  });
}

/** The days that are known, earliest first. */
function days(known: readonly (string | null)[]): readonly string[] {
  return known.filter((day) => day !== null).sort();
}

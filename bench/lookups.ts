import { pathToFileURL } from 'node:url';
import { loadRegister, makeRegister, type Designation, type ShipClaims } from '@offing/designations';
import { printSpeed } from './measure.ts';

/** What the look-up benchmark came to: identity look-ups a second on one core, by what the ships send. */
export type LookupBench = { readonly [what: string]: number };

/** Entries of the register under test: as many as all lists together have ships. */
const ENTRIES = 5_000;
const SHIPS = 100_000;
const LOOKUPS = 1_000_000;
const RUNS = 7;
const WARM_UPS = 2;
const AT = Date.parse('2020-01-01');

/**
 * Returns look-ups a second of the as-of register: ships that no list names (nearly all of the sea), ships of which one in
 * twenty is listed, and ships with a name that was never asked for before.
 */
export function benchLookups(): LookupBench {
  const register = makeRegister([...loadRegister().designations, ...madeUpEntries()]);
  const strangers = ships((n) => numberOf(20_000 + n));
  const mixed = ships((n) => (n % 20 === 0 ? numberOf(n % ENTRIES) : numberOf(20_000 + n)));
  const cases: readonly (readonly [string, readonly ShipClaims[], number])[] = [
    ['lookups no list names the ship', strangers, LOOKUPS],
    ['lookups one ship in twenty is listed', mixed, LOOKUPS],
    ['lookups every name is new', [], SHIPS],
  ];
  const results: Record<string, number> = {};
  let round = 0;
  for (const [what, given, lookups] of cases) {
    const speeds: number[] = [];
    for (let run = -WARM_UPS; run < RUNS; run++) {
      round++;
      const asked = given.length > 0 ? given : ships((n) => numberOf(20_000 + n), `NEW${round} `);
      const started = performance.now();
      let found = 0;
      for (let i = 0; i < lookups; i++) if (register.match(asked[i % asked.length], AT) !== null) found++;
      if (run >= 0) speeds.push((lookups / (performance.now() - started)) * 1000);
      if (given === mixed && found < lookups / 21) throw new Error(`only ${found} listed ships were found`);
      if (given !== mixed && found > 0) throw new Error(`${found} ships were found that are on no list`);
    }
    results[what] = printSpeed(what, 'look-ups/s', speeds);
  }
  return results;
}

/** The n-th made-up IMO number, its check digit as it must be. */
function numberOf(n: number): number {
  const digits = String(200_000 + n);
  const sum = Array.from(digits, Number).reduce((total, digit, place) => total + digit * (7 - place), 0);
  return Number(digits) * 10 + (sum % 10);
}

function madeUpEntries(): readonly Designation[] {
  return Array.from({ length: ENTRIES }, (_, n) => ({
    designationId: `b_${n}`,
    list: 'BENCH',
    entryId: String(n),
    imoNumber: numberOf(n),
    mmsi: 667_000_000 + n,
    callSign: `9L${n}`,
    shipName: `LISTED SHIP ${n}`,
    otherNames: [`FORMER SHIP ${n}`],
    flag: null,
    program: null,
    designatedOn: '2016-03-02',
    delistedOn: null,
    knownSince: Date.parse('2016-03-02'),
    delistingKnownSince: null,
    source: 'made up',
  }));
}

function ships(imoOf: (n: number) => number, prefix = 'HONEST TRADER '): readonly ShipClaims[] {
  return Array.from({ length: SHIPS }, (_, n) => ({
    imoNumber: imoOf(n),
    mmsi: 413_000_000 + n,
    callSign: `BX${n}`,
    shipName: `${prefix}${n % 20_000}${prefix === 'HONEST TRADER ' ? '' : n}`,
  }));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(benchLookups()));

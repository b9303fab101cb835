import { loadRegister } from '@offing/designations';
import { isImoNumber, isShipMmsi } from '@offing/units';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvOf, labelsOf } from '../src/scenarios/csv.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';

const FOLDER = fileURLToPath(new URL('../../../recordings/labelled/', import.meta.url));

describe('the labelled scenarios', () => {
  it('are in the recordings as they are made, and no others', () => {
    const kept = readdirSync(FOLDER).filter((name) => name.endsWith('.gz'));
    expect(kept.sort()).toEqual(SCENARIOS.map(({ file }) => `${file}.csv.gz`).sort());
    for (const scenario of SCENARIOS) {
      const text = gunzipSync(readFileSync(`${FOLDER}${scenario.file}.csv.gz`)).toString('utf8');
      expect(text === csvOf(scenario), scenario.file).toBe(true);
    }
    expect(readFileSync(`${FOLDER}expected.json`, 'utf8')).toBe(labelsOf(SCENARIOS));
  });

  it('are many, and many of them are look-alikes in which nothing may be told', () => {
    const alike = SCENARIOS.filter(({ must }) => must.every(({ type }) => type === 'port-visit'));
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(25);
    expect(alike.length).toBeGreaterThanOrEqual(10);
    for (const { must, must_not } of SCENARIOS) expect(must.length + must_not.length).toBeGreaterThan(0);
  });

  it('are of ships that no list names, under numbers that a ship can have', () => {
    const listed = new Set(loadRegister().designations.flatMap(({ imoNumber, mmsi }) => [imoNumber, mmsi]));
    for (const { lines } of SCENARIOS) {
      for (const { mmsi, imo, name } of new Map(lines.map((line) => [line.mmsi, line])).values()) {
        expect(isShipMmsi(mmsi)).toBe(true);
        // One ship's number is a slip of the hand, which is what that scenario shows.
        expect(imo === undefined || isImoNumber(imo), name).toBe(name !== 'MADE UP TYPO');
        expect(listed.has(mmsi) || listed.has(imo ?? -1)).toBe(false);
        expect(name).toMatch(/^(MADE.UP|PASSER|CALLED OTHERWISE)/);
      }
    }
  });

  it('ask for events within the time of their recording', () => {
    for (const { file, lines, must } of SCENARIOS) {
      const [first, last] = [lines[0].at, lines[lines.length - 1].at];
      for (const { start_about: start } of must) {
        if (start === undefined) continue;
        expect(Date.parse(start), file).toBeGreaterThanOrEqual(first - 3_600_000);
        expect(Date.parse(start), file).toBeLessThanOrEqual(last);
      }
    }
  });
});

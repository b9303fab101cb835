import { createHash } from 'node:crypto';
import {
  alertVersions,
  eventPositions,
  eventRawRecords,
  feedTerms,
  vesselTrack,
  type AlertRecord,
  type PositionRecord,
  type Reader,
} from '@offing/store';
import { heardColumns, type HeardPosition } from '../formats/columns.ts';
import { csvWriter } from '../formats/csv.ts';
import { writeAll } from '../formats/writer.ts';
import { positionKind } from '../formats/kinds.ts';
import { textWriter } from '../formats/writers.ts';
import type { AlertPictures } from '../picture/alert-pictures.ts';
import type { PublicEvidencePosition } from '../schemas/evidence.ts';
import { shipsOfAlert } from '../query/alert-ships.ts';
import { asOfText } from '../query/event-filter.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { publicAlert } from '../shapes/event.ts';
import { publicEvidencePosition } from '../shapes/evidence.ts';
import { trackSpanOf } from '../shapes/track-span.ts';
import { publicPosition } from '../shapes/vessel.ts';
import { jsonText, readmeText, ruleJson, sentenceText } from './texts.ts';
import { zipOf, type BundledFile } from './zip.ts';

/** A bundle: the name of its file and its bytes. */
export type EvidenceBundle = { readonly fileName: string; readonly bytes: Uint8Array };

/** What a bundle is asked by. */
export type BundleQuestion = {
  readonly alertId: string;
  /** Whose knowledge is wanted, ms; now when left out. */
  readonly asOf?: number;
  /** Address of the server, without a slash at its end. */
  readonly origin: string;
  /** Version of the program. */
  readonly version: string;
};

const MOST_RAW = 5_000;
const MOST_SHIPS = 20;
const MOST_TRACK = 10_000;

/**
 * Returns the evidence of an alert as a ZIP: sentence, versions, positions, raw records, rule, reference, picture, and the
 * SHA-256 of each; null where there is no such alert. The same state of the database gives the same bytes.
 */
export async function evidenceBundle(
  reader: Reader,
  pictures: AlertPictures,
  question: BundleQuestion,
): Promise<EvidenceBundle | null> {
  const records = await alertVersions(reader, question.alertId, question.asOf);
  const newest = records.at(-1);
  if (newest === undefined) return null;
  const address = `${question.origin}${alertPath(newest.alertId)}`;
  const alert = publicAlert(newest);
  // Later versions may name positions that this one could not know.
  const positions = (await eventPositions(reader, newest.eventId))
    .filter(({ at }) => at <= newest.knownSince)
    .map(publicEvidencePosition);
  const parts = { alert, positions, address };
  const raw = await rawFiles(reader, newest.eventId, positions);
  const files = [
    file('README.txt', 'what is in this bundle', readmeText(parts)),
    file('sentence.txt', 'what the alert says', sentenceText(parts)),
    file(
      'alert.json',
      'the alert with its versions',
      jsonText({ ...alert, versions: records.map(publicAlert) }),
    ),
    file('positions.csv', 'the positions it rests on', writeAll(csvWriter(heardColumns), heard(positions))),
    file(
      'track.csv',
      'its ships a day around',
      writeAll(textWriter(positionKind, 'csv', await feedTerms(reader)), await trackOf(reader, newest)),
    ),
    file('rule.json', 'the rule and its parameters', jsonText(ruleJson(alert))),
    file('reference.json', 'versions of lists, ports and coast', jsonText(alert.reference)),
    { path: 'picture.png', what: 'its picture', bytes: await pictures.of(newest, address) },
    ...raw,
  ];
  const name = `offing-alert-${alert.id}-${alert.version}`;
  return { fileName: `${name}.zip`, bytes: zipOf(name, sealed(files, parts, question)) };
}

function file(path: string, what: string, text: string): BundledFile {
  return { path, what, bytes: Buffer.from(text, 'utf8') };
}

function heard(positions: readonly PublicEvidencePosition[]): readonly HeardPosition[] {
  return positions.flatMap((position): HeardPosition[] =>
    position.copies.length === 0
      ? [{ position, copy: null }]
      : position.copies.map((copy) => ({ position, copy })),
  );
}

async function rawFiles(
  reader: Reader,
  eventId: string,
  positions: readonly PublicEvidencePosition[],
): Promise<readonly BundledFile[]> {
  const wanted = new Set(positions.flatMap(({ copies }) => copies.map(({ sha256 }) => sha256)));
  const records = await eventRawRecords(reader, eventId, MOST_RAW);
  return records
    .filter(({ sha256 }) => wanted.has(sha256))
    .map(({ sha256, raw }) => ({ path: `raw/${sha256}.txt`, what: 'a record as received', bytes: raw }));
}

async function trackOf(reader: Reader, record: AlertRecord) {
  const positions: PositionRecord[] = [];
  const span = trackSpanOf(record);
  for (const { mmsi, hull } of await shipsOfAlert(reader, record, MOST_SHIPS)) {
    const limit = MOST_TRACK - positions.length;
    if (limit <= 0) break;
    positions.push(...(await vesselTrack(reader, { mmsi, hull, limit, ...span })));
  }
  return positions.map(publicPosition);
}

/** Adds the manifest and the sums of all files, the manifest's among them. */
function sealed(
  files: readonly BundledFile[],
  {
    alert,
    positions,
    address,
  }: { readonly positions: readonly PublicEvidencePosition[] } & Parameters<typeof sentenceText>[0],
  question: BundleQuestion,
): readonly BundledFile[] {
  const manifest = {
    format: 'offing-evidence-1',
    program: `Offing ${question.version}`,
    alert: { id: alert.id, version: alert.version, knownSince: alert.knownSince, address },
    asOf: asOfText(question),
    positionsWithoutRawRecord: positions.filter(({ raw }) => raw !== 'kept').length,
    files: files.map(({ path, what, bytes }) => ({
      path,
      what,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
    })),
  };
  const all = [...files, file('manifest.json', 'every file', jsonText(manifest))];
  const sums = all.map(({ path, bytes }) => `${sha256Of(bytes)}  ${path}\n`).join('');
  return [...all, file('SHA256SUMS', 'the sums of all files', sums)];
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

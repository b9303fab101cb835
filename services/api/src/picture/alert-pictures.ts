import { createHash } from 'node:crypto';
import { loadCoast } from '@offing/gazetteer';
import { thinnedTracks, type AlertRecord, type Reader } from '@offing/store';
import { Problem } from '../plugins/problem.ts';
import { shipsOfAlert } from '../query/alert-ships.ts';
import type { PublicPort } from '../schemas/port.ts';
import { publicAlert } from '../shapes/event.ts';
import { trackSpanOf } from '../shapes/track-span.ts';
import { alertPicture, type PictureForm } from './alert-picture.ts';
import { landOf, type Land } from './land.ts';
import type { ScenePoint } from './scene.ts';

/** The sizes of pictures: their width in pixels. */
export const PICTURE_WIDTHS = { small: 600, medium: 1200, large: 2400 } as const;

/** A size of pictures by its name. */
export type PictureSize = keyof typeof PICTURE_WIDTHS;

const MOST_TRACKS = 6;
const MOST_POINTS = 500;
const MOST_KEPT_BYTES = 32_000_000;
/** So many may wait while one is drawn. */
const MOST_WAITING = 32;

/** Which picture is wanted; without it the whole one in the middle size. */
export type PictureChoice = { readonly size?: PictureSize; readonly part?: PictureForm['part'] };

/** Draws pictures of alerts, one at a time, and keeps those drawn last. */
export type AlertPictures = {
  /** Returns the picture of a version of an alert; a Problem when too many wait. */
  of(record: AlertRecord, address: string, form?: PictureChoice): Promise<Uint8Array>;
};

/** Returns what draws pictures from a database, with the ports of a gazetteer and the bundled coast. */
export function makeAlertPictures(reader: Reader, ports: readonly PublicPort[]): AlertPictures {
  let land: Land | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const kept = new Map<string, Uint8Array>();
  let bytes = 0;
  const keep = (name: string, picture: Uint8Array) => {
    kept.set(name, picture);
    bytes += picture.length;
    for (const [oldest, old] of kept) {
      if (bytes <= MOST_KEPT_BYTES) break;
      kept.delete(oldest);
      bytes -= old.length;
    }
  };
  return {
    async of(record, address, { size = 'medium', part = 'whole' } = {}) {
      const tracks = await tracksOf(reader, record);
      const name = nameOf([record.alertId, record.version, size, part, address, tracks]);
      const known = kept.get(name);
      if (known !== undefined) return known;
      if (waiting >= MOST_WAITING)
        throw new Problem('busy', 'Too many pictures are being drawn; ask again soon');
      waiting++;
      const drawn = turn.then(() => {
        land ??= landOf(loadCoast());
        const parts = { alert: publicAlert(record), tracks, ports, land, address };
        return kept.get(name) ?? alertPicture(parts, { width: PICTURE_WIDTHS[size], part });
      });
      turn = drawn.catch(() => undefined).finally(() => waiting--);
      const picture = await drawn;
      if (!kept.has(name)) keep(name, picture);
      return picture;
    },
  };
}

function nameOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

async function tracksOf(reader: Reader, record: AlertRecord): Promise<readonly (readonly ScenePoint[])[]> {
  const ships = await shipsOfAlert(reader, record, MOST_TRACKS);
  return thinnedTracks(reader, ships, { ...trackSpanOf(record), points: MOST_POINTS });
}

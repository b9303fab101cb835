import { setImmediate } from 'node:timers/promises';
import { Canvas, encodePng, rectangle } from '@offing/picture';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicPort } from '../schemas/port.ts';
import { PAINTS } from './brushes.ts';
import type { Land } from './land.ts';
import { drawTraffic, drawWaters, reachesAll } from './map-part.ts';
import { projectionOf, type Projection } from './projection.ts';
import { sceneOf, type Scene, type ScenePoint } from './scene.ts';
import { drawWords } from './words-part.ts';

/** The picture's size in its own units; what link previews show (Open Graph). */
export const PICTURE = { width: 1200, height: 630 } as const;

const PANEL = 470;
const EDGE = 24;

/** What a picture of an alert is made of. */
export type PictureParts = {
  readonly alert: PublicAlert;
  /** Tracks of its ships around its time. */
  readonly tracks: readonly (readonly ScenePoint[])[];
  readonly ports: readonly PublicPort[];
  readonly land: Land;
  /** Where the alert is found, printed at the foot. */
  readonly address: string;
};

/** How a picture is wanted: so many pixels wide, with the words beside the map or the map alone. */
export type PictureForm = { readonly width: number; readonly part: 'whole' | 'map' };

/**
 * Returns the picture of an alert as PNG; equal parts give equal bytes. Between its steps, each of some
 * 50 ms, others get their turn.
 */
export async function alertPicture(parts: PictureParts, { width, part }: PictureForm): Promise<Uint8Array> {
  const { alert, tracks, ports, land, address } = parts;
  const scale = width / PICTURE.width;
  const canvas = new Canvas(width, Math.round(PICTURE.height * scale), PAINTS.paper, scale);
  const scene = sceneOf(alert, tracks, ports);
  const left = part === 'map' ? 0 : PANEL;
  const box = { left, top: 0, right: PICTURE.width, bottom: PICTURE.height };
  const projection = projectionOf(scene, box);
  if (part === 'whole') {
    const words = { left: EDGE, top: EDGE, right: PANEL - EDGE, bottom: PICTURE.height - EDGE + 8 };
    drawWords(canvas, alert, words, { reach: reachWords(scene, projection), address });
    canvas.fill([rectangle(PANEL - 1, 0, 1, PICTURE.height)], PAINTS.line);
  }
  await setImmediate();
  canvas.within(box, () => drawWaters(canvas, scene, land, projection));
  await setImmediate();
  canvas.within(box, () => drawTraffic(canvas, scene, projection));
  await setImmediate();
  return encodePng(canvas, { Title: `Offing alert ${alert.id}, version ${alert.version}`, Source: address });
}

function reachWords({ reach }: Scene, projection: Projection): string | null {
  if (reach === null) return null;
  const km = `${Math.round(reach.wayKm)} km`;
  return reachesAll(reach, projection)
    ? `Meanwhile it can have sailed ${km}: to any place on this map`
    : `Shaded: what it can have reached meanwhile, with ${km} to sail`;
}

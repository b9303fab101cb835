import { COAST_UNITS_PER_DEGREE } from '@offing/geo';
import { circle, dashes, rectangle, stroke, type Canvas, type Outline } from '@offing/picture';
import { plainUtc } from '@offing/units';
import { KNOWN_STEP_MS } from '../shapes/track-span.ts';
import { fonts, PAINTS, write } from './brushes.ts';
import { landOutlines, type Land } from './land.ts';
import type { PaperBox, PaperPlace, Projection } from './projection.ts';
import { LabelRoom } from './label-room.ts';
import { drawScaleBar } from './scale-bar.ts';
import type { Reach, Scene, ScenePoint } from './scene.ts';

const MOST_PORTS = 14;
const LABEL_SIZE = 17;

/** Draws the waters of a scene into its box: land, shore, and what a silent ship can have reached. */
export function drawWaters(canvas: Canvas, scene: Scene, land: Land, projection: Projection): void {
  const { left, top, right, bottom } = projection.box;
  canvas.fill([rectangle(left, top, right - left, bottom - top)], PAINTS.unknown);
  const { west, south, east, north } = land.coast.bounds;
  const from = projection.of({ lon: west, lat: north });
  const to = projection.of({ lon: east, lat: south });
  const known = { left: from.x, top: from.y, right: to.x, bottom: to.y };
  const isKnown = known.left < right && known.right > left && known.top < bottom && known.bottom > top;
  if (isKnown) canvas.fill([rectangle(from.x, from.y, to.x - from.x, to.y - from.y)], PAINTS.sea);
  if (scene.reach !== null && !reachesAll(scene.reach, projection)) {
    const edge = scene.reach.edge.flatMap((place) => pair(projection.of(place)));
    canvas.fill([edge], PAINTS.reach);
    const around = [...edge, edge[0], edge[1]];
    for (const dash of dashes(around, 3, 5)) canvas.fill(stroke(dash, 1.5), PAINTS.gap);
  }
  drawCredit(
    canvas,
    projection.box,
    isKnown ? '© OpenStreetMap contributors' : 'No coast is bundled for these waters',
  );
  if (!isKnown) return;
  const outlines = landOutlines(land, projection);
  // A shore line: the land a little wider in a darker colour would fill bays, so its outline is drawn.
  canvas.fill(outlines, PAINTS.land, 'odd');
  for (const outline of shoreLines(outlines, projection, land)) canvas.fill(thin(outline), PAINTS.shore);
}

/** Returns whether all that is on the paper was in reach: then shading it would tell nothing. */
export function reachesAll(reach: Reach, { bounds }: Projection): boolean {
  return [bounds.west, bounds.east].every((lon) =>
    [bounds.south, bounds.north].every((lat) => reach.holds({ lon, lat })),
  );
}

/** The parts of the outlines on the paper that are no edge of the data. */
function shoreLines(
  outlines: readonly Outline[],
  { box, of }: Projection,
  { coast }: Land,
): readonly Outline[] {
  const { west, south, east, north } = coast.bounds;
  const a = of({ lon: west, lat: north });
  const b = of({ lon: east, lat: south });
  const near = 1e3 / COAST_UNITS_PER_DEGREE;
  const lines: Outline[] = [];
  for (const outline of outlines) {
    let line: number[] = [];
    for (let i = 0; i + 1 < outline.length; i += 2) {
      const [x, y] = [outline[i], outline[i + 1]];
      const isEdge = [x - a.x, x - b.x, y - a.y, y - b.y].some((far) => Math.abs(far) < near);
      const isOff = x < box.left - 50 || x > box.right + 50 || y < box.top - 50 || y > box.bottom + 50;
      if (!isEdge && !isOff) line.push(x, y);
      else if (line.length > 0) {
        lines.push(line);
        line = [];
      }
    }
    lines.push(line);
  }
  return lines;
}

/** A line of about one pixel, without round ends: there are tens of thousands of pieces. */
function thin(line: Outline): readonly Outline[] {
  const pieces: Outline[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = [line[i], line[i + 1], line[i + 2], line[i + 3]];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) continue;
    const [dx, dy] = [((x1 - x0) / length) * 0.45, ((y1 - y0) / length) * 0.45];
    pieces.push([x0 + dy, y0 - dx, x1 + dy, y1 - dx, x1 - dy, y1 + dx, x0 - dy, y0 + dx]);
  }
  return pieces;
}

/** Draws what lies on the waters of a scene: tracks, the dashed gap, places and their names, and the scale. */
export function drawTraffic(canvas: Canvas, scene: Scene, projection: Projection): void {
  drawTracks(canvas, scene, projection);
  drawGap(canvas, scene, projection);
  const room = new LabelRoom(projection.box);
  drawMarks(canvas, scene, projection, room);
  drawPorts(canvas, scene, projection, room);
  drawScaleBar(canvas, projection);
}

function drawTracks(canvas: Canvas, scene: Scene, projection: Projection): void {
  for (const track of scene.tracks) {
    for (const piece of knownPieces(track)) {
      const line = piece.flatMap((place) => pair(projection.of(place)));
      canvas.fill(stroke(line, 2.5), PAINTS.track);
    }
    const points = track.map((place) => projection.of(place));
    if (points.length <= 400) for (const { x, y } of points) canvas.fill([circle(x, y, 2.2)], PAINTS.track);
  }
}

function knownPieces(track: readonly ScenePoint[]): readonly (readonly ScenePoint[])[] {
  const pieces: ScenePoint[][] = [];
  for (const point of track) {
    const last = pieces.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || point.at - before.at > KNOWN_STEP_MS)
      pieces.push([point]);
    else last.push(point);
  }
  return pieces;
}

function drawGap(canvas: Canvas, { gap }: Scene, projection: Projection): void {
  if (gap?.on == null) return;
  const line = [...pair(projection.of(gap.off)), ...pair(projection.of(gap.on))];
  for (const dash of dashes(line, 12, 9)) canvas.fill(stroke(dash, 3.5), PAINTS.gap);
}

function drawMarks(canvas: Canvas, { marks }: Scene, projection: Projection, room: LabelRoom): void {
  for (const mark of marks) {
    const { x, y } = projection.of(mark);
    canvas.fill([circle(x, y, 8)], PAINTS.white);
    canvas.fill([circle(x, y, 6)], PAINTS.gap);
    canvas.fill([circle(x, y, 2.5)], PAINTS.white);
    room.take({ left: x - 9, top: y - 9, right: x + 9, bottom: y + 9 });
  }
  for (const mark of marks) {
    if (mark.label === '') continue;
    const time = mark.at === null ? '' : `, ${plainUtc(Date.parse(mark.at))}`;
    drawLabel(canvas, `${mark.label}${time}`, projection.of(mark), room, true);
  }
}

function drawPorts(canvas: Canvas, { ports }: Scene, projection: Projection, room: LabelRoom): void {
  let drawn = 0;
  for (const port of ports) {
    const place = projection.of(port);
    if (drawn >= MOST_PORTS || !isInside(place, projection.box)) continue;
    if (!drawLabel(canvas, port.name, place, room, port.isNamed)) continue;
    drawn++;
    canvas.fill([rectangle(place.x - 4, place.y - 4, 8, 8)], PAINTS.white);
    canvas.fill([rectangle(place.x - 3, place.y - 3, 6, 6)], PAINTS.ink);
  }
}

function isInside({ x, y }: PaperPlace, { left, top, right, bottom }: PaperBox): boolean {
  return x > left && x < right && y > top && y < bottom;
}

/** Writes a label beside a place where there is room for it; returns whether there was. */
function drawLabel(
  canvas: Canvas,
  text: string,
  place: PaperPlace,
  room: LabelRoom,
  isBold: boolean,
): boolean {
  const font = isBold ? fonts().bold : fonts().regular;
  const at = room.place(place, font.width(text, LABEL_SIZE), LABEL_SIZE);
  if (at === null) return false;
  write(canvas, text, at.x, at.y, { font, size: LABEL_SIZE, paint: PAINTS.ink, halo: PAINTS.white });
  return true;
}

function drawCredit(canvas: Canvas, { right, bottom }: PaperBox, text: string): void {
  const style = { font: fonts().regular, size: 15, paint: PAINTS.soft, halo: PAINTS.white };
  write(canvas, text, right - style.font.width(text, style.size) - 10, bottom - 10, style);
}

function pair({ x, y }: PaperPlace): [number, number] {
  return [x, y];
}

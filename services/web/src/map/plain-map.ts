/// <reference lib="dom" />
import { DARK, LIGHT, SHAPES } from './palette.ts';
import type { MapProps, Place } from './props.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The picture of the theatre that the server makes: 104 to 151° E, 14 to 56° N, units per degree. */
const OVERVIEW = {
  src: '/map/overview.svg',
  west: 104,
  north: 56,
  perLon: 20,
  perLat: 26,
  width: 940,
  height: 1092,
};

/** Draws what stands for a map where there is no WebGL2: the page's own picture, or the points on one of the theatre. */
export function drawPlainMap(container: HTMLElement, props: MapProps): void {
  const { picture } = props;
  if (picture === undefined) return container.replaceChildren(overview(props));
  const image = document.createElement('img');
  image.src = picture.src;
  image.alt = picture.alt;
  container.replaceChildren(image);
}

function overview(props: MapProps): SVGElement {
  const { src, width, height } = OVERVIEW;
  const palette = matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT;
  const picture = element('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': props.name,
  });
  picture.append(element('image', { href: src, width, height }));
  for (const [from, to] of props.gaps ?? []) {
    picture.append(line([from, to], { stroke: palette.track, 'stroke-dasharray': '6 6' }));
  }
  for (const run of props.track ?? []) picture.append(line(run, { stroke: palette.track }));
  for (const alert of props.alerts ?? []) {
    const [x, y] = placed(alert);
    const mark = element('path', {
      d: SHAPES[alert.severity],
      fill: palette.severity[alert.severity],
      stroke: alert.id === props.selected ? palette.ring : palette.halo,
      transform: `translate(${x - 8} ${y - 8})`,
    });
    const title = element('title', {});
    title.textContent = alert.text;
    mark.append(title);
    mark.addEventListener('click', () => props.onSelect?.({ kind: 'alert', id: alert.id }));
    picture.append(mark);
  }
  return picture;
}

function placed({ lon, lat }: Place): [number, number] {
  return [(lon - OVERVIEW.west) * OVERVIEW.perLon, (OVERVIEW.north - lat) * OVERVIEW.perLat];
}

function line(places: readonly Place[], more: Readonly<Record<string, string>>): SVGElement {
  const points = places.map((place) => placed(place).join(',')).join(' ');
  return element('polyline', { points, fill: 'none', 'stroke-width': 3, ...more });
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

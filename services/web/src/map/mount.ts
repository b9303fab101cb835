/// <reference lib="dom" />
import type { FeatureCollection } from 'geojson';
import type { LiveMap } from './live-map.ts';
import { drawPlainMap } from './plain-map.ts';
import { ATTRIBUTION, ENGLISH, type MapProps, type MapWords } from './props.ts';

/** A map on a page. */
export type MountedMap = { update(props: MapProps): void; remove(): void };

/**
 * Puts a map into an element, with its buttons and its attribution, and returns how to change and to remove it. MapLibre is
 * loaded only now. Where it cannot draw, the picture that stands for the map is shown; nothing throws. The element needs a
 * height by its style; `data-map` on it is `loading`, `live` or `plain`.
 */
export function mountMap(host: HTMLElement, first: MapProps): MountedMap {
  let props = first;
  let live: LiveMap | undefined;
  let isRemoved = false;
  const words: MapWords = { ...ENGLISH, ...first.words };
  const canvas = part('div', 'map-canvas');
  const credit = part('p', 'map-credit');
  credit.textContent = ATTRIBUTION;
  host.classList.add('map');
  host.dataset.map = 'loading';
  host.replaceChildren(canvas, credit);

  const plain = () => {
    host.dataset.map = 'plain';
    const note = part('p', 'map-note');
    note.textContent = words.noWebGl;
    drawPlainMap(canvas, props);
    host.replaceChildren(note, canvas, credit);
  };
  const draw = async () => {
    const [{ drawMap }, ports] = await Promise.all([import('./live-map.ts'), loadPorts()]);
    if (isRemoved) return;
    live = drawMap(canvas, props, ports);
    host.dataset.map = 'live';
    host.append(buttons(words, live));
  };
  // Asked first: most of a megabyte need not be loaded to learn that it cannot draw.
  if (hasWebGl2()) draw().catch(() => void (isRemoved || plain()));
  else plain();

  return {
    update(next) {
      props = next;
      if (host.dataset.map === 'plain') drawPlainMap(canvas, next);
      else live?.update(next);
    },
    remove() {
      isRemoved = true;
      live?.remove();
      host.replaceChildren();
    },
  };
}

/** Returns whether this browser can draw the map. */
export function hasWebGl2(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

let ports: Promise<FeatureCollection> | undefined;

/** The ports, once a page; a map without their names is better than none. */
function loadPorts(): Promise<FeatureCollection> {
  ports ??= fetch('/ogc/collections/ports/items?limit=1000')
    .then((answer) => (answer.ok ? (answer.json() as Promise<FeatureCollection>) : NOTHING))
    .then(ranked, () => NOTHING);
  return ports;
}

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Watched ports come first, then those of which both names are known. */
function ranked({ features }: FeatureCollection): FeatureCollection {
  const placed = features.map(({ id, geometry, properties }) => {
    const { name, localName, watched } = properties as PortProperties;
    const names = localName === null ? { name } : { name, localName };
    return { geometry, properties: { id, ...names, rank: watched ? 0 : localName === null ? 2 : 1 } };
  });
  return {
    type: 'FeatureCollection',
    features: placed.map((port) => ({ type: 'Feature', ...port })),
  };
}

type PortProperties = { readonly name: string; readonly localName: string | null; readonly watched: boolean };

function buttons(words: MapWords, live: LiveMap): HTMLElement {
  const box = part('div', 'map-buttons');
  const button = (face: string, name: string, act: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = face;
    made.title = name;
    made.setAttribute('aria-label', name);
    made.addEventListener('click', act);
    return made;
  };
  box.append(
    button('+', words.zoomIn, () => live.zoomBy(1)),
    button('−', words.zoomOut, () => live.zoomBy(-1)),
    button('□', words.showAll, () => live.showAll()),
  );
  return box;
}

function part(tag: 'div' | 'p', name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

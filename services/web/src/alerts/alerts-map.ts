/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import '../map/map.css';
import { pointsOf } from '../listed-alerts.ts';
import { mountMap } from '../map/mount.ts';
import type { AlertPoint, MapView, Picked, Severity } from '../map/props.ts';
import { placeHash, placeOf } from './place-in-address.ts';

/** More alerts than this are not put on the map: the list's filters find them. */
const MOST_PAGES = 5;

/**
 * Puts the alerts of the view on a map above the list. List and map show the same choice: a button beside each alert shows it
 * on the map, a mark on the map leads to its alert in the list, and the address tells which it is.
 */
export function addMap(): void {
  const host = document.getElementById('map');
  if (host === null) return;
  const items = new Map([...document.querySelectorAll<HTMLElement>('[data-alert]')].map(itemOf));
  let alerts = [...items.values()].map(({ point }) => point);
  let { view, selected } = placeOf(location.hash);
  const props = () => ({
    name: `Map of ${alerts.length} alerts; the list below says the same`,
    alerts,
    selected,
    onSelect,
    onView: (next: MapView) => {
      view = next;
      history.replaceState(null, '', addressOf());
    },
  });
  const addressOf = () => location.pathname + location.search + placeHash({ view, selected });
  const select = (id: string | null) => {
    selected = id;
    for (const [key, { item }] of items) item.classList.toggle('selected', key === id);
    map.update({ ...props(), view });
  };
  const choose = (id: string | null) => {
    if (id === selected) return;
    selected = id;
    // First, so that where the map looks then is not written over what the reader comes back to.
    history.pushState(null, '', addressOf());
    select(id);
  };
  const onSelect = ({ kind, id }: Picked) => {
    if (kind === 'port') location.assign(`/?port=${encodeURIComponent(id)}`);
    else if (!items.has(id) || id === selected) location.assign(`/alerts/${encodeURIComponent(id)}`);
    else {
      choose(id);
      show(items.get(id)?.item);
    }
  };
  host.hidden = false;
  const map = mountMap(host, { ...props(), view });
  for (const [id, { title, point }] of items) {
    title.after(
      buttonFor(() => {
        // Somewhere off the map a choice could not be seen.
        view = { lon: point.lon, lat: point.lat, zoom: Math.max(view?.zoom ?? 0, 7) };
        choose(id);
        host.scrollIntoView({ block: 'nearest' });
      }),
    );
  }
  if (selected !== null) select(selected);
  const follow = () => {
    ({ view, selected } = placeOf(location.hash));
    select(selected);
  };
  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  void readMore(host.dataset['more'], new Set(items.keys())).then((more) => {
    if (more.length === 0) return;
    alerts = [...alerts, ...more];
    map.update(props());
  });
}

type Item = { readonly item: HTMLElement; readonly title: HTMLElement; readonly point: AlertPoint };

/** Each item of the list tells where it is. */
function itemOf(title: HTMLElement): readonly [id: string, item: Item] {
  const [point] = pointsOf([title]);
  return [point.id, { title, item: title.closest<HTMLElement>('.alert') ?? title, point }];
}

function buttonFor(press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Show on the map';
  button.addEventListener('click', press);
  return button;
}

function show(item: HTMLElement | undefined): void {
  item?.scrollIntoView({ block: 'nearest' });
  item?.querySelector<HTMLElement>('h3 a')?.focus({ preventScroll: true });
}

type Features = {
  readonly features: readonly {
    readonly id?: string;
    readonly geometry: { readonly coordinates: readonly [number, number] } | null;
    readonly properties: {
      readonly id?: string;
      readonly severity: Severity;
      readonly synthetic: boolean;
      readonly sentence: string;
    };
  }[];
};

/** The alerts of the view that are not on this page of the list, page by page. What cannot be had is left out. */
async function readMore(
  first: string | undefined,
  known: ReadonlySet<string>,
): Promise<readonly AlertPoint[]> {
  const points: AlertPoint[] = [];
  let next = first;
  for (let page = 0; page < MOST_PAGES && next !== undefined; page++) {
    const answer: Response | null = await fetch(next).catch(() => null);
    if (answer?.ok !== true) break;
    const { features } = (await answer.json()) as Features;
    for (const { id, geometry, properties } of features) {
      const name = id ?? properties.id ?? '';
      if (geometry === null || known.has(name)) continue;
      const [lon, lat] = geometry.coordinates;
      const { severity, synthetic, sentence } = properties;
      points.push({ id: name, lon, lat, severity, synthetic, text: sentence });
    }
    next = /^<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return points;
}

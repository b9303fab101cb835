import { hashOf, viewOf } from '../map/address-view.ts';
import type { MapView } from '../map/props.ts';

/** What the address says behind `#`: where the map looks, and which alert is looked at. */
export type Place = { readonly view?: MapView | undefined; readonly selected: string | null };

/** Returns the place of a hash, `#map=zoom/lat/lon&alert=id`; what cannot be read is as if it were not there. */
export function placeOf(hash: string): Place {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  return { view: viewOf(`#map=${parts.get('map') ?? ''}`), selected: parts.get('alert') };
}

/** Returns the hash of a place; empty where it says nothing. */
export function placeHash({ view, selected }: Place): string {
  const map = view === undefined ? [] : [hashOf(view).slice(1)];
  const alert = selected === null ? [] : [`alert=${encodeURIComponent(selected)}`];
  const parts = [...map, ...alert];
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

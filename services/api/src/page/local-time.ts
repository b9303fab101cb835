import { plainUtc } from '@offing/units';
import { html, type Html } from './html.ts';

/** Time zones of countries that keep one time, by ISO 3166-1 alpha-2. */
const ZONES: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  JP: 'Asia/Tokyo',
  KP: 'Asia/Pyongyang',
  KR: 'Asia/Seoul',
  TW: 'Asia/Taipei',
};
/** Time zones of the Russian coast on the Pacific, each up to a longitude. */
const RUSSIAN: readonly (readonly [untilDeg: number, zone: string])[] = [
  [141, 'Asia/Vladivostok'],
  [150, 'Asia/Sakhalin'],
  [180, 'Asia/Kamchatka'],
];

/** Returns the time zone of a place in a country (ISO 3166-1 alpha-2), or null where it is not known. */
export function zoneOf(country: string | undefined, lon: number | null): string | null {
  if (country === undefined) return null;
  if (country === 'RU' && lon !== null && lon > 127)
    return RUSSIAN.find(([until]) => lon < until)?.[1] ?? null;
  return Object.hasOwn(ZONES, country) ? ZONES[country] : null;
}

/** Returns an ISO instant as people read it: in UTC and, where the zone is known, by the clocks of the place. */
export function timeThere(iso: string, zone: string | null): Html {
  const utc = plainUtc(Date.parse(iso));
  if (zone === null) return html`<time datetime="${iso}">${utc}</time>`;
  const there = clockOf(Date.parse(iso), zone);
  const shown = there.startsWith(utc.slice(0, 10)) ? there.slice(11) : there;
  return html`<time datetime="${iso}">${utc}</time> <span class="there">(${shown} there)</span>`;
}

/** `2016-11-05 23:40` by the clocks of a zone, as they were then. */
function clockOf(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(at);
}

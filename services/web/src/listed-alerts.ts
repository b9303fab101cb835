/// <reference lib="dom" />
import type { AlertPoint, Severity } from './map/props.ts';

/** Returns the alerts of a list as points: each item tells where it is. */
export function pointsOf(items: Iterable<HTMLElement>): readonly AlertPoint[] {
  return [...items].map(({ dataset, textContent }) => ({
    id: dataset['alert'] ?? '',
    lon: Number(dataset['lon']),
    lat: Number(dataset['lat']),
    severity: dataset['severity'] as Severity,
    synthetic: dataset['synthetic'] === 'true',
    text: textContent.trim(),
  }));
}

import type { Json } from '@offing/rules';
import { plainUtc } from '@offing/units';
import type { PublicAlert } from '../schemas/event.ts';
import { fieldWords } from './words.ts';

/** What tells a version from the one before, a line each. */
const FACE = ['state', 'severity', 'verdict', 'confidence', 'openedAt', 'closedAt'] as const;
const MOST_LINES = 12;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Returns what a version of an alert changed of the one before, in words; long lists of changes are cut. */
export function changesBetween(before: PublicAlert, after: PublicAlert): readonly string[] {
  const lines = FACE.flatMap((key) => changeOf(fieldWords(key), before[key], after[key]));
  const place = [before, after].map(({ lon, lat }) => `${lat}° ${lon}°`);
  lines.push(...changeOf('Place', place[0], place[1]));
  const keys = [...new Set([...Object.keys(before.evidence), ...Object.keys(after.evidence)])].sort();
  for (const key of keys) {
    const [was, is] = [before.evidence[key] ?? null, after.evidence[key] ?? null];
    if (isPlain(was) && isPlain(is)) lines.push(...changeOf(fieldWords(key), was, is));
    else if (JSON.stringify(was) !== JSON.stringify(is))
      lines.push(`${fieldWords(key)}: ${countWords(was, is)}`);
  }
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more`];
}

type Plain = string | number | boolean | null;

function isPlain(value: Json): value is Plain {
  return value === null || typeof value !== 'object';
}

function changeOf(what: string, was: Plain, is: Plain): readonly string[] {
  return was === is ? [] : [`${what}: ${wordsOf(was)} → ${wordsOf(is)}`];
}

function wordsOf(value: Plain): string {
  if (value === null) return 'not known';
  if (typeof value === 'string' && INSTANT.test(value)) return plainUtc(Date.parse(value));
  return String(value);
}

function countWords(was: Json, is: Json): string {
  if (Array.isArray(was) && Array.isArray(is) && was.length !== is.length)
    return `${was.length} → ${is.length} entries`;
  if (was === null) return 'now known';
  if (is === null) return 'no longer known';
  return 'changed';
}

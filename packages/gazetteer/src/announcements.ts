import { DAY_MS, HOUR_MS } from '@offing/units';
import type { Records, RefusedRow } from './records.ts';
import { readTable } from './tables.ts';

/**
 * Whom an announcement bars: ships of the DPRK flag; ships on a named list; ships that called at a DPRK port within its
 * window. `cargo` and `unclear` bar no ship as such: they are kept to be shown, and nothing is judged by them.
 */
export type Barred = 'dprk-flag' | 'listed' | 'dprk-call' | 'cargo' | 'unclear';

const BARRED: readonly Barred[] = ['dprk-flag', 'listed', 'dprk-call', 'cargo', 'unclear'];

/** A dated statement on who may call at a port or at all ports of a country, with who said so and who denied it. */
export type Announcement = {
  readonly id: string;
  /** Null: all ports of the country. */
  readonly portId: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly barred: Barred;
  /** For `listed`: the list and how its programme begins, as the register of designations has them; null for others. */
  readonly list: { readonly name: string; readonly program: string } | null;
  /** In words, as reported. */
  readonly bars: string;
  /** First instant and first instant no more, ms; the days are those of the place. `until` is null while nobody ended it. */
  readonly from: number;
  readonly until: number | null;
  /** First and last day as recorded, YYYY-MM-DD. */
  readonly firstDay: string;
  readonly lastDay: string | null;
  /** Hours by which the calendar of the place is ahead of UTC; it knows no summer time. */
  readonly utcOffsetH: number;
  /** For `dprk-call`: how long a call counts, as days or years of that calendar; null for others. */
  readonly window: CallWindow | null;
  readonly announcedBy: string;
  readonly reportedBy: string;
  readonly deniedBy: string | null;
  readonly deniedOn: string | null;
  readonly note: string | null;
};

/** How long after a call a ship is barred, in days or years of a calendar. */
export type CallWindow = { readonly length: number; readonly unit: 'days' | 'years' };

type Cells = Readonly<Record<string, string | undefined>>;

/** Returns the announcements of a CSV text; a row without an id, with an unknown kind or a day that is none is refused. */
export function readAnnouncements(text: string): Records<Announcement> {
  const records: Announcement[] = [];
  const refused: RefusedRow[] = [];
  const seen = new Set<string>();
  for (const [i, cells] of readTable(text).entries()) {
    const result = announcementOf(cells);
    const code = typeof result === 'string' ? result : seen.has(result.id) ? 'repeated-id' : null;
    if (code !== null) refused.push({ row: i + 1, code });
    else if (typeof result !== 'string') {
      seen.add(result.id);
      records.push(result);
    }
  }
  return { records, refused };
}

/** Returns the first instant at which a call that ended at an instant (ms) counts no more in an announcement's window. */
export function windowEnd({ window, utcOffsetH }: Announcement, calledAt: number): number {
  if (window === null) return calledAt;
  const offsetMs = utcOffsetH * HOUR_MS;
  const day = Math.floor((calledAt + offsetMs) / DAY_MS) * DAY_MS;
  // The last day of the window still counts: it ends with the day after.
  if (window.unit === 'days') return day + (window.length + 1) * DAY_MS - offsetMs;
  const end = new Date(day);
  const month = end.getUTCMonth();
  end.setUTCFullYear(end.getUTCFullYear() + window.length);
  // 29 February has no anniversary in a common year: the window ends with the last day of the month.
  if (end.getUTCMonth() !== month) end.setUTCDate(0);
  return end.getTime() + DAY_MS - offsetMs;
}

function announcementOf(cells: Cells): Announcement | RefusedRow['code'] {
  const id = orNull(cells['id']);
  const barred = BARRED.find((word) => word === cells['barred']);
  const utcOffsetH = Number(cells['utc_offset_h'] ?? NaN);
  const firstDay = cells['from'] ?? '';
  const lastDay = orNull(cells['until']);
  const window = windowOf(cells['window'] ?? '');
  const country = cells['country'] ?? '';
  if (id === null) return 'no-id';
  if (barred === undefined || window === 'bad' || (barred === 'dprk-call') !== (window !== null))
    return 'unknown-kind';
  if (!/^[A-Z]{2}$/.test(country) || !(Math.abs(utcOffsetH) <= 14)) return 'bad-position';
  const from = startOf(firstDay, utcOffsetH);
  const last = lastDay === null ? null : startOf(lastDay, utcOffsetH);
  if (Number.isNaN(from) || (last !== null && !(last >= from))) return 'bad-day';
  return {
    id,
    portId: orNull(cells['port_id']),
    country,
    barred,
    list: listOf(cells['list'] ?? ''),
    bars: cells['bars'] ?? '',
    from,
    until: last === null ? null : last + DAY_MS,
    firstDay,
    lastDay,
    utcOffsetH,
    window,
    announcedBy: cells['announced_by'] ?? '',
    reportedBy: cells['reported_by'] ?? '',
    deniedBy: orNull(cells['denied_by']),
    deniedOn: orNull(cells['denied_on']),
    note: orNull(cells['note']),
  };
}

/** The first instant of a day of a calendar, ms; NaN for what is no day. */
function startOf(day: string, utcOffsetH: number): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return NaN;
  const at = Date.parse(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return isDay ? at - utcOffsetH * HOUR_MS : NaN;
}

function listOf(text: string): Announcement['list'] {
  const [name, program = ''] = text.split(' / ');
  return name === '' ? null : { name, program };
}

function windowOf(text: string): CallWindow | null | 'bad' {
  if (text === '') return null;
  const [, length, unit] = /^(\d{1,4}) (days|years)$/.exec(text) ?? [];
  return length === undefined ? 'bad' : { length: Number(length), unit: unit === 'days' ? 'days' : 'years' };
}

function orNull(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell;
}

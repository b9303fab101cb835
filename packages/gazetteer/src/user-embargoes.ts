import { DAY_MS, HOUR_MS, stableId } from '@offing/units';
import type { Announcement, Barred, CallWindow } from './announcements.ts';
import type { Port } from './port.ts';
import { readTable } from './tables.ts';
import { readUserTable, type NoteFault, type UserRow, type UserTable } from './user-faults.ts';

/** Hours by which a country's calendar is ahead of UTC; of others the file says it, or the longitude of the port does. */
const OFFSETS: Readonly<Record<string, number>> = {
  CN: 8,
  TW: 8,
  HK: 8,
  KR: 9,
  KP: 9,
  JP: 9,
  SG: 8,
  PH: 8,
  VN: 7,
};
const KINDS: readonly Barred[] = ['dprk-flag', 'listed', 'dprk-call', 'cargo', 'unclear'];

/** What an announcement bars, as the judgement takes it. */
type Bar = Pick<Announcement, 'barred' | 'list' | 'window'>;

/**
 * Returns the announcements of a CSV text of the user's: port (its name or id, or * for all of the country), country, barred
 * and from; and where wanted until, announced_by, reported_by, denied_by, denied_on, note, id, list, window and
 * utc_offset_h. `barred` is one of our words or a sentence; of one that is not understood nothing is judged.
 */
export function readUserEmbargoes(text: string, ports: readonly Port[]): UserTable<Announcement> {
  const needed = [['port', 'portid'], ['country'], ['barred'], ['from']];
  return readUserTable(readTable(text), needed, (row, fault) => announcementOf(row, fault, ports));
}

function announcementOf({ cell }: UserRow, fault: NoteFault, ports: readonly Port[]): Announcement | null {
  const country = cell('country').toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) return fault('country', country, 'ISO 3166-1 alpha-2, such as CN');
  const named = cell('port', 'portid');
  const port = named === '*' || named === '' ? null : portOf(named, country, ports);
  if (port === undefined)
    return fault(
      'port',
      named,
      `a port of ${country} by its name or id (offing ports import adds one), or *`,
    );
  const bar = barOf(cell('barred'), cell('list'), cell('window'));
  if (bar === null) return fault('window', cell('window'), 'a number of days or years, such as 180 days');
  const utcOffsetH = offsetOf(cell('utcoffseth'), country, port);
  if (utcOffsetH === null) return fault('utc_offset_h', cell('utcoffseth'), 'hours from -14 to 14');
  const from = startOf(cell('from'), utcOffsetH);
  if (from === null) return fault('from', cell('from'), 'a day, YYYY-MM-DD');
  const last = cell('until') === '' ? null : startOf(cell('until'), utcOffsetH);
  if (cell('until') !== '' && (last === null || last < from))
    return fault('until', cell('until'), 'the last day, YYYY-MM-DD, not before the first');
  const until = last === null ? null : last + DAY_MS;
  const parts = [port?.id ?? '*', country, bar.barred, cell('from'), cell('barred')];
  return {
    id: cell('id') || stableId('user-', parts),
    portId: port?.id ?? null,
    country,
    ...bar,
    bars: cell('bars') || cell('barred'),
    from,
    until,
    firstDay: cell('from'),
    lastDay: cell('until') || null,
    utcOffsetH,
    announcedBy: cell('announcedby'),
    reportedBy: cell('reportedby'),
    deniedBy: cell('deniedby') || null,
    deniedOn: cell('deniedon') || null,
    note: cell('note') || null,
  };
}

/** The port of a name or id; undefined where there is none. */
function portOf(text: string, country: string, ports: readonly Port[]): Port | undefined {
  const wanted = text.toLowerCase();
  const own = ports.filter((port) => port.country === country);
  return (
    ports.find((port) => port.id.toLowerCase() === wanted) ??
    own.find((port) => port.name.toLowerCase() === wanted || port.localName === text) ??
    own.find((port) => port.altNames.some((name) => name.toLowerCase() === wanted))
  );
}

/** What the words mean: one of our kinds, or a sentence as the press had it; null for a window that is none. */
function barOf(text: string, list: string, window: string): Bar | null {
  const given = KINDS.find((kind) => kind === text);
  const call = /called at a DPRK port within (?:(\d{1,4}) (days|years?)|one year)/i.exec(text);
  if (given === 'dprk-call' || call !== null) {
    const parsed =
      call === null
        ? windowOf(window)
        : windowOf(call[1] === undefined ? '1 years' : `${call[1]} ${call[2]}`);
    return parsed === null ? null : { barred: 'dprk-call', list: null, window: parsed };
  }
  if (given === 'listed' && list !== '') {
    const [name, program = ''] = list.split(' / ');
    return { barred: 'listed', list: { name, program }, window: null };
  }
  const plain = (barred: Barred): Bar => ({ barred, list: null, window: null });
  if (given !== undefined) return plain(given === 'listed' ? 'unclear' : given);
  if (/^cargo\b/i.test(text)) return plain('cargo');
  return plain(
    /^(all )?(DPRK|North Korean)[- ]flag(ged)?( vessels| ships)?$/i.test(text) ? 'dprk-flag' : 'unclear',
  );
}

function windowOf(text: string): CallWindow | null {
  const [, length, unit] = /^(\d{1,4}) (day|year)s?$/i.exec(text.trim()) ?? [];
  if (length === undefined) return null;
  return { length: Number(length), unit: unit.toLowerCase() === 'day' ? 'days' : 'years' };
}

function offsetOf(text: string, country: string, port: Port | null): number | null {
  if (text !== '')
    return /^[+-]?\d{1,2}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= 14 ? Number(text) : null;
  return OFFSETS[country] ?? Math.round((port?.lon ?? 0) / 15);
}

/** The first instant of a day of a calendar, ms; null for what is no day. */
function startOf(day: string, utcOffsetH: number): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? at - utcOffsetH * HOUR_MS : null;
}

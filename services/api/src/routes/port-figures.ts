import { cellsWithin } from '@offing/geo';
import { ruleBook, type HistoryLimits } from '@offing/rules';
import { hoursHeardPerWeek, visitsPerWeek, waitsOffPort } from '@offing/store';
import type { ApiContext } from '../context.ts';
import type { PortFigures } from '../schemas/port-detail.ts';
import type { PublicPort } from '../schemas/port.ts';
import { visitWeeks } from '../shapes/flag-weeks.ts';
import { portQueue } from '../shapes/queue.ts';
import { WEEK_MS } from '../shapes/weeks.ts';
import { AROUND_KM, embargoesOf, LEAST_VESSELS, type PortMoment } from './port-embargo.ts';

const MOST_WEEKS = 520;
const EMBARGO_DAYS = 90;

/** Returns visits, hours heard and queue of a port by week, and what bans came to, as they were known at a moment. */
export async function portFigures(
  { reader, gazetteer }: ApiContext,
  port: PublicPort,
  moment: PortMoment,
): Promise<PortFigures> {
  const { asOf } = moment;
  const until = moment.until ?? 0;
  const span = { from: until - MOST_WEEKS * WEEK_MS, to: until };
  const { lon, lat } = port;
  const cells = lon === null || lat === null ? [] : cellsWithin(lon, lat, AROUND_KM);
  const [visits, heardPerWeek, waits] = await Promise.all([
    visitsPerWeek(reader, port.id, asOf),
    cells.length === 0 ? [] : hoursHeardPerWeek(reader, cells, span, LEAST_VESSELS),
    waitsOffPort(reader, port.id, asOf),
  ]);
  const embargo = await embargoesOf(reader, port, gazetteer?.announcements ?? [], EMBARGO_DAYS, moment);
  return {
    visitsPerWeek: visitWeeks(visits, MOST_WEEKS),
    heardPerWeek,
    queue: portQueue(waits, heardPerWeek, historyLimits(), until),
    embargo,
  };
}

function historyLimits(): HistoryLimits {
  const params = ruleBook().find(({ id }) => id === 'hovering')?.params ?? {};
  const value = (name: keyof HistoryLimits) => Number(params[name]);
  return {
    queueD: value('queueD'),
    queueFactor: value('queueFactor'),
    queueLeastD: value('queueLeastD'),
    historyWaits: value('historyWaits'),
    historyD: value('historyD'),
  };
}

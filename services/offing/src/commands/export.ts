import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  alertWriter,
  BYTE_ORDER_MARK,
  eventWriter,
  flagOf,
  positionWriter,
  publicAlert,
  publicEvent,
  publicPosition,
  publicVessel,
  vesselWriter,
  writeStream,
} from '@offing/api';
import { OffingError } from '@offing/kit';
import type { EventState } from '@offing/rules';
import {
  openReader,
  streamAlerts,
  streamEvents,
  streamPositions,
  streamVessels,
  type EventFilter,
  type Reader,
} from '@offing/store';
import { withDatabase } from '../database.ts';
import { instantFlag, numberFlag, type ExportFlags } from '../flags.ts';

/** Runs `offing export`. */
export async function exportKept(
  what: 'events' | 'alerts' | 'positions' | 'vessels',
  flags: ExportFlags,
): Promise<void> {
  const filter = filterOf(flags);
  if (flags.bom === true && flags.format !== 'csv')
    throw new OffingError('usage-bom', `--bom: only CSV has a byte order mark, not ${flags.format}`);
  await withDatabase(flags.data, async ({ url }) => {
    const reader = openReader({ databaseUrl: url, statementTimeoutMs: 0, connections: 2 });
    try {
      const text = Readable.from(marked(textOf(what, reader, filter, flags), flags));
      if (flags.out === undefined) await pipeline(text, process.stdout, { end: false });
      else await pipeline(text, createWriteStream(flags.out));
    } finally {
      await reader.close();
    }
  });
}

async function* marked(text: AsyncGenerator<string>, { bom }: ExportFlags): AsyncGenerator<string> {
  if (bom === true) yield BYTE_ORDER_MARK;
  yield* text;
}

function textOf(
  what: string,
  reader: Reader,
  filter: EventFilter,
  flags: ExportFlags,
): AsyncGenerator<string> {
  const { format } = flags;
  const span = { ...pick(filter, 'from'), ...pick(filter, 'to') };
  const mmsi = filter.mmsi === undefined ? {} : { mmsi: filter.mmsi };
  switch (what) {
    case 'events':
      return writeStream(eventWriter(format), mapped(streamEvents(reader, filter), publicEvent));
    case 'alerts':
      return writeStream(alertWriter(format), mapped(streamAlerts(reader, filter), publicAlert));
    case 'positions':
      return writeStream(
        positionWriter(format),
        mapped(streamPositions(reader, { ...mmsi, ...span }), publicPosition),
      );
    default:
      return writeStream(
        vesselWriter(format),
        mapped(streamVessels(reader, mmsi), (vessel) => publicVessel(vessel, flagOf(vessel.mmsi))),
      );
  }
}

function pick<K extends keyof EventFilter>(filter: EventFilter, key: K): Partial<Pick<EventFilter, K>> {
  return filter[key] === undefined ? {} : ({ [key]: filter[key] } as Pick<EventFilter, K>);
}

async function* mapped<A, B>(items: AsyncIterable<A>, shape: (item: A) => B): AsyncGenerator<B> {
  for await (const item of items) yield shape(item);
}

function filterOf(flags: ExportFlags): EventFilter {
  return {
    states: statesOf(flags.state ?? 'any'),
    ...(flags.type === undefined ? {} : { types: [flags.type] }),
    ...(flags.mmsi === undefined ? {} : { mmsi: [numberFlag('--mmsi', flags.mmsi, 0, 999_999_999)] }),
    ...(flags.from === undefined ? {} : { from: instantFlag('--from', flags.from) }),
    ...(flags.to === undefined ? {} : { to: instantFlag('--to', flags.to, 'last') }),
    ...(flags.asOf === undefined ? {} : { asOf: instantFlag('--as-of', flags.asOf, 'last') }),
  };
}

function statesOf(text: string): readonly EventState[] {
  const states = ['open', 'closed', 'retracted'] as const;
  if (text === 'any') return states;
  const known = states.find((state) => state === text);
  if (known !== undefined) return [known];
  throw new OffingError(
    'usage-state',
    `--state: "${text}" is no state; expected open, closed, retracted or any`,
  );
}

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  alertKind,
  BYTE_ORDER_MARK,
  eventKind,
  flagOf,
  positionKind,
  publicAlert,
  publicEvent,
  publicPosition,
  publicVessel,
  streamFile,
  vesselKind,
  type FeedTerms,
} from '@offing/api';
import { OffingError } from '@offing/kit';
import type { EventState } from '@offing/rules';
import {
  feedTerms,
  streamAlerts,
  streamEvents,
  streamPositions,
  streamVessels,
  type EventFilter,
  type Reader,
} from '@offing/store';
import { AT_LENGTH, withReader } from '../database.ts';
import { instantFlag, numberFlag, type ExportFlags } from '../flags.ts';

/** Runs `offing export`. */
export async function exportKept(
  what: 'events' | 'alerts' | 'positions' | 'vessels',
  flags: ExportFlags,
): Promise<void> {
  const filter = filterOf(flags);
  if (flags.bom === true && flags.format !== 'csv')
    throw new OffingError('usage-bom', `--bom: only CSV has a byte order mark, not ${flags.format}`);
  await withReader(
    flags.data,
    async (reader) => {
      const pieces = Readable.from(
        marked(piecesOf(what, reader, filter, flags, await feedTerms(reader)), flags),
      );
      if (flags.out === undefined) await pipeline(pieces, process.stdout, { end: false });
      else await pipeline(pieces, createWriteStream(flags.out));
    },
    AT_LENGTH,
  );
}

async function* marked(
  pieces: AsyncGenerator<string | Uint8Array>,
  { bom }: ExportFlags,
): AsyncGenerator<string | Uint8Array> {
  if (bom === true) yield BYTE_ORDER_MARK;
  yield* pieces;
}

function piecesOf(
  what: string,
  reader: Reader,
  filter: EventFilter,
  { format }: ExportFlags,
  terms: readonly FeedTerms[],
): AsyncGenerator<string | Uint8Array> {
  const asOf = pick(filter, 'asOf');
  const span = { ...pick(filter, 'from'), ...pick(filter, 'to'), ...asOf };
  const mmsi = filter.mmsi === undefined ? {} : { mmsi: filter.mmsi };
  switch (what) {
    case 'events':
      return streamFile(eventKind, format, mapped(streamEvents(reader, filter), publicEvent), terms);
    case 'alerts':
      return streamFile(alertKind, format, mapped(streamAlerts(reader, filter), publicAlert), terms);
    case 'positions': {
      const positions = mapped(streamPositions(reader, { ...mmsi, ...span }), publicPosition);
      return streamFile(positionKind, format, positions, terms);
    }
    default: {
      const vessels = mapped(streamVessels(reader, { ...mmsi, ...asOf }), (vessel) =>
        publicVessel(vessel, flagOf(vessel.mmsi)),
      );
      return streamFile(vesselKind, format, vessels, terms);
    }
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

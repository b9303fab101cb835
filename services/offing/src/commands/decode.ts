import { once } from 'node:events';
import { messageToJson } from '@offing/ais';
import {
  detectFormat,
  makeReader,
  nmeaDecoder,
  type FeedReader,
  type FormatId,
  type RejectCode,
} from '@offing/feeds';
import { contentsOf, faultOf, type OpenedContent } from '@offing/ingest';
import { makeColumns, makeStaticDictionary, type RecordColumns } from '@offing/track';
import { isoOf } from '@offing/units';
import { mapFlags } from '../flags.ts';
import { isClosedPipe } from '../closed-pipe.ts';
import { recordToJson } from '../record-json.ts';

/** What is written goes out in pieces of about this size, characters. */
const PIECE = 65_536;

type Flags = { readonly format: string; readonly map?: string[] };

/**
 * Runs `offing decode`: one JSON object a line for each AIS message on standard output, one for each refused line on
 * standard error. Returns 1 when the file could not be read to its end.
 */
export async function decode(path: string, flags: Flags): Promise<number> {
  const out = makeLines(process.stdout);
  const err = makeLines(process.stderr);
  let code = 0;
  try {
    for await (const content of contentsOf(path === '-' ? process.stdin : path))
      code = Math.max(code, await decodeContent(content, flags, out, err));
  } catch (error) {
    if (isClosedPipe(error)) throw error;
    const fault = faultOf(path, error);
    err.write(`offing: ${fault.path}: ${fault.message} [${fault.code}]`);
    code = 1;
  }
  await out.flush();
  await err.flush();
  return code;
}

async function decodeContent(content: OpenedContent, flags: Flags, out: Lines, err: Lines): Promise<number> {
  const { head, path } = content;
  const format =
    flags.format === 'auto' ? detectFormat(head.bytes, content.name) : (flags.format as FormatId);
  if (format === null) {
    err.write(
      `offing: ${path}: no known recording; expected AIVDM lines or a CSV with mmsi, timestamp, lat, lon [unknown-format]`,
    );
    return 1;
  }
  const reader = format === 'nmea' ? ofSentences(out, err) : ofRows(format, flags, out, err);
  reader.push(head.bytes);
  if (!head.ended) {
    for await (const chunk of content.rest) {
      reader.push(chunk);
      await out.flush();
      await err.flush();
    }
  }
  reader.end();
  const fault = head.fault ?? reader.fault;
  if (fault !== null) err.write(`offing: ${path}: ${fault.message} [${fault.code}]`);
  return fault === null ? 0 : 1;
}

function ofSentences(out: Lines, err: Lines): FeedReader {
  return nmeaDecoder(({ message, line, at, receivedAt }) => {
    const times = {
      at: at === null ? null : isoOf(at),
      receivedAt: receivedAt === null ? null : isoOf(receivedAt),
    };
    out.write(JSON.stringify({ ...messageToJson(message), ...times, line }));
  }, rejecting(err));
}

/** Rows of a CSV are no messages: each is printed as what it says of the ship. */
function ofRows(format: FormatId, flags: Flags, out: Lines, err: Lines): FeedReader {
  const records = makeColumns(1024);
  const statics = makeStaticDictionary();
  const columns = mapFlags(flags.map);
  const sink = { records, statics, reject: rejecting(err), count: () => undefined };
  const reader = makeReader(format, sink, {
    feed: 0,
    startAt: null,
    ...(columns === undefined ? {} : { columns }),
  });
  const drain = (from: RecordColumns): void => {
    for (let row = 0; row < from.length; row++) out.write(JSON.stringify(recordToJson(from, row, statics)));
    from.length = 0;
  };
  return {
    push(chunk) {
      reader.push(chunk);
      drain(records);
    },
    end() {
      reader.end();
      drain(records);
    },
    get lines() {
      return reader.lines;
    },
    get fault() {
      return reader.fault;
    },
    get ignoredColumns() {
      return reader.ignoredColumns;
    },
  };
}

function rejecting(err: Lines) {
  return (code: RejectCode, line: number, raw: Uint8Array, why: string): void => {
    err.write(JSON.stringify({ line, code, why, raw: Buffer.from(raw).toString('latin1') }));
  };
}

/** Lines on their way out, gathered so that each need not be a system call. */
type Lines = { write(line: string): void; flush(): Promise<void> };

function makeLines(stream: NodeJS.WriteStream): Lines {
  let pending: string[] = [];
  let size = 0;
  return {
    write(line) {
      pending.push(line);
      size += line.length;
    },
    async flush() {
      if (size === 0) return;
      const pieces: string[] = [];
      for (let from = 0; from < pending.length;) {
        let to = from;
        for (let length = 0; to < pending.length && length < PIECE; to++) length += pending[to].length;
        pieces.push(`${pending.slice(from, to).join('\n')}\n`);
        from = to;
      }
      pending = [];
      size = 0;
      for (const piece of pieces) if (!stream.write(piece)) await once(stream, 'drain');
    },
  };
}

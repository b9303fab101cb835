import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { takeGpsdObject } from './gpsd.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker } from './json-report.ts';
import { elementSlicesAt } from './json-slices.ts';
import { isObject } from './json-value.ts';

/** Unlike gpsd it gives positions of type 27 as they were sent. */
const DIALECT = { roundsLongRange: false };

/**
 * Returns a reader of AIS-catcher's JSON (https://docs.aiscatcher.org, "JSON output"): messages in gpsd's shape with the time
 * in `rxuxtime` or `rxtime` (YYYYMMDDHHMMSS, UTC), one a line or datagram, or in `msgs` of the body that it posts by HTTP.
 */
export function aisCatcherReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  return jsonFeed(out, options, (value, line, raw) => {
    const messages = isObject(value) ? value['msgs'] : undefined;
    if (!Array.isArray(messages)) return takeGpsdObject(value, DIALECT, out, take, line, raw);
    const slices = elementSlicesAt(raw, 'msgs');
    for (const [place, message] of (messages as readonly unknown[]).entries())
      takeGpsdObject(message, DIALECT, out, take, line, slices[place]);
  });
}

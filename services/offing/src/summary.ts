import { exampleSentence, feedTotals, foundSince } from '@offing/store';
import type pg from 'pg';

/** Returns what the service says when it is ready: where it is, what was read, what was found, and one alert as an example. */
export async function summaryOf(client: pg.ClientBase, url: string): Promise<string> {
  const totals = await feedTotals(client);
  const found = await foundSince(client, 0);
  const example = await exampleSentence(client, 0);
  const number = (value: number): string => value.toLocaleString('en');
  const events = Object.entries(found.events).map(([type, n]) => `${number(n)} ${type}`);
  return [
    '',
    `read:  ${number(totals.positions)} positions of ${number(totals.vessels)} vessels on ${number(totals.feeds)} feeds`,
    `found: ${events.length > 0 ? events.join(', ') : 'nothing yet'}`,
    ...(example === null ? [] : [`such as: ${example}`]),
    '',
    `Offing is ready: ${url}  (the data: ${url}/docs; Ctrl-C ends it)`,
  ].join('\n');
}

import { listFeeds, openReader } from '@offing/store';
import { withDatabase } from '../database.ts';

/** Prints the feeds that were read, with what each brought. */
export async function listKnownFeeds(options: {
  readonly json: boolean;
  readonly data: string;
}): Promise<void> {
  await withDatabase(options.data, async ({ url }) => {
    const reader = openReader({ databaseUrl: url, connections: 1 });
    try {
      const feeds = await listFeeds(reader);
      if (options.json) process.stdout.write(`${JSON.stringify(feeds, null, 2)}\n`);
      else for (const feed of feeds) process.stdout.write(`${JSON.stringify(feed)}\n`);
    } finally {
      await reader.close();
    }
  });
}

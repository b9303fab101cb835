// A process that opens the database of a data folder, says so as JSON, and stays until its input ends; argv: the folder.
import { openDatabase } from '../../../src/server/open-database.ts';

const [dataDir] = process.argv.slice(2);
try {
  const { url, startedHere, close } = await openDatabase({
    dataDir,
    settings: { shared_buffers: '16MB', max_connections: '20' },
  });
  process.stdout.write(`${JSON.stringify({ url, startedHere })}\n`);
  for await (const _ of process.stdin);
  await close();
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ code: (error as { code?: unknown }).code, message: String(error) })}\n`,
  );
}

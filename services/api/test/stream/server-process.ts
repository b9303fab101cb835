// The API in a process of its own, so that a test can kill it: address of the database and port as arguments.
import { makeApp } from '../../src/index.ts';

const [databaseUrl, port] = process.argv.slice(2);
const app = await makeApp({ databaseUrl, version: '0.0.0-test' });
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.stdout.write('listening\n');

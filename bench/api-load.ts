// A lean load for a server on this machine, in a process of its own: the load comes as JSON on standard input.
import { connect } from 'node:net';

/** What is asked: paths in turn over so many connections, one question at a time on each, for so long. */
export type Load = {
  readonly port: number;
  readonly paths: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
};

/** What came of it; a status other than the first one is counted apart. */
export type LoadResult = {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesPerAnswer: number;
  readonly statuses: Readonly<Record<string, number>>;
};

const HEAD_END = Buffer.from('\r\n\r\n');

function run(load: Load): Promise<LoadResult> {
  const heads = Object.entries(load.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const questions = load.paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${heads.join('')}\r\n`),
  );
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let [turn, bytes] = [0, 0];
  const started = performance.now();
  const until = started + load.seconds * 1000;
  return new Promise((resolve, reject) => {
    let open = load.connections;
    for (let n = 0; n < load.connections; n++) {
      const socket = connect(load.port, '127.0.0.1');
      let [askedAt, missing, rest] = [0, -1, Buffer.alloc(0)];
      const ask = () => {
        askedAt = performance.now();
        socket.write(questions[turn++ % questions.length]);
      };
      socket.setNoDelay(true).on('connect', ask).on('error', reject);
      socket.on('data', (data) => {
        bytes += data.length;
        if (missing < 0) {
          rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
          const at = rest.indexOf(HEAD_END);
          if (at < 0) return;
          const head = rest.toString('latin1', 0, at);
          const status = head.slice(9, 12);
          statuses[status] = (statuses[status] ?? 0) + 1;
          const length = status === '304' ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? NaN);
          if (Number.isNaN(length)) return reject(new Error(`an answer without a length: ${head}`));
          missing = length - (rest.length - at - 4);
          rest = Buffer.alloc(0);
        } else missing -= data.length;
        if (missing > 0) return;
        missing = -1;
        const now = performance.now();
        times.push(now - askedAt);
        if (now < until) return ask();
        socket.end();
        if (--open === 0) resolve(resultOf(times, statuses, bytes, (now - started) / 1000));
      });
    }
  });
}

function resultOf(
  times: number[],
  statuses: Record<string, number>,
  bytes: number,
  seconds: number,
): LoadResult {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] * 100) / 100;
  return {
    answers: sorted.length,
    perSecond: Math.round(sorted.length / seconds),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    bytesPerAnswer: Math.round(bytes / sorted.length),
    statuses,
  };
}

if (process.argv[1]?.endsWith('api-load.ts')) {
  const given = (await process.stdin.setEncoding('utf8').toArray()).join('');
  console.log(JSON.stringify(await run(JSON.parse(given) as Load)));
}

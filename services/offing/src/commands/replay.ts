import { join } from 'node:path';
import { Engine } from '@offing/engine';
import type { FormatId } from '@offing/feeds';
import type { RecordingSource } from '@offing/ingest';
import { withDatabase } from '../database.ts';
import { instantFlag, mapFlags, type ReplayFlags } from '../flags.ts';
import { loadReferenceOf } from '../reference.ts';
import { copiesDirOf } from '../keep-recordings.ts';
import { replaySources, type ReplayReport } from '../replay-sources.ts';

/** Runs `offing replay`; returns the exit code: 1 when a file could not be read to its end. */
export async function replay(files: readonly string[], flags: ReplayFlags): Promise<number> {
  const source = sourceOf(files, flags);
  return withDatabase(flags.data, async ({ url, dataDir }) => {
    const engine = await Engine.open({
      databaseUrl: url,
      ...(await loadReferenceOf(url)),
      onWaiting: () =>
        process.stderr.write('another engine is writing to this database; waiting for it to end\n'),
    });
    try {
      const { report, faults } = await replaySources(engine, [source], {
        tempDir: join(dataDir, 'tmp'),
        ...(flags.keep ? { copiesDir: copiesDirOf(dataDir) } : {}),
        showProgress: true,
        onFault: ({ path, code, message }) => process.stderr.write(`${path}: ${message} [${code}]\n`),
      });
      process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : plainReport(report));
      return faults.length > 0 ? 1 : 0;
    } finally {
      await engine.close();
    }
  });
}

function sourceOf(paths: readonly string[], flags: ReplayFlags): RecordingSource {
  const columns = mapFlags(flags.map);
  return {
    paths,
    feed: flags.feed,
    synthetic: flags.synthetic,
    startAt: flags.start === undefined ? null : instantFlag('--start', flags.start),
    ...(flags.format === 'auto' ? {} : { format: flags.format as FormatId }),
    ...(columns === undefined ? {} : { columns }),
  };
}

/** Returns a report as lines for people. */
export function plainReport(report: ReplayReport): string {
  const number = (value: number): string => value.toLocaleString('en');
  if (report.alreadyRead) return 'These recordings were read before; nothing was added.\n';
  const refused = Object.entries(report.rejected).map(([code, n]) => `${number(n)} ${code}`);
  const events = Object.entries(report.events).map(([type, n]) => `${number(n)} ${type}`);
  const lines = [
    `${number(report.positions)} positions read in ${report.seconds.toFixed(1)} s`,
    ...(report.duplicates > 0 ? [`${number(report.duplicates)} duplicates left out`] : []),
    ...(report.late > 0 ? [`${number(report.late)} came late; what they change was corrected`] : []),
    ...(refused.length > 0 ? [`refused: ${refused.join(', ')} (samples are kept in reject_sample)`] : []),
    events.length > 0 ? `found: ${events.join(', ')}` : 'found: nothing',
  ];
  return `${lines.join('\n')}\n`;
}

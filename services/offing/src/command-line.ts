import { Command, CommanderError, Option } from 'commander';
import { OffingError } from '@offing/kit';
import { readDebugConfig } from './config.ts';
import type { ExportFlags, ReplayFlags } from './flags.ts';
import { VERSION } from './version.ts';

/** A fault of the machine, the database or the data. */
const FAULT = 1;
/** The words of the command are wrong. */
const WRONG_USAGE = 2;

/** Runs the command that the arguments name; returns the exit code: 0 all done, 1 a fault, 2 wrong usage. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = makeProgram((exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (error instanceof OffingError) {
      process.stderr.write(`offing: ${error.message} [${error.code}]\n`);
      return error.code.startsWith('usage') ? WRONG_USAGE : FAULT;
    }
    process.stderr.write(`offing: ${error instanceof Error ? error.message : String(error)}\n`);
    if (readDebugConfig()) process.stderr.write(`${String((error as Error).stack)}\n`);
    return FAULT;
  }
}

function makeProgram(setCode: (code: number) => void): Command {
  const program = new Command('offing')
    .description(
      'Watches ships: reads AIS recordings and tells gaps, hovering and designated vessels, with the evidence.',
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .configureHelp({ showGlobalOptions: true });
  addServe(program);
  addReplay(program, setCode);
  addDecode(program, setCode);
  addExport(program);
  addDesignations(program);
  addRules(program);
  addFeeds(program);
  addDoctor(program, setCode);
  addSelftest(program, setCode);
  addDocs(program, setCode);
  return program;
}

function dataOption(): Option {
  return new Option('--data <dir>', 'folder in which everything is kept; DATABASE_URL replaces its database')
    .default('.offing')
    .env('OFFING_DATA');
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'the all-in-one service: database, demonstration recordings on the first start, API and pages',
    )
    .addOption(new Option('--port <n>', 'port to listen on').default('8080').env('PORT'))
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1').env('HOST'))
    .option('--no-demo', 'do not read the bundled recordings')
    .addOption(dataOption())
    .action(async (options: { port: string; host: string; demo: boolean; data: string }) => {
      const { serve } = await import('./commands/serve.ts');
      await serve(options);
    });
}

function addReplay(program: Command, setCode: (code: number) => void): void {
  program
    .command('replay')
    .description('reads recordings through the whole pipeline, in one event-time order across all files')
    .argument('<files...>', 'files, folders or globs; plain, .gz, .zst or .zip')
    .option('--feed <name>', 'name of the feed that the recordings belong to', 'recording')
    .addOption(
      new Option('--format <format>', 'format of the files').choices(['auto', ...FORMATS]).default('auto'),
    )
    .option(
      '--map <field=column>',
      'for CSV: our field and the column that holds it; may be repeated',
      gather,
    )
    .option('--start <time>', 'instant at which a recording without any time begins (ISO 8601)')
    .option('--synthetic', 'mark the feed, and all that comes of it, as made up', false)
    .option('--json', 'end with one line of JSON', false)
    .addOption(dataOption())
    .action(async (files: string[], options: ReplayFlags) => {
      const { replay } = await import('./commands/replay.ts');
      setCode(await replay(files, options));
    });
}

/** Gathers the values of an option that may be repeated. */
function gather(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** The formats that `--format` names. */
export const FORMATS = ['nmea', 'marinecadastre', 'dma', 'gfw', 'csv'] as const;

function addDecode(program: Command, setCode: (code: number) => void): void {
  program
    .command('decode')
    .description('one JSON object a line for each AIS message; refused sentences go to stderr as JSON')
    .argument('<file>', 'a file (plain, .gz, .zst or .zip), or - for standard input')
    .addOption(
      new Option('--format <format>', 'format of the file').choices(['auto', ...FORMATS]).default('auto'),
    )
    .option(
      '--map <field=column>',
      'for CSV: our field and the column that holds it; may be repeated',
      gather,
    )
    .action(async (file: string, options: { format: string; map?: string[] }) => {
      const { decode } = await import('./commands/decode.ts');
      setCode(await decode(file, options));
    });
}

function addExport(program: Command): void {
  program
    .command('export')
    .description('writes what is kept to standard output or a file')
    .addArgument(
      program
        .createArgument('<what>', 'what to export')
        .choices(['events', 'alerts', 'positions', 'vessels']),
    )
    .option('--type <type>', 'event type')
    .option('--mmsi <mmsi>', 'MMSI')
    .option('--from <time>', 'from this instant (ISO 8601)')
    .option('--to <time>', 'to this instant (ISO 8601)')
    .option('--as-of <time>', 'what was known at this instant')
    .option('--state <state>', 'open, closed, retracted or any')
    .addOption(
      new Option('--format <format>', 'form of the output')
        .choices(['ndjson', 'csv', 'geojson', 'kml'])
        .default('ndjson'),
    )
    .option('--out <file>', 'file to write instead of standard output')
    .addOption(dataOption())
    .action(async (what: string, options: ExportFlags) => {
      const { exportKept } = await import('./commands/export.ts');
      await exportKept(what as 'events' | 'alerts' | 'positions' | 'vessels', options);
    });
}

function addDesignations(program: Command): void {
  const designations = program.command('designations').description('sanctions lists');
  designations
    .command('check')
    .description('what the lists say of a ship on a day')
    .requiredOption('--imo <number>', 'IMO number')
    .option('--on <date>', 'day, YYYY-MM-DD; today when left out')
    .option('--json', 'as JSON', false)
    .action(async (options: { imo: string; on?: string; json: boolean }) => {
      const { checkDesignations } = await import('./commands/designations.ts');
      checkDesignations(options);
    });
}

function addRules(program: Command): void {
  program
    .command('rules')
    .description('the rules, their versions and parameters')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { listRules } = await import('./commands/rules.ts');
      listRules(options);
    });
}

function addFeeds(program: Command): void {
  program
    .command('feeds')
    .description('the feeds that were read, with what each brought')
    .option('--json', 'as JSON', false)
    .addOption(dataOption())
    .action(async (options: { json: boolean; data: string }) => {
      const { listKnownFeeds } = await import('./commands/feeds.ts');
      await listKnownFeeds(options);
    });
}

function addDoctor(program: Command, setCode: (code: number) => void): void {
  program
    .command('doctor')
    .description('checks this machine, the database, the reference data and the feeds; says what to do')
    .addOption(dataOption())
    .action(async (options: { data: string }) => {
      const { doctor } = await import('./commands/doctor.ts');
      setCode(await doctor(options));
    });
}

function addSelftest(program: Command, setCode: (code: number) => void): void {
  program
    .command('selftest')
    .description('replays the bundled labelled scenarios and prints recall, false alarms and delay per rule')
    .option('--json', 'as JSON', false)
    .addOption(dataOption())
    .action(async (options: { json: boolean; data: string }) => {
      const { selftest } = await import('./commands/selftest.ts');
      setCode(await selftest(options));
    });
}

function addDocs(program: Command, setCode: (code: number) => void): void {
  program
    .command('docs')
    .description('writes the generated documentation, or checks that it is current')
    .option('--write <dir>', 'folder to write it into')
    .option('--check <dir>', 'folder in which it must be current')
    .action(async (options: { write?: string; check?: string }) => {
      const { generatedDocs } = await import('./commands/docs.ts');
      setCode(await generatedDocs(options));
    });
}

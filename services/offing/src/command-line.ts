import { Command, CommanderError, Option } from 'commander';
import { OffingError } from '@offing/kit';
import { isClosedPipe } from './closed-pipe.ts';
import { readDebugConfig } from './config.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { EvidenceFlags } from './commands/evidence.ts';
import type { CheckFlags, ExportFlags, ReplayFlags } from './flags.ts';
import type { AddFlags, FeedsFlags, TestFlags } from './commands/feeds-config.ts';
import type { ImportFlags } from './commands/import-designations.ts';
import type { KeyFlags } from './commands/keys.ts';
import type { LinkFlags } from './commands/links.ts';
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
  // Without a listener, a reader that has gone would end the process before it gives anything back.
  process.stdout.on('error', (error: Error) => {
    if (!isClosedPipe(error)) throw error;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    // Whoever reads has seen enough: that is no fault.
    if (isClosedPipe(error)) return 0;
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
  addEvidence(program);
  addDesignations(program, setCode);
  addUserReference(program, setCode);
  addRules(program);
  addKeys(program);
  addLinks(program);
  addFeeds(program, setCode);
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
      'the all-in-one service: database, demonstration recordings on the first start, configured feeds, API and pages',
    )
    .addOption(new Option('--port <n>', 'port to listen on').default('8080').env('PORT'))
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1').env('HOST'))
    .option('--no-demo', 'do not read the bundled recordings')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (options: ServeFlags) => {
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
    .option('--no-keep', 'keep no copy of the files: what events name later cannot be shown as it came')
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
export const FORMATS = [
  'nmea',
  'marinecadastre',
  'dma',
  'gfw',
  'csv',
  'aisstream',
  'digitraffic',
  'barentswatch',
  'aishub',
  'gpsd',
  'ais-catcher',
  'signalk',
  'jsonl',
] as const;

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
        .choices(['ndjson', 'csv', 'geojson', 'kml', 'fgb', 'parquet'])
        .default('ndjson'),
    )
    .option('--bom', 'begin CSV with a byte order mark, which Excel needs to read UTF-8')
    .option('--out <file>', 'file to write instead of standard output')
    .addOption(dataOption())
    .action(async (what: string, options: ExportFlags) => {
      const { exportKept } = await import('./commands/export.ts');
      await exportKept(what as 'events' | 'alerts' | 'positions' | 'vessels', options);
    });
}

function addEvidence(program: Command): void {
  program
    .command('evidence')
    .description('writes the evidence of an alert as a ZIP whose sums can be verified')
    .argument('<id>', "the alert's id")
    .option('--as-of <time>', 'what was known at this instant')
    .option(
      '--url <url>',
      'under which people reach the alert, for the address in it',
      'http://127.0.0.1:8080',
    )
    .option('--out <file>', 'file to write; offing-alert-<id>-<version>.zip when left out')
    .addOption(dataOption())
    .action(async (id: string, options: EvidenceFlags) => {
      const { writeEvidence } = await import('./commands/evidence.ts');
      await writeEvidence(id, options);
    });
}

function addDesignations(program: Command, setCode: (code: number) => void): void {
  const designations = program.command('designations').description('sanctions lists');
  designations
    .command('import')
    .description(
      'reads list files as they were published; says what was read, added, changed, removed and refused',
    )
    .argument(
      '<files...>',
      'files or http(s) addresses of OFAC, the UN, the EU, the UK, OpenSanctions, or our own CSV; plain, .gz, .zst or .zip',
    )
    .option('--list <name>', 'name of the list, instead of the one that the file is known by')
    .option('--published <date>', 'since when what the files say is known (ISO 8601); now when left out')
    .option('--accept-shrunk', 'believe a list that lost more than half of its ships', false)
    .addOption(dataOption())
    .action(async (files: string[], options: ImportFlags) => {
      const { importDesignations } = await import('./commands/import-designations.ts');
      setCode(await importDesignations(files, options));
    });
  designations
    .command('check')
    .description('what the lists say of a ship on a day')
    .requiredOption('--imo <number>', 'IMO number')
    .option('--on <date>', 'day, YYYY-MM-DD; today when left out')
    .option('--json', 'as JSON', false)
    .addOption(dataOption())
    .action(async (options: CheckFlags) => {
      const { checkDesignations } = await import('./commands/designations.ts');
      await checkDesignations(options);
    });
}

/** Reference data of the user's own, by the word of the command. */
const USER_REFERENCE = {
  ports: {
    kind: 'port',
    about: 'ports of your own',
    file: 'CSV: name, country, lat, lon; where wanted id, watched, alt_names, local_name, parent_port_id, note',
  },
  zones: {
    kind: 'zone',
    about: 'polygons of your own, whose entries and exits are told',
    file: 'GeoJSON: features of Polygon or MultiPolygon, each with an id or a name',
  },
  embargoes: {
    kind: 'embargo',
    about: 'dated announcements on who may call where',
    file: 'CSV: port (name, id or *), country, barred, from; where wanted until, announced_by, reported_by, denied_by, denied_on, note',
  },
} as const;

function addUserReference(program: Command, setCode: (code: number) => void): void {
  for (const [word, { kind, about, file }] of Object.entries(USER_REFERENCE)) {
    const command = program.command(word).description(about);
    command
      .command('import')
      .description(
        'takes in a file as a whole, or says what is wrong in it; entries with known ids are replaced',
      )
      .argument('<file>', file)
      .addOption(dataOption())
      .action(async (path: string, options: { data: string }) => {
        const { importReference } = await import('./commands/import-reference.ts');
        setCode(await importReference(kind, path, options));
      });
    command
      .command('list')
      .description('what was given')
      .option('--json', 'as JSON', false)
      .addOption(dataOption())
      .action(async (options: { data: string; json: boolean }) => {
        const { listReference } = await import('./commands/import-reference.ts');
        await listReference(kind, options);
      });
    command
      .command('remove')
      .description('takes an entry away; what was told by it is corrected')
      .argument('<id>', 'its id, as `list` prints it')
      .addOption(dataOption())
      .action(async (id: string, options: { data: string }) => {
        const { removeReference } = await import('./commands/import-reference.ts');
        setCode(await removeReference(kind, id, options));
      });
  }
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

function addFeeds(program: Command, setCode: (code: number) => void): void {
  const feeds = program
    .command('feeds')
    .description('the feeds: lists what each brought; adds, tests and removes configured ones');
  feeds
    .command('list', { isDefault: true })
    .description(
      'the feeds that were read, with what each brought, and the configured ones, with how each is doing',
    )
    .option('--json', 'as JSON', false)
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (options: FeedsFlags & { json: boolean }) => {
      const { listKnownFeeds } = await import('./commands/feeds.ts');
      await listKnownFeeds(options);
    });
  feeds
    .command('add')
    .description('adds a live feed to the configuration file; docs/feeds.md names the kinds and their fields')
    .argument('<name>', 'name of the feed')
    .requiredOption('--kind <kind>', 'kind of source, such as nmea-tcp or aisstream')
    .option('--set <field=value>', 'a field of the kind, such as port=5631; may be repeated', gather)
    .option('--secret <field=VARIABLE>', 'a secret, by the environment variable that holds it', gather)
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (name: string, options: AddFlags) => {
      const { addFeed } = await import('./commands/feeds-config.ts');
      await addFeed(name, options);
    });
  feeds
    .command('remove')
    .description('removes a live feed from the configuration file; what it brought stays')
    .argument('<name>', 'name of the feed')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (name: string, options: FeedsFlags) => {
      const { removeFeed } = await import('./commands/feeds-config.ts');
      await removeFeed(name, options);
    });
  feeds
    .command('test')
    .description('connects to a configured feed, prints ten records and the rate, and stops; stores nothing')
    .argument('<name>', 'name of the feed')
    .option('--seconds <n>', 'how long to listen', '15')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (name: string, options: TestFlags) => {
      const { testFeed } = await import('./commands/feeds-config.ts');
      setCode(await testFeed(name, options));
    });
}

function configOption(): Option {
  return new Option(
    '--config <file>',
    'configuration of the feeds; else offing.config.json in the data or the working folder',
  ).env('OFFING_CONFIG');
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('keys of the API');
  keys
    .command('create')
    .description('makes a key and prints it, this once')
    .requiredOption('--label <text>', 'what it is for')
    .option(
      '--scope <scope>',
      'read, export, watch or admin (each allows those before it); may be repeated',
      gather,
    )
    .option('--owner <name>', 'whose watchlists it opens; its own when left out')
    .option('--days <n>', 'how long it works; without end when left out')
    .option('--json', 'as JSON', false)
    .addOption(dataOption())
    .action(async ({ scope = ['read'], ...options }: Omit<KeyFlags, 'scope'> & { scope?: string[] }) => {
      const { createApiKey } = await import('./commands/keys.ts');
      await createApiKey({ ...options, scope });
    });
  keys
    .command('list')
    .description('the keys, without their secrets')
    .option('--json', 'as JSON', false)
    .addOption(dataOption())
    .action(async (options: { json: boolean; data: string }) => {
      const { listApiKeys } = await import('./commands/keys.ts');
      await listApiKeys(options);
    });
  keys
    .command('revoke')
    .description('makes a key stop working at once')
    .argument('<id>', 'its id, as `keys list` prints it')
    .addOption(dataOption())
    .action(async (id: string, options: { data: string }) => {
      const { revokeApiKey } = await import('./commands/keys.ts');
      await revokeApiKey(id, options);
    });
}

function addLinks(program: Command): void {
  const links = program.command('links').description('hulls that are held to be one ship');
  links
    .command('list')
    .description('links by an IMO number that moved from one MMSI to another, newest first')
    .option('--json', 'as JSON, one a line', false)
    .addOption(dataOption())
    .action(async (options: { json: boolean; data: string }) => {
      const { listLinks } = await import('./commands/links.ts');
      await listLinks(options);
    });
  const ways = [
    ['undo', 'decides that the hulls of a link are not one ship', false],
    ['redo', 'decides that they are, after all', true],
  ] as const;
  for (const [name, description, isSameShip] of ways) {
    links
      .command(name)
      .description(`${description}; what was decided before stays on record`)
      .argument('<event>', 'id of the link, as `links list` prints it')
      .requiredOption('--reason <text>', 'why, for all to read')
      .option('--by <name>', 'who decides, for all to read', 'operator')
      .addOption(dataOption())
      .action(async (eventId: string, flags: LinkFlags) => {
        const { decideLink } = await import('./commands/links.ts');
        await decideLink(eventId, isSameShip, flags);
      });
  }
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

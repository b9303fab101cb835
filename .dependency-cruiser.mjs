// Which part may import which. `npm run arrows` checks it; docs/dataflow.md draws it; test/architecture plants a violation of
// every rule below and expects it to be found. To allow a new arrow, change MAY_IMPORT here, with the reason in the commit.

/** What each package may import of the others, beside itself. `testkit` is not here: it serves tests and may import any package. */
const MAY_IMPORT = {
  units: [],
  ais: ['units'],
  geo: ['units'],
  kit: ['units'],
  picture: [],
  client: [],
  designations: ['units'],
  gazetteer: ['geo', 'units'],
  track: ['ais', 'geo', 'units'],
  feeds: ['ais', 'track', 'units'],
  rules: ['track', 'geo', 'gazetteer', 'designations', 'units'],
  alerts: ['rules', 'units'],
  stages: ['rules', 'track', 'geo', 'gazetteer', 'designations', 'units'],
  store: [
    'units',
    'ais',
    'feeds',
    'geo',
    'gazetteer',
    'designations',
    'track',
    'rules',
    'alerts',
    'stages',
    'kit',
  ],
};

/** What would be lost if the package imported more. */
const REASON = {
  units: 'everything stands on units; if it imported anything, everything would stand on that too.',
  ais: 'it turns sentences into messages and must be usable without tracks, places or a database.',
  geo: 'it is geometry: it knows places on the sphere, no ports and no ships.',
  picture: 'it turns shapes and text into pixels and must not know what they show.',
  client:
    'it knows the API by its document alone, so that a page or a program elsewhere can use it without the rest.',
  kit: 'it is what every program needs around its work (errors, progress, shutdown), so it must not know the work.',
  designations:
    'lists are matched by numbers and names alone, so that a match can be repeated without any track.',
  gazetteer: 'ports and coasts are facts about places; what ships do there is for the rules to say.',
  track:
    'hulls are told apart by their positions alone; a rule or a port must not decide which hull a position joins.',
  feeds:
    'a reader turns bytes into records; if it knew rules or ports, a replay and a live feed could differ.',
  rules:
    'a rule is values in, values out: it may look at tracks, places and lists, never at how they are kept or told.',
  alerts:
    'an alert is made of an event and nothing else, so that the same event is always told in the same words.',
  stages:
    'the fold must give the same events wherever it runs; words (alerts) and storage (store) come after it.',
  store: 'it keeps what the pure packages make; it has no need of the test kit or of a service.',
};

const packageRules = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  comment: `packages/${name} may import ${allowed.join(', ') || 'no other package'}: ${REASON[name]} Move the code to where its subject lives, or pass the value in.`,
  severity: 'error',
  from: { path: `^packages/${name}/(src|build)/` },
  to: { path: '^packages/', pathNot: `^packages/(${[name, 'testkit', ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageRules,
    {
      name: 'known-package',
      comment:
        'This package has no row in MAY_IMPORT, so nobody decided what it may import. Add the row and its reason to .dependency-cruiser.mjs.',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: `^packages/(${[...Object.keys(MAY_IMPORT), 'testkit'].join('|')})/`,
      },
      to: {},
    },
    {
      name: 'packages-not-to-services',
      comment:
        'Packages are what services are made of. What a package needs of a service belongs into a package, or comes in as an argument.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-apart',
      comment:
        'Services may run on different machines: they meet in the database or on the bus, never in memory. Only services/offing, which puts them together, imports the others. Move what both need into a package.',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/offing/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'rule-apart',
      comment:
        'A rule never imports a rule: otherwise a change of one changes the events of another without raising its version. What both need goes beside them: packages/rules/src/place/, evidence.ts, nexus.ts.',
      severity: 'error',
      from: { path: '^packages/rules/src/rules/([^/]+)$' },
      to: { path: '^packages/rules/src/rules/', pathNot: '^packages/rules/src/rules/$1$' },
    },
    {
      name: 'testkit-for-tests',
      comment:
        'The test kit brings builders and databases made for tests; only tests and benchmarks import it. What a program needs too belongs into a package of its own.',
      severity: 'error',
      from: { pathNot: '^packages/testkit/|^(packages|services)/[^/]+/test/|^test/|^bench/' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'source-not-to-tests',
      comment: 'Source code must work where the tests are not there. Move what it needs to src/.',
      severity: 'error',
      from: { pathNot: '/test/|^test/|^bench/' },
      to: { path: '^test/|^(packages|services)/[^/]+/test/' },
    },
    {
      name: 'no-dist',
      comment:
        'dist/ holds bundles made from the sources; what imports them sees an old state and hides from this check. Import the package by its name.',
      severity: 'error',
      // The command's launcher is what starts the bundle.
      from: { pathNot: '^services/offing/bin/' },
      to: { path: '^(packages|services)/[^/]+/dist/' },
    },
    {
      name: 'no-inside-of-others',
      comment:
        "A package is used by its name, through its index.ts. Export there what others need; an import of another package's inner file ties both together.",
      severity: 'error',
      from: { path: '^(packages|services)/([^/]+)/src/' },
      to: {
        path: '^(packages|services)/[^/]+/',
        pathNot: '^$1/$2/|^(packages|services)/[^/]+/src/index\\.ts$|/dist/|/test/',
      },
    },
    {
      name: 'no-cycles',
      comment:
        'Files that import each other in a circle can only be understood all at once. Move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'all-resolved',
      comment:
        'An import that leads nowhere is one that this check cannot judge. Is the file there, and the package in package.json?',
      severity: 'error',
      from: { pathNot: '^services/offing/bin/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '(^|/)(coverage|\\.offing)/' },
    // `import type` is an arrow too.
    tsPreCompilationDeps: true,
    // Workspaces lead to their sources: a check that looks at dist/ sees nothing of what was written today.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

// The parts of the conventions that a linter can hold. Type-checked; `npm run lint` runs it over everything.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Packages that are values in, values out: no I/O, no clock, no random numbers. Their loaders and build scripts stand at the edge. */
const PURE = 'packages/{units,ais,feeds,geo,track,rules,alerts,stages,designations,gazetteer}/src/**/*.ts';

const TESTS = ['{packages,services}/*/test/**/*.ts', 'test/**/*.ts', 'packages/testkit/**/*.ts'];

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of literals: it needs no import and an exhaustive switch reads it.',
};
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export: a default export has another name in every file that imports it.',
};
const noClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'A pure package knows no clock: take the instant as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'A pure package knows no clock: take the instant as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'A pure package knows no clock: take the instant.',
  },
  {
    selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']",
    message: 'A pure package knows no clock: take the instant as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'A pure package gives the same for the same: take a seed or the numbers as an argument.',
  },
  {
    selector: 'ImportExpression[source.value=/^node:/]',
    message: 'A pure package does no I/O: read in load.ts or in a service.',
  },
];
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Only a service's config.ts reads the environment; take the value as an argument.",
};

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', 'coverage/', '**/.offing/', 'bench/results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `_` says that a value is there and not wanted.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // `(error) => void list.push(error)` and `async () => void (await work())` say that nothing is given back.
      // `return refuse(…)` ends a function early and says that nothing is given back there either.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreVoidOperator: true, ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Numbers and flags read well in text; objects do not, and stay forbidden.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // noUncheckedIndexedAccess is off (typed arrays in hot loops), so the types call needed checks of `list[i]` unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Evidence is Json by its type; the sentence that prints a field knows that it is no object.
      '@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['Json'] }],
      // What a library threw is passed on as it is.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, noEnvironment],
      // Text from the air is searched for control characters all the time.
      'no-control-regex': 'off',
      // `== null` asks for null and undefined at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: [PURE],
    ignores: ['packages/*/src/load.ts'],
    rules: {
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, noEnvironment, ...noClock],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: 'A pure package does no I/O: read in load.ts or in a service.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'A pure package knows no process.' },
        { name: 'console', message: 'A pure package logs nothing: return what is to be said.' },
        { name: 'crypto', message: 'A pure package gives the same for the same: no random numbers.' },
        { name: 'setTimeout', message: 'A pure package knows no clock.' },
        { name: 'setInterval', message: 'A pure package knows no clock.' },
        { name: 'fetch', message: 'A pure package does no I/O.' },
      ],
    },
  },
  {
    // Kysely's query builders are made to be taken apart: `({ eb, selectFrom }) => …`.
    files: ['packages/store/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // The embedded server's programs inherit the environment; nothing is read from it here.
    files: ['packages/store/src/server/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noDefaultExport] },
  },
  {
    files: ['services/*/src/config.ts', ...TESTS, 'bench/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noDefaultExport] },
  },
  {
    // Tests print what they compare, spread ASCII, and make streams out of lists.
    files: TESTS,
    rules: {
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum] },
  },
  {
    // Run by hand to make the data, outside the type-checked project.
    files: ['packages/*/build/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' },
    },
  },
);

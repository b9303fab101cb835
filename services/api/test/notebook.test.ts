import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertColumns } from '../src/index.ts';
import { startApi, type TestApi } from './api.ts';

/** As much of nbformat 4.5 as the notebook uses. */
type Cell = {
  readonly cell_type: string;
  readonly id: string;
  readonly metadata: object;
  readonly source: string | string[];
  readonly outputs?: readonly { readonly output_type: string }[];
  readonly execution_count?: number | null;
};
type Notebook = {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: object;
  readonly cells: readonly Cell[];
};

const file = new URL('../../../docs/notebooks/alerts.ipynb', import.meta.url);
const text = readFileSync(file, 'utf8');
const notebook = JSON.parse(text) as Notebook;
const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
const source = code.map((cell) => [cell.source].flat().join('')).join('\n');

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.rows.feed(1, 'demo');
  await api.rows.event('e_1', { synthetic: true });
}, 120_000);

afterAll(() => api.close());

it('is a notebook of nbformat 4.5 whose cells have ids of their own', () => {
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
  const ids = notebook.cells.map((cell) => cell.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const cell of notebook.cells) {
    expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    expect(['code', 'markdown']).toContain(cell.cell_type);
    expect('outputs' in cell).toBe(cell.cell_type === 'code');
  }
});

it('was run from top to bottom without an error, and says that its ships are made up', () => {
  expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, index) => index + 1));
  const outputs = code.flatMap((cell) => cell.outputs ?? []);
  expect(outputs.length).toBeGreaterThan(4);
  for (const { output_type: type } of outputs) expect(['stream', 'execute_result']).toContain(type);
  expect(text).toContain('made-up ships');
});

it('asks for addresses that are answered', async () => {
  const paths = [...source.matchAll(/"(\/v1\/[^"]+)"/g)].map((match) => match[1]);
  expect(paths.length).toBeGreaterThan(2);
  for (const path of paths) expect([path, (await api.get(path)).statusCode]).toEqual([path, 200]);
});

it('names columns that the table has', () => {
  const known = new Set(['geometry', ...alertColumns.map(({ name }) => name)]);
  const lists = [...source.matchAll(/\[((?:"\w+"(?:, )?)+)\]/g)].map((match) => match[1]);
  const attributes = [...source.matchAll(/(?<![/\w])(?:one|alerts)\.(\w+)(?!\w*\()/g)].map(
    (match) => match[1],
  );
  const named = [
    ...lists.flatMap((list) => list.split(', ').map((name) => name.slice(1, -1))),
    ...attributes,
  ];
  expect(named.length).toBeGreaterThan(12);
  for (const name of named) if (name !== 'iloc') expect(known).toContain(name);
});

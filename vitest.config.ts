import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Workspaces are resolved to their sources, by tests and by what starts the server for them.
const fromSources = { resolve: { conditions: ['source'] } };

export default defineConfig({
  ...fromSources,
  ssr: fromSources,
  environments: { __vitest__: fromSources },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['packages/testkit/src/test-server.ts'],
    pool: 'forks',
    // Loading the project anew for every file took longer than its tests. A test leaves nothing behind in the process.
    isolate: false,
    // One more than the cores: the long tests wait for servers and processes most of their time.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The usual second is too short for a machine that does much else.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
  },
});

export * from './made-up-places.ts';
export * from './recording.ts';
export * from './rule-tester.ts';
export * from './stored-rows.ts';
export * from './test-database.ts';
export * from './track.ts';
export * from './traffic.ts';
export { SCENARIOS } from './scenarios/index.ts';
export { scenarioRows } from './scenarios/rows.ts';

export type { Skipped } from './expand-paths.ts';
export * from './file-fault.ts';
export type { FileSummary } from './file-summary.ts';
export type { Repeated } from './find-repeats.ts';
export * from './recordings.ts';
export type { RejectCount, Rejects, RejectSample } from './rejects.ts';
export type { RecordingSource } from './source.ts';
export * from './contents-of.ts';

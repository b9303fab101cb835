export { checkTarget } from './check-target.ts';
export type { MailConfig } from './channels/email.ts';
export { guardedDownload, type Download, type DownloadOptions } from './guard/guarded-download.ts';
export type { AllowedTargets } from './guard/target-url.ts';
export { startNotifier, type Notifier, type NotifierLog, type NotifierOptions } from './notifier.ts';
export { openQueueBoard, type QueueBoard } from './queue-board.ts';
export { RETRY_DELAYS_MS } from './retry-schedule.ts';

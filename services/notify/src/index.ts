export { checkTarget } from './check-target.ts';
export type { MailConfig } from './channels/email.ts';
export { startNotifier, type Notifier, type NotifierLog, type NotifierOptions } from './notifier.ts';
export { RETRY_DELAYS_MS } from './retry-schedule.ts';

import { makeBrowserLinks, type AppOptions, type BrowserLinks } from '@offing/api';
import type { Shutdown } from '@offing/kit';
import type { NotifierLog } from '@offing/notify';
import type { TellConfig } from './config.ts';

/** Whom the API serves, and how a browser on this machine is let in. */
export type Access = {
  readonly options: Partial<AppOptions>;
  /** Null where others could be listening: then a browser needs a key. */
  readonly links: BrowserLinks | null;
};

/** Returns whom the API serves on an address: on this machine alone reading is open, on a network it needs a key. */
export async function accessOf(host: string, config: TellConfig): Promise<Access> {
  const { checkTarget } = await import('@offing/notify');
  const isLocal = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
  const links = isLocal ? makeBrowserLinks() : null;
  const allowed = new Set(config.allowedTargets);
  const hasMail = config.mail !== undefined;
  return {
    links,
    options: {
      openReading: config.openReading ?? isLocal,
      corsOrigins: config.corsOrigins,
      ...(config.frameAncestors.length === 0 ? {} : { frameAncestors: config.frameAncestors }),
      trustedProxies: config.trustedProxies,
      checkTarget: (kind, target) => checkTarget(kind, target, { allowed, hasMail }),
      ...(links === null ? {} : { browserLinks: links }),
      ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
      ...(config.contact === undefined ? {} : { contact: config.contact }),
      ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    },
  };
}

/** Returns the operator's look at the queue where Redis keeps it, and sees to its end. */
export async function queueBoardOf(
  { redisUrl }: TellConfig,
  log: NotifierLog,
  shutdown: Shutdown,
): Promise<Pick<AppOptions, 'queueBoard'>> {
  if (redisUrl === undefined) return {};
  const { openQueueBoard } = await import('@offing/notify');
  const board = openQueueBoard(redisUrl, (err) => log.warn({ err }, 'the board of the queue failed'));
  shutdown.add('queue board', () => board.close());
  return { queueBoard: board.plugin };
}

/** Starts telling the watchlists; what people are sent leads to `url` unless the configuration names a public address. `isOpen`: whether reading needs no key. */
export async function serveNotifier(
  databaseUrl: string,
  url: string,
  config: TellConfig,
  isOpen: boolean,
  log: NotifierLog,
  shutdown: Shutdown,
): Promise<void> {
  const { startNotifier } = await import('@offing/notify');
  const notifier = await startNotifier({
    databaseUrl,
    publicUrl: config.publicUrl ?? url,
    hasPictures: config.publicUrl !== undefined && isOpen,
    allowedTargets: config.allowedTargets,
    log,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    ...(config.mail === undefined ? {} : { mail: config.mail }),
  });
  shutdown.add('notifier', () => notifier.close());
}

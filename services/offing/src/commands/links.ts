import { OffingError } from '@offing/kit';
import { allLinks, writeAudit, writeLinkDecision, type ShipLink } from '@offing/store';
import { isoOf } from '@offing/units';
import { withReader, withWriter } from '../database.ts';

/** Flags of `links undo` and `links redo` as the command line gives them. */
export type LinkFlags = { readonly reason: string; readonly by: string; readonly data: string };

const LONGEST_REASON = 500;

/** Prints the links between hulls by an IMO number that moved, newest first. */
export async function listLinks(options: { readonly json: boolean; readonly data: string }): Promise<void> {
  const links = await withReader(options.data, allLinks);
  const text =
    links.length === 0 ? 'No IMO number moved from one MMSI to another.\n' : links.map(line).join('');
  process.stdout.write(options.json ? links.map((link) => `${JSON.stringify(link)}\n`).join('') : text);
}

/**
 * Decides by hand whether the hulls of a link are one ship; what was decided before stays on record, and a replay changes
 * nothing of it. Throws OffingError `usage-reason` for a reason that says nothing, and `no-such-link`.
 */
export async function decideLink(eventId: string, isSameShip: boolean, flags: LinkFlags): Promise<void> {
  const reason = flags.reason.trim();
  if (reason === '' || reason.length > LONGEST_REASON) {
    throw new OffingError(
      'usage-reason',
      `--reason: "${reason.slice(0, 60)}" will not do; expected 1 to ${LONGEST_REASON} characters that readers will see`,
    );
  }
  await withWriter(flags.data, (writer) =>
    writer.transaction(async (client) => {
      const decision = { eventId, isSameShip, reason, decidedBy: flags.by, decidedAt: Date.now() };
      const decided = await writeLinkDecision(client, decision);
      if (decided === null) {
        throw new OffingError('no-such-link', `no event ${eventId} tells of a link; see offing links list`);
      }
      const detail = { isSameShip, reason, by: flags.by };
      await writeAudit(client, {
        owner: 'operator',
        keyId: null,
        action: 'link.decide',
        target: decided,
        detail,
      });
    }),
  );
  const words = isSameShip ? 'are held to be one ship' : 'are not held to be one ship';
  process.stdout.write(`The hulls of ${eventId} ${words} from now on.\n`);
}

function line(link: ShipLink): string {
  const held = link.state === 'retracted' ? 'taken back' : link.isSameShip ? 'same ship' : 'not the same';
  const decided =
    link.decision === null
      ? ''
      : `, decided ${isoOf(link.decision.decidedAt)} by ${link.decision.decidedBy}: ${link.decision.reason}`;
  return `${link.eventId}  IMO ${link.imoNumber}  MMSI ${link.fromMmsi} -> ${link.toMmsi}  since ${link.since}  ${held}${decided}\n`;
}

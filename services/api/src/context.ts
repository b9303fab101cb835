import type { Announcement } from '@offing/gazetteer';
import type { ChannelKind, Reader, Writer } from '@offing/store';
import type { PublicPort } from './schemas/port.ts';

/** What the API needs of a gazetteer: the ports, the announcements, and the version of the data. */
export type PortSource = {
  readonly ports: readonly PublicPort[];
  readonly version: string;
  /** Dated statements on who may call where; without them there are none. */
  readonly announcements?: readonly Announcement[];
};

/** Returns what is expected of a channel's target instead, or null where messages may go there. */
export type TargetCheck = (kind: ChannelKind, target: string) => Promise<string | null>;

/** What routes work with. */
export type ApiContext = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly gazetteer: PortSource | undefined;
  /** Version of the program. */
  readonly version: string;
  readonly checkTarget: TargetCheck;
  /** Under which people reach this server; undefined where only their requests tell. No slash at its end. */
  readonly publicUrl: string | undefined;
  /** Whom to write to for a right of reply, an e-mail address or a page; null where nobody is named. */
  readonly contact: string | null;
  /** Whether reading needs no key: then what is told elsewhere can show pictures from here. */
  readonly openReading: boolean;
  /** Folder with the scripts of the pages as the build makes them; undefined without one. */
  readonly webDir: string | undefined;
};

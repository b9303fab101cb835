import { spawnSync } from 'node:child_process';
import { chown, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';

/** How the server's programs are started: PostgreSQL refuses to run as root. */
export type RunAs = {
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  readonly binaries: Binaries;
  /** Folder of the cluster: the one asked for, or one that the other user can reach. */
  readonly cluster: string;
};

/** User that a server runs as where a user namespace is not to be had: nobody. */
const NOBODY = 65_534;
const SHARED_BINARIES = '/var/tmp/offing-postgres';

/**
 * Decides as whom to run. An ordinary user runs it directly. Root runs it in a user namespace in which root is called
 * something else, so that folders which only root can read stay readable; where the kernel does not permit that, as
 * nobody, with the programs copied to where nobody can read them and the cluster kept under /var/lib/offing if need be.
 * A cluster that belongs to another user is run as that user.
 */
export async function decideRunAs(binaries: Binaries, cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { prefix: [], binaries, cluster };
  const owner = await stat(cluster).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    return {
      prefix: [],
      uid: owner.uid,
      gid: owner.gid,
      binaries: await readableBinaries(binaries, owner.uid, owner.gid),
      cluster,
    };
  }
  const moved = movedCluster(cluster);
  const wasMoved = await stat(moved).catch(() => null);
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
  if (wasMoved === null && canRun(prefix, binaries)) return { prefix, binaries, cluster };
  return asNobody(binaries, cluster, moved);
}

async function asNobody(binaries: Binaries, cluster: string, moved: string): Promise<RunAs> {
  const reachable = canEnter(join(cluster, '..'), NOBODY);
  const place = reachable ? cluster : moved;
  await mkdir(place, { recursive: true, mode: 0o700 });
  await chown(place, NOBODY, NOBODY);
  return {
    prefix: [],
    uid: NOBODY,
    gid: NOBODY,
    binaries: await readableBinaries(binaries, NOBODY, NOBODY),
    cluster: place,
  };
}

/** Where a cluster goes when the folder asked for cannot be reached by the user that runs it. */
function movedCluster(cluster: string): string {
  return join('/var/lib/offing', createHash('sha256').update(cluster).digest('hex').slice(0, 16));
}

function canRun(prefix: readonly string[], binaries: Binaries): boolean {
  const [program, ...rest] = [...prefix, join(binaries.folder, 'bin', 'postgres'), '--version'];
  return spawnSync(program, rest, { env: { ...process.env, ...binaries.env }, stdio: 'ignore' }).status === 0;
}

function canEnter(folder: string, uid: number): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1" && test -x .', 'sh', folder], { uid, gid: uid, stdio: 'ignore' })
      .status === 0
  );
}

/** The binaries, copied to a folder that everyone can read when the user cannot read them where they are. */
async function readableBinaries(binaries: Binaries, uid: number, gid: number): Promise<Binaries> {
  const program = join(binaries.folder, 'bin', 'postgres');
  const environment = { ...process.env, ...binaries.env };
  const readable =
    spawnSync(program, ['--version'], { uid, gid, env: environment, stdio: 'ignore' }).status === 0;
  if (readable) return binaries;
  const copy = `${SHARED_BINARIES}-${createHash('sha256').update(binaries.folder).digest('hex').slice(0, 12)}`;
  const there = await readdir(copy).catch(() => []);
  if (there.length === 0) await cp(binaries.folder, copy, { recursive: true, verbatimSymlinks: true });
  const links = (binaries.env['LD_LIBRARY_PATH'] ?? '').split(':').slice(1);
  for (const folder of links)
    await cp(folder, join(copy, 'lib'), { recursive: true, dereference: true, force: true });
  return { folder: copy, env: { LD_LIBRARY_PATH: join(copy, 'lib') } };
}

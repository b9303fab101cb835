import type { LookupFunction, Socket } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import type { Resolve } from './resolve.ts';

/** Ends a connection that leads elsewhere, whatever was resolved: where it really goes is judged before a byte is written. */
export function endUnlessPublic(socket: Socket): void {
  socket.prependListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) {
      socket.destroy(new Error('refused: the connection leads to an address that is not public'));
    }
  });
}

/** Returns a look-up that judges what it finds. One address that is not public condemns the name: nobody mixes them for a good reason. */
export function judgedLookup(resolve: Resolve): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        if (addresses.length === 0) return callback(new Error('the name has no address'), '', 4);
        if (!addresses.every(({ address }) => isPublicAddress(address))) {
          return callback(new Error('refused: the name leads to an address that is not public'), '', 4);
        }
        if (options.all === true) return callback(null, [...addresses]);
        callback(null, addresses[0].address, addresses[0].family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 4),
    );
  };
}

/** Returns why a connection failed; failures to connect to several addresses have no message of their own. */
export function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined)?.message : undefined;
  return error.message !== '' ? error.message : (inner ?? code ?? error.name);
}

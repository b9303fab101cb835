import { lostError, statusError } from './connection.ts';
import { ask } from './http-source.ts';

/** A token is renewed this long before it runs out, ms. */
const EARLY_MS = 60_000;
/** How long a token counts whose answer does not say, ms. */
const UNSAID_MS = 300_000;

/** What client credentials are exchanged with. */
export type ClientCredentials = {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
};

/** Holds an access token and renews it. */
export type AccessToken = {
  /** Returns a token that is valid for a minute at least; asks for one when there is none. */
  get(signal: AbortSignal): Promise<string>;
  /** Forgets the token: the source did not take it. */
  forget(): void;
};

/** Returns a holder of a token by OAuth 2.0 client credentials (RFC 6749, 4.4). */
export function accessToken(credentials: ClientCredentials, now: () => number = Date.now): AccessToken {
  let token = '';
  let until = -Infinity;
  return {
    async get(signal) {
      if (now() < until - EARLY_MS) return token;
      const { tokenUrl, clientId, clientSecret, scope } = credentials;
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope,
      });
      const response = await ask(tokenUrl, {}, AbortSignal.any([signal, AbortSignal.timeout(30_000)]), form);
      if (!response.ok) {
        await response.body?.cancel();
        throw statusError(response.status, response.headers.get('retry-after'), now());
      }
      const answer = (await response.json().catch(() => null)) as {
        readonly access_token?: unknown;
        readonly expires_in?: unknown;
      } | null;
      if (typeof answer?.access_token !== 'string') throw lostError('the answer holds no access token');
      token = answer.access_token;
      const { expires_in: seconds } = answer;
      until = now() + (typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : UNSAID_MS);
      return token;
    },
    forget() {
      until = -Infinity;
    },
  };
}

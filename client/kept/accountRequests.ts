/** Asking the server whose browser this is, and sending it forms. */
import { type Preferences, parsePreferences } from '../../server/account/preferences.shared.ts';
import { asObject } from './looseJson.ts';

/** What GET /account/mine says of somebody who is signed in. */
export interface SignedIn {
  tag: string;
  csrfToken: string;
  preferences: Preferences;
  /** For how many milliseconds they have been what they are; null: never saved. */
  preferencesAge: number | null;
  /** The whole answer, for who needs more of it. */
  body: Record<string, unknown>;
}

export type WhoAnswer =
  | { kind: 'signedIn'; account: SignedIn }
  | { kind: 'signedOut' }
  | { kind: 'unreachable' };

export type SentAnswer =
  | { kind: 'answered'; status: number; body: Record<string, unknown> }
  /** The token or the session is not good any more. */
  | { kind: 'refused' }
  | { kind: 'unreachable' };

/** Says of a body that is about to be sent what it is: `your preset`. */
export type NameBody = (body: URLSearchParams, name: string) => void;

export interface AccountRequests {
  ask(): Promise<WhoAnswer>;
  /** @param name what is sent, for who counts it */
  send(address: string, body: URLSearchParams, name: string): Promise<SentAnswer>;
}

/** @param fetcher `(...words) => fetch(...words)`, which somebody may replace to count what is sent */
export function createAccountRequests(fetcher: typeof fetch, nameBody: NameBody): AccountRequests {
  const headers = { Accept: 'application/json' };
  return {
    async ask() {
      try {
        const response = await fetcher('/account/mine', { headers, redirect: 'manual', cache: 'no-store' });
        return response.ok ? readWho(asObject(await response.json())) : { kind: 'unreachable' };
      } catch {
        return { kind: 'unreachable' };
      }
    },
    async send(address, body, name) {
      nameBody(body, name);
      try {
        const response = await fetcher(address, {
          method: 'POST',
          body,
          headers,
          redirect: 'manual',
          keepalive: body.toString().length < longestKeptAlive,
        });
        const isRefused = response.type === 'opaqueredirect' || [401, 403].includes(response.status);
        if (isRefused) return { kind: 'refused' };
        const isJson = response.headers.get('Content-Type')?.startsWith('application/json');
        const answer = isJson ? asObject(await response.json()) : {};
        return { kind: 'answered', status: response.status, body: answer };
      } catch {
        return { kind: 'unreachable' };
      }
    },
  };
}

/** Browsers let a page that is left send 64 KiB in all: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const longestKeptAlive = 32_768;

function readWho(body: Record<string, unknown>): WhoAnswer {
  if (body.signedIn === false) return { kind: 'signedOut' };
  const { tag, csrfToken, preferences, preferencesAge: age } = body;
  if (typeof tag !== 'string' || typeof csrfToken !== 'string') return { kind: 'unreachable' };
  return {
    kind: 'signedIn',
    account: {
      tag,
      csrfToken,
      preferences: parsePreferences(preferences),
      preferencesAge: typeof age === 'number' ? age : null,
      body,
    },
  };
}

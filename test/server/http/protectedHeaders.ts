/** The headers that every answer has, whatever its status and whoever asked. */
import type { IncomingHttpHeaders } from 'node:http';
import { expect } from 'vitest';

const policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
};

/**
 * Fails unless the content policy is exactly ours and the other protecting headers are there. Assets carry no permissions
 * policy: it speaks to documents.
 */
export function expectProtectedHeaders(headers: IncomingHttpHeaders, kind: 'page' | 'asset' = 'page'): void {
  expect(directives(headers['content-security-policy'])).toEqual(policy);
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(headers['permissions-policy'] ?? '').toMatch(
    kind === 'asset' ? /^$/ : /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
  );
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers.server).toBeUndefined();
  expect(['0', undefined]).toContain(headers['x-xss-protection']);
}

function directives(value: string | string[] | undefined): Record<string, string> {
  return Object.fromEntries(
    String(value)
      .split(';')
      .map((directive) => directive.trim().split(/ (.*)/s) as [string, string])
      .map(([name, sources]) => [name, sources]),
  );
}

/** Fails every test during which something complained: console.error, console.warn or a warning of Node's. */
import { afterEach, beforeEach } from 'vitest';

const complaints: string[] = [];

process.on('warning', (warning) => complaints.push(`${warning.name}: ${warning.message}`));

beforeEach(() => {
  complaints.length = 0;
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) =>
      complaints.push(`console.${level}: ${words.map(String).join(' ')}`);
  }
});

afterEach(() => {
  if (complaints.length > 0) throw new Error(`Unexpected complaints:\n${complaints.join('\n')}`);
});

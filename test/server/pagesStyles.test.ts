import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const styles = path.join(import.meta.dirname, '../../client/styles');

function readFolder(name: string): string {
  const folder = path.join(styles, name);
  const files = fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
  return files.join('\n');
}

/** The blocks of a style sheet: what its class names begin with. */
function blocksOf(css: string): Set<string> {
  const names = [...css.matchAll(/\.([a-z][a-z0-9-]*)(?=[^{};]*\{)/g)].map(([, name = '']) => name);
  return new Set(names.map((name) => name.split('--')[0] ?? name));
}

test('the public pages and the workspace have no block of the same name, because both sheets can be on a page', () => {
  const pages = blocksOf(readFolder('pages'));
  const others = blocksOf(readFolder('workspace'));
  const components = blocksOf(fs.readFileSync(path.join(styles, 'components.css'), 'utf8'));
  expect(pages.size).toBeGreaterThan(10);
  expect(others.size).toBeGreaterThan(5);
  expect([...pages].filter((block) => others.has(block) && !components.has(block))).toEqual([]);
});

import { expect, test } from 'vitest';
import { prepareDataDir } from '../../../server/database/cluster.ts';
import { StartError } from '../../../server/startError.ts';

test('a data directory where no folder can be made is refused with its name, and at once', () => {
  // Node's recursive mkdir never returns here on Linux; other systems have no /proc and refuse to make one.
  const folder = '/proc/no-such-process/data';
  expect(() => prepareDataDir(folder)).toThrow(StartError);
  expect(() => prepareDataDir(folder)).toThrow(`The data directory ${folder} can't be written`);
});

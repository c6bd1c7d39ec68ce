import { expect, test } from 'vitest';
import { readDropped } from '../../../client/workspace/droppedFiles.ts';

type Entry = { name: string; isFile: boolean };

const file = (name: string): Entry =>
  ({ name, isFile: true, file: (done: (file: File) => void) => done(new File(['x'], name)) }) as Entry;

const locked = (name: string): Entry =>
  ({
    name,
    isFile: true,
    file: (_: unknown, fail: (error: Error) => void) => fail(new Error('no')),
  }) as Entry;

/** Hands its entries out in batches of two, as browsers do in batches of a hundred. */
function folder(name: string, entries: Entry[]): Entry {
  const createReader = () => {
    let at = 0;
    return {
      readEntries(done: (batch: Entry[]) => void) {
        done(entries.slice(at, at + 2));
        at += 2;
      },
    };
  };
  return { name, isFile: false, createReader } as Entry;
}

function transfer(entries: Entry[]): DataTransfer {
  return {
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files: [],
  } as unknown as DataTransfer;
}

test('files of folders in folders come too, hidden ones do not', async () => {
  const inner = folder('inner', [file('c.jpg'), file('.DS_Store'), file('d.jpg'), file('e.jpg')]);
  const dropped = await readDropped(transfer([file('a.jpg'), folder('outer', [file('b.jpg'), inner])]));
  expect(dropped.files.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
  expect(dropped.unreadable).toEqual([]);
});

test('an entry that cannot be read is named, and the others are there', async () => {
  const dropped = await readDropped(
    transfer([locked('x.jpg'), file('a.jpg'), folder('f', [locked('y.jpg'), file('b.jpg')])]),
  );
  expect(dropped.files.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(dropped.unreadable).toEqual(['x.jpg', 'y.jpg']);
});

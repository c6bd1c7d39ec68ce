import { describe, expect, test } from 'vitest';
import type { Verdict, VerdictRow, VerdictState } from '../../../../client/engine/verdict.ts';
import type { ExportedFile } from '../../../../client/workspace/exporter.ts';
import type { JudgedFile } from '../../../../client/workspace/results/judgedFiles.ts';
import { resultWords } from '../../../../client/workspace/results/resultWords.ts';
import { builtIn } from '../../../../server/specs/catalogue.ts';
import { plain } from '../../engine/plainWords.ts';

const whole = { savedAs: 'all-img-fit.zip', bytes: 2_000_000, failures: [] };
const post = builtIn.pick(['x-post', 'instagram-square']);

function verdict(state: VerdictState): Verdict {
  const row: VerdictRow = {
    rule: 'bytes',
    state,
    words: 'Too many bytes.',
    wanted: null,
    found: '',
    source: null,
    confidence: null,
    checkedOn: null,
  };
  return { state, rows: [row] };
}

function file(name: string, ...states: VerdictState[]): JudgedFile {
  const made = { name } as ExportedFile; // its words need no more
  const uses = states.flatMap((state, index) => {
    const spec = post[index];
    return spec ? [{ spec, ...verdict(state) }] : [];
  });
  const worst = (['red', 'amber', 'green'] as const).find((state) => states.includes(state)) ?? 'green';
  return { file: made, uses, state: worst };
}

const said = (...parts: Parameters<typeof resultWords>) => {
  const { sum, items } = resultWords(...parts);
  return { sum: plain(sum), items };
};

describe('the result', () => {
  test('of a whole export that keeps all rules has no items', () => {
    expect(said(whole, [file('a.jpg', 'green'), file('b.jpg', 'green')])).toEqual({
      sum: '2 files, 2 MB, saved as all-img-fit.zip · all keep all rules.',
      items: [],
    });
  });

  test('counts what is broken and what has remarks, and says of each broken rule why', () => {
    expect(said(whole, [file('a.jpg', 'red'), file('b.jpg', 'amber'), file('c.jpg', 'green')])).toEqual({
      sum: '3 files, 2 MB, saved as all-img-fit.zip · 1 breaks a rule · 1 with remarks.',
      items: ['a.jpg: Too many bytes.'],
    });
  });

  test('says how many uses fewer files have, and at which of them a rule is broken', () => {
    expect(said(whole, [file('a.jpg', 'green', 'red')])).toEqual({
      sum: '1 file for 2 uses, 2 MB, saved as all-img-fit.zip · 1 breaks a rule.',
      items: ['a.jpg at Instagram Square post 1:1: Too many bytes.'],
    });
  });

  test('counts files that failed, and lists a photo that is gone once', () => {
    const reason = 'fig.jpg can no longer be read: it was deleted.';
    const failures = [
      { name: 'fig.jpg', reason, files: 8 },
      { name: 'dogs.jpg at X Post', reason: 'Too large.', files: 1 },
    ];
    const { sum, items } = said({ ...whole, failures }, [file('a.jpg', 'green')]);
    expect(sum).toContain(' · 9 failed · ');
    expect(items).toEqual([`${reason} (8 files)`, 'dogs.jpg at X Post: Too large.']);
  });

  test('when nothing was made, says so', () => {
    expect(said({ ...whole, savedAs: null }, []).sum).toBe('No file could be made.');
  });

  test('lists some, and says how many more the receipt has', () => {
    const { items } = said(
      whole,
      Array.from({ length: 500 }, (_, index) => file(`${index}.jpg`, 'red')),
    );
    expect(items).toHaveLength(21);
    expect(items.at(-1)).toBe('480 more: see the receipt.');
  });
});

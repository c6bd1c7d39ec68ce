/** Prints what the evaluation found. */
import { aspectNames, intervalOfFull, type Score, summarise } from './measure.ts';

/** By method, in the order in which they are shown. */
export type Scores = Map<string, Score[]>;

export function printOverall(scores: Scores): void {
  const count = summarise([...scores.values()][0] ?? []);
  console.log(
    `\nAll boxes whole, where they could fit (${count.couldFit} crops of ${count.photos} photos; 95 % interval), per aspect;`,
  );
  console.log('share kept, share kept of attainable, crops that lost over half of it\n');
  console.log(
    `${''.padEnd(24)} whole (interval)   ${aspectNames.map((name) => name.padStart(6)).join('')}    kept  of att.  lost half`,
  );
  for (const [method, list] of scores) {
    const { full, kept, ofAttainable, lostHalf } = summarise(list);
    const [low, high] = intervalOfFull(list);
    const cells = aspectNames.map((name) =>
      percent(summarise(list.filter(({ aspect }) => aspect === name)).full),
    );
    console.log(
      `${method.padEnd(24)} ${percent(full)} (${percent(low)}-${percent(high)}) ${cells.join('')}  ${percent(kept)}  ${percent(ofAttainable)}  ${percent(lostHalf)}`,
    );
  }
}

/** One line for each kind or tag: how many crops, and each method's share of whole ones. */
export function printGroups(scores: Scores, title: string, groupsOf: (score: Score) => string[]): void {
  const groups = new Set([...scores.values()].flat().flatMap(groupsOf));
  console.log(`\nAll boxes whole, by ${title}\n`);
  console.log(`${''.padEnd(22)}${[...scores.keys()].map((method) => method.padStart(19)).join('')}`);
  for (const group of [...groups].toSorted()) {
    const cells = [...scores.values()].map((list) => {
      const { full, couldFit } = summarise(list.filter((one) => groupsOf(one).includes(group)));
      return couldFit > 0 ? `${percent(full)} of ${String(couldFit).padStart(3)}` : '-';
    });
    console.log(`${group.padEnd(22)}${cells.map((cell) => cell.padStart(19)).join('')}`);
  }
}

/** The goals, each with whether it is reached. `timeRatio`: of a photo's median time to the object model's alone; null: not measured. */
export function printBars(
  ours: readonly Score[],
  smartcrop: readonly Score[],
  timeRatio: number | null,
): void {
  const of = (list: readonly Score[], test: (score: Score) => boolean) => summarise(list.filter(test)).full;
  const all = summarise(ours);
  const isLandscape = ({ photo }: Score) => photo.kind === 'landscape';
  const bars: [string, number, number, 'least' | 'most'][] = [
    ['whole', all.full, 0.92, 'least'],
    ['whole at 9:16', of(ours, ({ aspect }) => aspect === '9:16'), 0.9, 'least'],
    ['whole in groups', of(ours, ({ photo }) => photo.kind === 'group'), 0.85, 'least'],
    ['landscapes, beside smartcrop', of(ours, isLandscape), of(smartcrop, isLandscape), 'least'],
    ['kept of attainable', all.ofAttainable, 0.97, 'least'],
    ['lost over half', all.lostHalf, 0.015, 'most'],
  ];
  console.log('\nGoals\n');
  for (const [name, value, goal, side] of bars) {
    if (Number.isNaN(value) || Number.isNaN(goal)) continue;
    const isMet = side === 'least' ? value >= goal : value <= goal;
    console.log(
      `${isMet ? 'met   ' : 'MISSED'} ${name.padEnd(30)} ${percent(value)} (at ${side} ${percent(goal)})`,
    );
  }
  if (timeRatio !== null) {
    console.log(
      `${timeRatio <= 1.5 ? 'met   ' : 'MISSED'} ${'time by the object model alone'.padEnd(30)} ${timeRatio.toFixed(2)} (at most 1.50)`,
    );
  }
}

function percent(share: number): string {
  return (Number.isNaN(share) ? '-' : (share * 100).toFixed(1)).padStart(6);
}

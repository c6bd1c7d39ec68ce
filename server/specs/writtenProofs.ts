/** Where the rules of a written spec were read: keys of the file's sources become places in the spec's own list. */
import { type Confidence, confidences, type Proof, type RuleName, type Spec } from './spec.shared.ts';
import type { Say } from './writtenRules.ts';
import type { Source, WrittenSpec } from './writtenSpec.ts';

type Proofs = Pick<Spec, 'sources' | 'confidence' | 'checkedOn' | 'proofs' | 'differ'>;

/** What a spec without any source shows as its source. */
const generalKnowledge: Source = { text: 'General knowledge, not looked up', url: null };

/**
 * Sources, proofs and disagreements. `rules` are those that the spec has. The spec's confidence and date are its weakest
 * and its oldest rule's; rules that are better off keep proofs of their own.
 */
export function toProofs(
  row: WrittenSpec,
  { sources, rules }: { sources: Readonly<Record<string, Source>>; rules: readonly RuleName[] },
  say: Say,
): Proofs {
  const placeOf = (key: string, field: string) => {
    const place = row.sources.indexOf(key);
    if (place < 0) say(field, `${key} is not among the spec's sources`);
    return place;
  };
  const own = row.sources.flatMap((key, index) => {
    if (sources[key] === undefined) say(`sources.${index}`, `the file has no source ${key}`);
    if (row.sources.indexOf(key) !== index) say(`sources.${index}`, `names ${key} twice`);
    return sources[key] ?? [];
  });
  const usual: Proof = {
    sources: row.sources.map((_, index) => index),
    confidence: row.confidence,
    checkedOn: row.checkedOn,
  };
  checkProof(usual, 'confidence', say);

  const proofs = new Map<RuleName, Proof>(rules.map((rule) => [rule, usual]));
  for (const [name, written] of Object.entries(row.proofs)) {
    const rule = rules.find((one) => one === name);
    if (rule === undefined || written === undefined) {
      say(`proofs.${name}`, 'proves a rule that the spec does not have');
      continue;
    }
    const { confidence = row.confidence, checkedOn = row.checkedOn } = written;
    const keys = written.sources ?? (confidence === 'K' ? [] : row.sources);
    const proof = {
      sources: keys.map((key, index) => placeOf(key, `proofs.${name}.sources.${index}`)),
      confidence,
      checkedOn,
    };
    checkProof(proof, `proofs.${name}`, say);
    if (isSame(proof, usual)) say(`proofs.${name}`, 'says nothing that the spec does not say itself');
    proofs.set(rule, proof);
  }

  const all = [...proofs.values()];
  const whole: Proof = {
    sources: usual.sources,
    confidence: weakest(all.map(({ confidence }) => confidence)),
    checkedOn: all.map(({ checkedOn }) => checkedOn).toSorted()[0] ?? row.checkedOn,
  };
  return {
    sources: own.length > 0 ? own : [generalKnowledge],
    confidence: whole.confidence,
    checkedOn: whole.checkedOn,
    proofs: Object.fromEntries([...proofs].filter(([, proof]) => !isSame(proof, whole))),
    differ: row.differ.map(({ rule, says }, index) => {
      if (!rules.includes(rule)) say(`differ.${index}.rule`, 'is a rule that the spec does not have');
      return {
        rule,
        says: says.map(({ words, source }, place) => ({
          words,
          source: source === undefined ? null : placeOf(source, `differ.${index}.says.${place}.source`),
        })),
      };
    }),
  };
}

/** A to K from sure to unsure. */
function weakest(of: readonly Confidence[]): Confidence {
  return confidences[Math.max(...of.map((confidence) => confidences.indexOf(confidence)))] ?? 'K';
}

function checkProof({ confidence, sources }: Proof, field: string, say: Say): void {
  if (confidence === 'K' && sources.length > 0) say(field, 'K is general knowledge, but there are sources');
  if (confidence !== 'K' && sources.length === 0) say(field, `${confidence} needs a source`);
}

function isSame(one: Proof, other: Proof): boolean {
  return (
    one.confidence === other.confidence &&
    one.checkedOn === other.checkedOn &&
    one.sources.join() === other.sources.join()
  );
}

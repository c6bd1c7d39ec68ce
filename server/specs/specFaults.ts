/** What can be wrong with a spec although each of its fields is well formed: what our own typing errors look like. */
import { type PixelLimit, type RuleName, ruleNames, type Spec, type SpecRules } from './spec.shared.ts';
import type { Say } from './writtenRules.ts';

/** How far the true shape may be from the one that a name gives: 1.91:1 is customary for 1200 × 630. */
const nameTolerance = 0.01;
/** What binary fractions may leave beyond an edge. */
const hair = 1e-9;

/** The rules that a spec of these values has, in the order of `ruleNames`. */
export function rulesOf(rules: SpecRules): RuleName[] {
  const has: Record<RuleName, boolean> = {
    size: true,
    formats: true,
    bytes: rules.minBytes !== null || rules.maxBytes !== null,
    pixels: rules.minPx !== null || rules.maxPx !== null,
    dpi: rules.dpi !== null,
    safeArea: rules.safeArea !== null,
    mask: rules.mask !== null,
    derived: rules.derived.length > 0,
    background: rules.background !== null,
    head: rules.head !== null,
  };
  return ruleNames.filter((name) => has[name]);
}

/** Says what contradicts itself in the rules of one version. */
export function checkRules(rules: SpecRules, say: Say): void {
  const { minBytes, maxBytes, formats, mask, derived } = rules;
  if (minBytes !== null && maxBytes !== null && minBytes >= maxBytes)
    say('minBytes', 'must be below maxBytes');
  if (new Set(formats).size < formats.length) say('formats', 'names one twice');
  if (mask === 'circle' && rules.widthPx !== rules.heightPx) say('mask', 'a circle needs a square');
  checkLimits(rules, say);
  if (!isSafeAreaInside(rules)) say('safeArea', 'must lie inside the image');
  for (const [index, { area }] of derived.entries()) {
    if (!isInside(area)) say(`derived.${index}.area`, 'must lie inside the image');
  }
  if (new Set(derived.map(({ name }) => name)).size < derived.length) say('derived', 'names two views alike');
  checkHead(rules, say);
}

/** Says where the name gives another shape or print than the spec has. */
export function checkName({ name, widthPx, heightPx, printedMm }: Spec, say: Say): void {
  const named = /(\d+(?:\.\d+)?)(:| ?[×x] ?)(\d+(?:\.\d+)?)(?: ?(mm|in)\b)?/.exec(name);
  if (named === null) return;
  const [, width = '', joint, height = '', unit] = named;
  const shape = Number(width) / Number(height);
  if (Math.abs(widthPx / heightPx / shape - 1) > nameTolerance) {
    say('name', `gives the shape ${width}${joint}${height}, but the size is ${widthPx} × ${heightPx}`);
  }
  if (unit === undefined) return;
  const perUnit = unit === 'in' ? 25.4 : 1;
  const isPrinted =
    printedMm !== null &&
    Math.abs(printedMm.width - Number(width) * perUnit) < 0.01 &&
    Math.abs(printedMm.height - Number(height) * perUnit) < 0.01;
  if (!isPrinted)
    say('name', `gives a print of ${width} × ${height} ${unit}, but the spec has another or none`);
}

/** Says where the history is not whole: every version from the last one down to 1, each with a difference. */
export function checkHistory({ version, earlier }: Spec, newestCheck: string, say: Say): void {
  if (earlier.length !== version - 1)
    say('earlier', `must have the ${version - 1} versions before ${version}`);
  for (const [index, one] of earlier.entries()) {
    const after = earlier[index - 1];
    if (one.version !== version - 1 - index) {
      say(`earlier.${index}.version`, `must be ${version - 1 - index}: newest first, none left out`);
    }
    if (one.until > (after?.until ?? newestCheck)) {
      say(
        `earlier.${index}.until`,
        `must not be after ${after === undefined ? 'the newest check' : after.until}`,
      );
    }
    if (Object.keys(one.rules).length === 0) {
      say(`earlier.${index}.rules`, `are those of version ${one.version + 1}: nothing changed`);
    }
  }
}

function checkLimits({ widthPx, heightPx, minPx, maxPx }: SpecRules, say: Say): void {
  const sizes: PixelLimit = { widthPx, heightPx, longestPx: Math.max(widthPx, heightPx) };
  for (const side of ['widthPx', 'heightPx', 'longestPx'] as const) {
    const size = sizes[side] ?? 0;
    if ((minPx?.[side] ?? 0) > size) say('minPx', `asks for more than the size, ${widthPx} × ${heightPx}`);
    if ((maxPx?.[side] ?? size) < size) say('maxPx', `allows less than the size, ${widthPx} × ${heightPx}`);
  }
}

function isSafeAreaInside({ safeArea: area }: SpecRules): boolean {
  if (area === null) return true;
  if (area.kind === 'inset') return area.left + area.right < 1 && area.top + area.bottom < 1;
  if (area.kind === 'rectangle') return isInside(area);
  return area.radius > 0 && area.radius <= 0.5;
}

function isInside({ x, y, width, height }: { x: number; y: number; width: number; height: number }): boolean {
  if (width <= 0 || height <= 0) return false;
  return x >= -hair && y >= -hair && x + width <= 1 + hair && y + height <= 1 + hair;
}

function checkHead({ head }: SpecRules, say: Say): void {
  if (head === null) return;
  const bands = (['height', 'eyes', 'above', 'width'] as const).map((name) => [name, head[name]] as const);
  for (const [name, band] of bands) {
    if (band !== null && (band.min > band.max || band.min < 0 || band.max > 1 + hair)) {
      say(`head.${name}`, 'must go from less to more, inside the image');
    }
  }
  if (head.mayCrop && bands.every(([, band]) => band === null)) say('head', 'rules nothing');
}

/** One tile of the wall: the element of one spec, its picture, caption and overlay. */
import type { SafeArea, Spec } from '../../server/specs/spec.shared.ts';
import { formatWords, sizeWords } from '../../server/specs/words.shared.ts';
import { byId, inside, setText } from './elements.ts';
import type { PlannedFile } from './state.ts';

export interface Tile {
  spec: Spec;
  element: HTMLElement;
  frame: HTMLElement;
  picture: HTMLCanvasElement;
  tick: HTMLInputElement;
  more: HTMLButtonElement;
  /** The cell in CSS pixels; the picture fills its height at true aspect. */
  resize(cellWidth: number, height: number): void;
  describe(file: PlannedFile | null, options: { isSelected: boolean; hasOwnFit: boolean }): void;
}

export function createTile(spec: Spec): Tile {
  const template = byId('tile-template', HTMLTemplateElement);
  const fragment = template.content.cloneNode(true) as DocumentFragment;
  const element = inside(fragment, '.tile', HTMLElement);
  const frame = inside(element, '.tile__frame', HTMLElement);
  const picture = inside(element, '.tile__picture', HTMLCanvasElement);
  const overlay = inside(element, '.tile__overlay', HTMLElement);
  const tick = inside(element, 'input', HTMLInputElement);
  const more = inside(element, '.tile__more', HTMLButtonElement);
  const size = inside(element, '.tile__size', HTMLElement);
  const state = inside(element, '.tile__state', HTMLElement);

  const title = `${spec.group}, ${spec.name}`;
  element.dataset.spec = spec.id;
  setText(inside(element, '.tile__name span', HTMLElement), `${spec.group} ${spec.name}`);
  tick.setAttribute('aria-label', `Select ${title}`);
  more.setAttribute('aria-label', `Options for ${title}`);
  frame.setAttribute('aria-keyshortcuts', 'P Enter');
  showOverlay(overlay, spec);

  return {
    spec,
    element,
    frame,
    picture,
    tick,
    more,
    resize(cellWidth, height) {
      const width = Math.min(cellWidth, Math.round((height * spec.widthPx) / spec.heightPx));
      element.style.width = `${cellWidth}px`;
      frame.style.width = `${width}px`;
      frame.style.height = `${height}px`;
      const pixels = [width, height].map((side) => Math.max(1, Math.round(side * devicePixelRatio)));
      // Setting a canvas's size, even to the same, makes it blank.
      if (picture.width !== pixels[0]) picture.width = pixels[0] ?? 1;
      if (picture.height !== pixels[1]) picture.height = pixels[1] ?? 1;
    },
    describe(file, { isSelected, hasOwnFit }) {
      const format = file?.format ?? spec.formats[0] ?? 'jpeg';
      const remarks = file ? remarksOf(file, hasOwnFit) : [];
      const pixels = file
        ? sizeWords(file.plan.output.width, file.plan.output.height)
        : sizeWords(spec.widthPx, spec.heightPx);
      setText(size, `${pixels} · ${formatWords([format])}`);
      setText(state, remarks.map(({ words }) => words).join(' · '));
      state.dataset.tone = remarks.some(({ isWarning }) => isWarning) ? 'warn' : 'plain';
      tick.checked = isSelected;
      element.classList.toggle('tile--pinned', Boolean(file?.pinned));
      element.classList.toggle('tile--selected', isSelected);
      const spoken = [title, pixels, formatWords([format]), ...remarks.map(({ words }) => words)].join(', ');
      if (frame.getAttribute('aria-label') !== spoken) frame.setAttribute('aria-label', spoken);
    },
  };
}

interface Remark {
  words: string;
  isWarning: boolean;
}

/** What is out of the ordinary about one file; plain files have no remark. */
function remarksOf({ spec, plan, format, pinned }: PlannedFile, hasOwnFit: boolean): Remark[] {
  const remarks: Remark[] = [];
  if (pinned) remarks.push({ words: 'own crop', isWarning: false });
  else if (hasOwnFit) remarks.push({ words: 'own fit', isWarning: false });
  if (!spec.formats.includes(format)) {
    remarks.push({
      words: `asks for ${spec.formats.map((allowed) => formatWords([allowed])).join(' or ')}`,
      isWarning: true,
    });
  }
  // Up to 2 % is rounding; more is softness that can be seen.
  if (plan.enlargement > 1.02) {
    remarks.push({ words: `enlarged ${plan.enlargement.toFixed(1)}×`, isWarning: true });
  }
  return remarks;
}

function showOverlay(overlay: HTMLElement, { safeArea, mask, widthPx, heightPx }: Spec): void {
  overlay.hidden = !safeArea && !mask;
  if (mask) overlay.dataset.mask = mask;
  if (!safeArea) return;
  const box = document.createElement('span');
  box.className = 'tile__safe';
  const { left, top, width, height } = boxOf(safeArea, widthPx, heightPx);
  box.style.left = `${left * 100}%`;
  box.style.top = `${top * 100}%`;
  box.style.width = `${width * 100}%`;
  box.style.height = `${height * 100}%`;
  box.dataset.kind = safeArea.kind;
  overlay.append(box);
}

/** The safe area's box in fractions of the spec. */
function boxOf(area: SafeArea, widthPx: number, heightPx: number) {
  switch (area.kind) {
    case 'inset':
      return {
        left: area.left,
        top: area.top,
        width: 1 - area.left - area.right,
        height: 1 - area.top - area.bottom,
      };
    case 'rectangle':
      return { left: area.x, top: area.y, width: area.width, height: area.height };
    case 'circle': {
      const radiusPx = area.radius * Math.min(widthPx, heightPx);
      const [rx, ry] = [radiusPx / widthPx, radiusPx / heightPx];
      return { left: area.x - rx, top: area.y - ry, width: 2 * rx, height: 2 * ry };
    }
  }
}

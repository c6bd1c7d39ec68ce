/** "What the place does with it": each derived view of a spec, drawn from the very draw plan of the tile while its panel is open. */
import type { DerivedView, Mask } from '../../server/specs/spec.shared.ts';
import { thin } from '../../server/specs/words.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { byId } from './elements.ts';
import type { PlannedFile } from './state.ts';
import { createWallPainter, type Picture } from './wallPainter.ts';

export interface DerivedViews {
  /** Shows the views of this file; null hides them. */
  show(file: PlannedFile | null, picture: Picture | null): void;
}

/** CSS pixels; the panel has room for two of them side by side. */
const longestSide = 132;

interface View {
  view: DerivedView;
  canvas: HTMLCanvasElement;
}

export function createDerivedViews(): DerivedViews {
  const section = byId('panel-views', HTMLElement);
  const list = byId('panel-views-list', HTMLElement);
  const painter = createWallPainter();
  let shownOf: string | null = null;
  let views: View[] = [];

  function build(file: PlannedFile): void {
    views = file.spec.derived.map((view) => buildView(view, file.plan.output));
    list.replaceChildren(...views.map(({ canvas }) => canvas.closest('li') ?? canvas));
  }

  return {
    show(file, picture) {
      section.hidden = !file || !picture || file.spec.derived.length === 0;
      if (section.hidden || !file || !picture) return;
      const { width, height } = file.plan.output;
      const says = `${file.spec.id} ${width} ${height}`;
      if (says !== shownOf) build(file);
      shownOf = says;
      for (const { view, canvas } of views) painter.paintPart(canvas, view.area, file, picture);
    },
  };
}

function buildView(view: DerivedView, file: Size): View {
  const item = document.createElement('li');
  const canvas = document.createElement('canvas');
  const words = document.createElement('span');
  const part = { width: view.area.width * file.width, height: view.area.height * file.height };
  const shown = Math.min(longestSide, view.shownPx ?? longestSide);
  const scale = shown / Math.max(part.width, part.height);
  const [width, height] = [part.width, part.height].map((side) => Math.max(1, Math.round(side * scale)));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.max(1, Math.round((width ?? 1) * devicePixelRatio));
  canvas.height = Math.max(1, Math.round((height ?? 1) * devicePixelRatio));
  canvas.className = 'shown-view__picture';
  if (view.mask) canvas.dataset.mask = view.mask satisfies Mask;
  canvas.setAttribute('aria-hidden', 'true');
  words.textContent = viewWords(view);
  item.className = 'shown-view';
  item.append(canvas, words);
  return { view, canvas };
}

/** `Avatar in a list, 32 px`; views that are larger than there is room for say so too. */
function viewWords({ name, shownPx }: DerivedView): string {
  if (shownPx === null || name.includes('px')) return name;
  return `${name}, ${shownPx}${thin}px${shownPx > longestSide ? ', smaller here' : ''}`;
}

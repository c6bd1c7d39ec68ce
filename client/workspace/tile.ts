/** One tile of the wall: the element of one spec, its picture, caption and overlay. */
import type { SafeArea, Spec } from '../../server/specs/spec.shared.ts';
import { formatWords, sizeWords, thin } from '../../server/specs/words.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { byId, inside, setText } from './elements.ts';
import { specName, specSizeWords } from './specWords.ts';
import type { PlannedFile } from './state.ts';
import { type TileVerdict, tileVerdictWords } from './verdictOnTile.ts';

export interface Tile {
  spec: Spec;
  element: HTMLElement;
  frame: HTMLElement;
  picture: HTMLCanvasElement;
  tick: HTMLInputElement;
  more: HTMLButtonElement;
  verdict: HTMLButtonElement;
  /** The cell in CSS pixels; the picture fills its height at the aspect of `shape`. */
  resize(cellWidth: number, height: number, shape: Size): void;
  describe(file: PlannedFile | null, facts: TileState): void;
}

export interface TileState {
  isSelected: boolean;
  hasOwnFit: boolean;
  /** `changed: max 2 MB, was 5 MB`, or nothing. */
  change: string;
  /** On the file that was last made of the tile. */
  verdict: TileVerdict | null;
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
  const verdictButton = inside(element, '.tile__verdict', HTMLButtonElement);
  const size = inside(element, '.tile__size', HTMLElement);
  const state = inside(element, '.tile__state', HTMLElement);

  const title = specName(spec, ', ');
  element.dataset.spec = spec.id;
  setText(inside(element, '.tile__name span', HTMLElement), specName(spec));
  tick.setAttribute('aria-label', `Select ${specName(spec)}`); // The words seen, as speech control needs.
  more.setAttribute('aria-label', `Options for ${title}`);
  frame.setAttribute('aria-keyshortcuts', 'P Enter');
  let shape: Size = { width: spec.widthPx, height: spec.heightPx };
  let placed = '';
  more.addEventListener('click', () => showAboveSheet(element));
  frame.addEventListener('keydown', ({ key }) => key === 'Enter' && showAboveSheet(element));

  return {
    spec,
    element,
    frame,
    picture,
    tick,
    more,
    verdict: verdictButton,
    resize(cellWidth, height, newShape) {
      shape = newShape;
      const width = Math.min(cellWidth, Math.round((height * shape.width) / shape.height));
      element.style.width = `${cellWidth}px`;
      frame.style.width = `${width}px`;
      frame.style.height = `${height}px`;
      const pixels = [width, height].map((side) => Math.max(1, Math.round(side * devicePixelRatio)));
      // Setting a canvas's size, even to the same, makes it blank.
      if (picture.width !== pixels[0]) picture.width = pixels[0] ?? 1;
      if (picture.height !== pixels[1]) picture.height = pixels[1] ?? 1;
    },
    describe(file, { isSelected, hasOwnFit, change, verdict }) {
      const format = file?.format ?? spec.formats[0] ?? 'jpeg';
      const room = file?.size ?? shape;
      const output = file?.plan.output ?? room;
      const place = [output.width, output.height, room.width, room.height].join(' ');
      if (placed !== place) {
        placeFile(element, output, room);
        showOverlay(overlay, spec, output);
        placed = place;
      }
      const fileSize = file ? sizeWords(output.width, output.height) : specSizeWords(spec);
      const remarks = file ? remarksOf(file, hasOwnFit) : [];
      if (change !== '') remarks.push({ words: change, isWarning: true });
      setText(size, `${fileSize} · ${formatWords([format])}`);
      setText(state, remarks.map(({ words }) => words).join(' · '));
      state.dataset.tone = remarks.some(({ isWarning }) => isWarning) ? 'warn' : 'plain';
      tick.checked = isSelected;
      element.classList.toggle('tile--pinned', Boolean(file?.pinned));
      element.classList.toggle('tile--selected', isSelected);
      const said = showVerdict(verdictButton, verdict, title);
      const spoken = [
        title,
        fileSize,
        formatWords([format]),
        ...remarks.map(({ words }) => words),
        ...said,
      ].join(', ');
      if (frame.getAttribute('aria-label') !== spoken) frame.setAttribute('aria-label', spoken);
    },
  };
}

/** @returns what it says, for the name of the tile */
function showVerdict(button: HTMLButtonElement, verdict: TileVerdict | null, title: string): string[] {
  button.hidden = verdict === null;
  if (!verdict) return [];
  const words = tileVerdictWords(verdict);
  button.dataset.state = verdict.use.worst;
  button.classList.toggle('tile__verdict--former', verdict.isFormer);
  setText(button, words);
  button.setAttribute('aria-label', `${words}: rules of ${title}`);
  return [words];
}

interface Remark {
  words: string;
  isWarning: boolean;
}

/** What is out of the ordinary about one file; plain files have no remark. */
function remarksOf({ spec, plan, format, pinned, placement }: PlannedFile, hasOwnFit: boolean): Remark[] {
  const remarks: Remark[] = [];
  if (pinned) remarks.push({ words: 'own crop', isWarning: false });
  else if (hasOwnFit) remarks.push({ words: 'own fit', isWarning: false });
  if (placement && !placement.fits) remarks.push({ words: placement.reason, isWarning: true });
  else if (placement && placement.padded > 0.001) {
    remarks.push({
      words: `pads ${Math.max(1, Math.round(placement.padded * 100))}${thin}%`,
      isWarning: false,
    });
  }
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

/** Says to the style sheet where a file lies in the tile: less than all of it when it is not of the spec's shape. */
function placeFile(tile: HTMLElement, file: Size, room: Size): void {
  const scale = Math.min(room.width / file.width, room.height / file.height);
  const across = (1 - (file.width * scale) / room.width) / 2;
  const down = (1 - (file.height * scale) / room.height) / 2;
  tile.style.setProperty('--file-across', `${across * 100}%`);
  tile.style.setProperty('--file-down', `${down * 100}%`);
  tile.classList.toggle('tile--roomy', Math.max(across, down) > 0.005);
}

/** Mask and safe area over the file; where it is not of the spec's shape, a mask is the square in its middle. */
function showOverlay(overlay: HTMLElement, { safeArea, mask }: Spec, file: Size): void {
  overlay.hidden = !safeArea && !mask;
  overlay.replaceChildren();
  if (mask) {
    const side = Math.min(file.width, file.height);
    overlay.dataset.mask = mask;
    overlay.style.setProperty('--mask-across', `${50 * (1 - side / file.width)}%`);
    overlay.style.setProperty('--mask-down', `${50 * (1 - side / file.height)}%`);
  }
  if (!safeArea) return;
  const box = document.createElement('span');
  box.className = 'tile__safe';
  const { left, top, width, height } = boxOf(safeArea, file);
  box.style.left = `${left * 100}%`;
  box.style.top = `${top * 100}%`;
  box.style.width = `${width * 100}%`;
  box.style.height = `${height * 100}%`;
  box.dataset.kind = safeArea.kind;
  overlay.append(box);
}

/** On a phone the options are a sheet at the foot of the page: the tile that they are about is brought above it. */
function showAboveSheet(tile: HTMLElement): void {
  if (!matchMedia('(max-width: 640px)').matches) return;
  // After the sheet has opened, which gives the page the room to scroll to the last tile.
  requestAnimationFrame(() => tile.scrollIntoView({ block: 'start' }));
}

/** The safe area's box in fractions of the file. */
function boxOf(area: SafeArea, file: Size) {
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
      const radiusPx = area.radius * Math.min(file.width, file.height);
      const [rx, ry] = [radiusPx / file.width, radiusPx / file.height];
      return { left: area.x - rx, top: area.y - ry, width: 2 * rx, height: 2 * ry };
    }
  }
}

/** The wall: every chosen spec as a live tile, laid out in rows, drawn again whenever the photo or an edit changes. */
import type { Point, Size } from '../engine/geometry.ts';
import { layoutWall } from '../engine/wallLayout.ts';
import type { Catalogue } from './catalogue.ts';
import { selectSpec } from './changes.ts';
import { byId, setText } from './elements.ts';
import { keepFocus } from './keepFocus.ts';
import type { PhotoPanel } from './photoPanel.ts';
import type { Previews } from './previews.ts';
import { changeWords } from './specChanges.ts';
import { currentPhoto, focalPoint, hasOwnFit, type PlannedFile, planFile, type State } from './state.ts';
import type { Store } from './store.ts';
import { createTile, type Tile } from './tile.ts';
import { listenToTile } from './tileGestures.ts';
import { createTileShapes } from './tileShapes.ts';
import { type TileVerdict, verdictOf } from './verdictOnTile.ts';
import { cellAspect, cellOptions } from './wallCells.ts';
import { createWallPainter, type Picture } from './wallPainter.ts';
import { changesOf } from './wallPreset.ts';

export interface Wall {
  /** Draws all visible tiles in the next frame. */
  draw(): void;
  /** The picture of the empty state; shown while there is no photo. */
  showExample(picture: Picture, focal: Point): void;
}

export interface WallParts {
  store: Store;
  catalogue: Catalogue;
  previews: Previews;
  panel: PhotoPanel;
  openOptions(specId: string, at: HTMLElement): void;
  openVerdict(verdict: TileVerdict, at: HTMLElement): void;
}

export function showWall({ store, catalogue, previews, panel, openOptions, openVerdict }: WallParts): Wall {
  const list = byId('tiles', HTMLElement);
  const none = byId('no-specs', HTMLElement);
  const count = byId('wall-count', HTMLElement);
  const tiles = new Map<string, Tile>();
  const visible = new Set<Element>();
  const painter = createWallPainter();
  const shapes = createTileShapes();
  let example: { picture: Picture; focal: Point } | null = null;
  let frame = 0;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      draw();
    },
    { rootMargin: '100px' },
  );

  function tileFor(specId: string): Tile | null {
    const spec = catalogue.find(specId);
    const known = tiles.get(specId);
    if (known && known.spec === spec) return known;
    if (known) forget(known);
    if (!spec) return null;
    const tile = createTile(spec);
    tiles.set(specId, tile);
    observer.observe(tile.element);
    tile.tick.addEventListener('change', () => {
      store.change((state) => selectSpec(state, specId, tile.tick.checked));
    });
    tile.more.addEventListener('click', () => openOptions(specId, tile.more));
    tile.verdict.addEventListener('click', () => showVerdict(tile));
    listenToTile(tile, { store, panel, plan: () => planOf(store.get(), tile), openOptions });
    return tile;
  }

  function showVerdict(tile: Tile): void {
    const state = store.get();
    const photo = currentPhoto(state);
    const file = photo && planOf(state, tile);
    const verdict = file && verdictOf(state, photo.id, file);
    if (verdict) openVerdict(verdict, tile.verdict);
  }

  /** Of a custom size that was changed or deleted. */
  function forget(tile: Tile): void {
    observer.unobserve(tile.element);
    visible.delete(tile.element);
    tiles.delete(tile.spec.id);
  }

  function photoSize(state: State): Size | null {
    return currentPhoto(state) ? (currentPhoto(state)?.size ?? null) : (example?.picture.size ?? null);
  }

  function layOut(state: State): void {
    const shown = state.edits.specIds.flatMap((id) => tileFor(id) ?? []);
    const sizes = shapes.of(
      shown.map(({ spec }) => spec),
      photoSize(state),
    );
    const gap = Number.parseFloat(getComputedStyle(list).columnGap) || 16;
    const { rows } = layoutWall(
      sizes.map(cellAspect),
      cellOptions({ zoom: state.settings.zoom, wallWidth: list.clientWidth, gap }),
    );
    const buildRow = ({ tiles: places }: (typeof rows)[number]): HTMLElement => {
      const row = document.createElement('div');
      row.className = 'wall__row';
      row.setAttribute('role', 'none');
      for (const place of places) {
        const tile = shown[place.index];
        const size = sizes[place.index];
        if (!tile || !size) continue;
        tile.resize(place.width, place.height, size);
        row.append(tile.element);
      }
      return row;
    };
    keepFocus(list, () => list.replaceChildren(...rows.map(buildRow)));
    none.hidden = shown.length > 0;
    setText(count, `${shown.length} ${shown.length === 1 ? 'spec' : 'specs'}`);
    describe(state);
    // A canvas that gets a new size is blank: painted here, before the browser shows it.
    paint();
  }

  function planOf(state: State, tile: Tile): PlannedFile | null {
    const photo = currentPhoto(state);
    if (!photo)
      return example && planFile(state, { id: -1, size: example.picture.size }, example.focal, tile.spec);
    const { id, size, sight } = photo;
    return size && planFile(state, { id, size, sight }, focalPoint(state, photo), tile.spec);
  }

  function describe(state: State): void {
    const photo = currentPhoto(state);
    for (const tile of shownTiles(state)) {
      const file = photo ? planOf(state, tile) : null;
      tile.describe(file, {
        isSelected: state.selected.includes(tile.spec.id),
        hasOwnFit: hasOwnFit(state.edits, tile.spec),
        change: changeWords(changesOf(state, tile.spec)),
        verdict: photo && file && verdictOf(state, photo.id, file),
      });
    }
  }

  function isOtherShape(state: State): boolean {
    return shapes.differ(
      shownTiles(state).map(({ spec }) => spec),
      photoSize(state),
    );
  }

  function shownTiles(state: State): Tile[] {
    return state.edits.specIds.flatMap((id) => tiles.get(id) ?? []);
  }

  function draw(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      paint();
    });
  }

  function paint(): void {
    const state = store.get();
    const photo = currentPhoto(state);
    const levels = photo && previews.show(photo);
    const picture = photo ? levels && photo.size && { levels, size: photo.size } : (example?.picture ?? null);
    for (const tile of shownTiles(state)) {
      if (visible.has(tile.element)) painter.paint(tile, planOf(state, tile), picture);
    }
  }

  store.listen((state, before) => {
    list.classList.toggle('wall__tiles--safe', state.settings.showSafeAreas);
    // Without a photo the tiles are only an example behind the invitation.
    list.inert = state.photos.length === 0;
    const isLaidOut = list.childElementCount > 0 && state !== before;
    if (!isLaidOut || needsLayout(state, before) || isOtherShape(state)) layOut(state);
    else if (isSeen(state, before)) {
      describe(state);
      draw();
    }
  });
  new ResizeObserver(() => layOut(store.get())).observe(list.parentElement ?? list);

  return {
    draw,
    showExample(picture, focal) {
      example = { picture, focal };
      if (isOtherShape(store.get())) layOut(store.get());
      draw();
    },
  };
}

/** Whether a change can be seen on the wall; what is learnt of photos that it does not show cannot. */
function isSeen(state: State, before: State): boolean {
  return (
    currentPhoto(state) !== currentPhoto(before) ||
    state.edits !== before.edits ||
    state.selected !== before.selected ||
    state.judged !== before.judged ||
    state.settings !== before.settings ||
    state.exportSettings !== before.exportSettings
  );
}

function needsLayout(state: State, before: State): boolean {
  return (
    state.edits.specIds !== before.edits.specIds ||
    state.customSizes !== before.customSizes ||
    state.borrowedSizes !== before.borrowedSizes ||
    state.settings.zoom !== before.settings.zoom
  );
}

/** What the panel says of one spec: its size on screen and paper, what changed, how sure its rules are, and what the place shows of it. */
import { isCustomSizeId } from '../../server/presets/preset.shared.ts';
import { isConfirmed, type Spec } from '../../server/specs/spec.shared.ts';
import { announce } from './announce.ts';
import { acceptChanges } from './changes.ts';
import { createDerivedViews } from './derivedViews.ts';
import { byId, setText } from './elements.ts';
import type { Previews } from './previews.ts';
import { changeWords } from './specChanges.ts';
import { fileSizeWords } from './specWords.ts';
import { currentPhoto, type PlannedFile, type State } from './state.ts';
import type { Store } from './store.ts';
import { changesOf } from './wallPreset.ts';

export interface TileFacts {
  /** `spec` null: the panel is about the whole wall. */
  show(state: State, spec: Spec | null, file: PlannedFile | null): void;
}

export function createTileFacts(store: Store, previews: Previews): TileFacts {
  const change = byId('panel-change', HTMLElement);
  const sources = byId('panel-sources', HTMLAnchorElement);
  const views = createDerivedViews();
  let specId = '';

  byId('panel-accept', HTMLButtonElement).addEventListener('click', () => {
    store.change((state) => acceptChanges(state, [specId]));
    announce('Accepted.');
    byId('panel-title', HTMLElement).focus();
  });

  return {
    show(state, spec, file) {
      specId = spec?.id ?? '';
      const size = spec && fileSizeWords(spec, file, state.settings.units);
      setText(
        byId('panel-hint', HTMLElement),
        spec
          ? `${size}. These choices count for this spec alone.`
          : 'Tiles with their own fit or their own crop keep it.',
      );
      const changes = spec ? changesOf(state, spec) : [];
      change.hidden = changes.length === 0;
      setText(byId('panel-change-words', HTMLElement), `The spec has ${changeWords(changes)}.`);
      const isListed = spec !== null && !isCustomSizeId(spec.id);
      byId('panel-proof', HTMLElement).hidden = !isListed;
      if (isListed) {
        sources.href = `/specs/${spec.id}`;
        setText(byId('panel-confidence', HTMLElement), isConfirmed(spec) ? '' : 'Unconfirmed. ');
      }
      const photo = currentPhoto(state);
      const levels = photo && previews.show(photo);
      views.show(file, levels && photo.size && { levels, size: photo.size });
    },
  };
}

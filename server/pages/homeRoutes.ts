/** The home page: what this is, and one photo at ten of its sizes. */
import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';
import type { Catalogue } from '../specs/catalogue.ts';
import { drawSpec } from '../specs/drawing.shared.ts';
import { sizeWords } from '../specs/words.shared.ts';

/**
 * The specs of the example sheet. `.sheet__tile--<id>` in client/styles/pages/sheet.css gives each its ratio and its
 * crop, and lays them out in rows of like aspect: five, three, two; on a phone three, three, two, two.
 */
export const exampleSpecIds = [
  'instagram-story',
  'pinterest-pin',
  'instagram-portrait-4x5',
  'print-a5',
  'instagram-square',
  'x-profile',
  'youtube-thumbnail',
  'facebook-link',
  'x-header',
  'linkedin-post',
];

/** Units of the longest side of a tile's overlay; it is scaled with the tile. */
const overlaySide = 200;

export function homeRoutes(render: RenderPage, catalogue: Catalogue): Router {
  const routes = Router();
  const tiles = exampleSpecIds.map((id) => exampleTile(catalogue, id));
  routes.get('/', (_req, res) =>
    render(res, 'home', {
      title: 'All Img Fit: one photo, every size it has to fit',
      description:
        'Lay one photo out in every size you need, keep what matters in each, and save the exact files. ' +
        'The work is done in your browser; no photo is uploaded.',
      tiles,
      specCount: catalogue.specs.length,
      groupCount: catalogue.groups.length,
    }),
  );
  return routes;
}

function exampleTile(catalogue: Catalogue, id: string) {
  const spec = catalogue.find(id);
  if (spec === null) throw new Error(`The example sheet names ${id}, which the catalogue does not have`);
  return {
    id,
    group: spec.group,
    name: spec.name,
    size: sizeWords(spec.widthPx, spec.heightPx),
    overlay: drawSpec(spec, overlaySide),
  };
}

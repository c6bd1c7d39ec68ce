/** How a photo meets a spec, in the words of the product. */
import { type Background, type Fit, type FitMode, leavesGround } from '../specs/fit.shared.ts';

export const fitNames: Readonly<Record<FitMode, string>> = {
  cover: 'Crop to fill',
  coverOrPad: 'Crop, pad only if the subject would be cut',
  contain: 'Fit with background',
  inside: 'Fit inside',
  stretch: 'Stretch',
};

export const backgroundNames: Readonly<Record<Background['kind'], string>> = {
  colour: 'Colour',
  blur: 'Blurred photo',
  transparent: 'Transparent',
};

/** `Crop to fill`, `Fit with background, blurred photo`, `Fit inside, smaller photos enlarged`: what matters to that mode and no more. */
export function fitWords({ mode, enlarge, background }: Fit): string {
  if (leavesGround(mode)) {
    const behind = background.kind === 'colour' ? background.colour : backgroundNames[background.kind];
    return `${fitNames[mode]}, ${behind.toLowerCase()}`;
  }
  if (mode === 'inside')
    return `${fitNames.inside}, smaller photos ${enlarge ? 'enlarged' : 'keep their size'}`;
  return fitNames[mode];
}

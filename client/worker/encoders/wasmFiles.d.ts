/** The build gives a WebAssembly file a hashed name beside the scripts; what is imported is its url. */
declare module '*.wasm' {
  const url: string;
  export default url;
}

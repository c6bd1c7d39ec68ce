/** A file of a package that the build serves as it is (server/asIs.mjs); what is imported is its url. */
declare module '*.js?url' {
  const url: string;
  export default url;
}

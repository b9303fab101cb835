/** The build puts the file beside the pages and gives its address. */
declare module '*?url' {
  const address: string;
  export { address as default };
}

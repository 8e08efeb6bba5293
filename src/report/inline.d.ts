/** A file as a data URL, put into the built code by Vite. */
declare module '*?inline' {
  const url: string
  export default url
}

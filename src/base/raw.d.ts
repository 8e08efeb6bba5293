/** A file as text, put into the built code by Vite. */
declare module '*?raw' {
  const text: string
  export default text
}

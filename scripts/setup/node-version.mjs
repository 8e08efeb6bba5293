/** Ends with a plain sentence where Node.js is too old for everything else. Imported first, so it uses nothing new itself. */
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`MADE Studio needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

/** Decodes TIFF pictures in a thread of its own: the library follows what a file says of itself, in circles as well. */

/** @returns the first picture, four bytes a pixel */
globalThis.decode = ({ decode, decodeImage, toRGBA8 }, { bytes }) => {
  const [directory] = decode(bytes)
  decodeImage(bytes, directory)
  return toRGBA8(directory)
}

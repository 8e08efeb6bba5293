/** Name of the Electron channel that carries a port to the hidden window. In a file of its own, as a preload must be one file. */
export const ENGINE_PORT_CHANNEL = 'studio:engine-port'

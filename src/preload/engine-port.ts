import { ipcRenderer } from 'electron'
import { ENGINE_PORT_CHANNEL } from '../shared/engine-port'

/** The preload of the hidden window: hands the port on to its page. Nothing of Electron is within the page's reach. */
ipcRenderer.on(ENGINE_PORT_CHANNEL, ({ ports }) => window.postMessage(null, '*', ports))

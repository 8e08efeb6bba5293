import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../shared/channel-names'
import type { StudioBridge, StudioEvent } from '../shared/contract'

/** The one bridge between the window and the rest: typed requests out, events in. */
const bridge: StudioBridge = {
  request: (channel, ...params) => ipcRenderer.invoke(REQUEST_CHANNEL, channel, params[0]),
  onEvent: (listener) => {
    const deliver = (_event: IpcRendererEvent, event: StudioEvent): void => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, deliver)
    return () => ipcRenderer.removeListener(EVENT_CHANNEL, deliver)
  },
  pathOf: (file) => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld('studio', bridge)

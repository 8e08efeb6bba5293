/// <reference types="vite/client" />
import type { StudioBridge } from '../shared/contract'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly studio: StudioBridge
  }
}

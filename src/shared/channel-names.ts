/** Names of the Electron channels that carry the contract. */
export const REQUEST_CHANNEL = 'studio:request'
export const EVENT_CHANNEL = 'studio:event'

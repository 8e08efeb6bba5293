import { config } from 'zod'

// Must be imported before any schema is made: zod otherwise probes for eval, which the content security policy refuses.
config({ jitless: true })

import { z } from 'zod'

/** The name of the file in a pack that says what the pack is. */
export const MANIFEST = 'made-studio-add-on.json'
export const ADD_ON_VERSION = 1
/** TensorFlow with CUDA is the largest that there is: 1.5 GB. */
export const MOST_ADD_ON_BYTES = 4_000_000_000
const MOST_FILES = 100_000

/** What an add-on pack says of itself. */
export const addOnManifestSchema = z.object({
  format: z.literal('made-studio-add-on'),
  version: z.literal(ADD_ON_VERSION),
  addOn: z.literal('tensorflow'),
  /** The version of `@tensorflow/tfjs-node-gpu` in it. */
  packageVersion: z.string().min(1).max(100),
  /** As Node.js names them. */
  platform: z.string(),
  arch: z.string(),
  /** Every other file in it: its name with slashes, and the SHA-256 of its bytes in hex. */
  files: z
    .array(z.object({ name: z.string().min(1).max(1000), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(MOST_FILES),
})
export type AddOnManifest = z.infer<typeof addOnManifestSchema>

/** What the window shows of the add-on pack of TensorFlow. */
export interface AddOnState {
  /** The version that is installed; null if none is. */
  readonly installed: string | null
  /** Whether a pack can be made for this kind of computer. */
  readonly isSupported: boolean
}

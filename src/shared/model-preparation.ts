import { z } from 'zod'
import { StudioError } from '../base/failure'
import { isFields } from '../base/migration'
import { say, type Sentence } from '../words/say'
import {
  codeCount,
  hasBits,
  rowBits,
  type ColumnCoding,
  type LabelCoding,
  type ModelPreparation,
  type RowCoding,
} from '../data/preparation/coding'
import { MOST_DECIMALS } from '../data/preparation/bins'
import { DATE_ORDERS, DATE_UNITS } from '../data/dates'
import { LIMITS } from '../made/spec'
import { binarizationSchema, MISSING_VALUES, preparationSchema, readingChoicesSchema } from './data-source'

/** Version 2 knows variables: bins, and labels that are learnt; it is written only where there are any. */
const VERSIONS = [1, 2] as const

const shapeSchema = preparationSchema.shape.picture
const nameSchema = z.string()
const countSchema = z.number().int().min(0).max(LIMITS.inputs.most)
const omittedSchema = z.array(countSchema).max(LIMITS.inputs.most).readonly()
const gapSchema = z.union([z.enum(['left-out', 'bit', 'nothing', 'unknown']), countSchema])
const valueSchema = z.union([z.number(), z.string()])

const datesSchema = z
  .object({
    unit: z.enum(DATE_UNITS),
    format: z.object({ order: z.enum(DATE_ORDERS), hasTime: z.boolean(), hasSeconds: z.boolean() }),
  })
  .exactOptional()

const columnSchema: z.ZodType<ColumnCoding> = z.discriminatedUnion('kind', [
  z.object({ name: nameSchema, kind: z.literal('unused') }),
  z.object({ name: nameSchema, kind: z.literal('empty'), gap: gapSchema }),
  z.object({ name: nameSchema, kind: z.literal('flag'), gap: gapSchema }),
  z.object({
    name: nameSchema,
    kind: z.literal('categories'),
    values: z.array(valueSchema).min(1).max(LIMITS.inputs.most).readonly(),
    dates: datesSchema,
    gap: gapSchema,
  }),
  z
    .object({
      name: nameSchema,
      kind: z.literal('levels'),
      levels: z.array(z.number()).min(1).max(LIMITS.inputs.most).readonly(),
      means: z.array(z.number()).readonly(),
      dates: datesSchema,
      gap: gapSchema,
    })
    .refine(({ levels, means }) => means.length === levels.length + 1 && areAscending(levels)),
  z
    .object({
      name: nameSchema,
      kind: z.literal('bins'),
      levels: z.array(z.number()).min(1).max(LIMITS.inputs.most).readonly(),
      least: z.number(),
      most: z.number(),
      decimals: z.number().int().min(0).max(MOST_DECIMALS),
      dates: datesSchema,
      gap: gapSchema,
    })
    .refine(({ levels, least, most }) => areAscending(levels) && least <= levels[0] && most > (levels.at(-1) ?? most)),
])

function areAscending(levels: readonly number[]): boolean {
  return levels.every((level, i) => i === 0 || level > levels[i - 1])
}

/** A label as a variable. */
export const labelCodingSchema = z.object({
  name: nameSchema,
  words: z.array(z.string()).min(2).max(LIMITS.inputs.most).readonly(),
  place: countSchema.exactOptional(),
}) satisfies z.ZodType<LabelCoding>
const labelSchema = labelCodingSchema.exactOptional()

const codingSchema: z.ZodType<RowCoding> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('bits'),
    names: z.array(nameSchema).max(LIMITS.inputs.most).readonly(),
    omitted: omittedSchema,
    label: labelSchema,
  }),
  z.object({
    kind: z.literal('grey'),
    width: countSchema,
    omitted: omittedSchema,
    binarization: binarizationSchema,
    label: labelSchema,
  }),
  z.object({
    kind: z.literal('columns'),
    columns: z.array(columnSchema).max(LIMITS.inputs.most).readonly(),
    areVariables: z.literal(true).exactOptional(),
    label: labelSchema,
  }),
])

/** How the inputs of a model were made of its data, as its file says it. */
const modelPreparationSchema: z.ZodType<ModelPreparation> = z.object({
  data: z.object({ name: z.string(), hash: z.string() }),
  coding: codingSchema,
  missing: z.enum(MISSING_VALUES),
  reading: readingChoicesSchema.exactOptional(),
  split: preparationSchema.shape.split.nullable(),
  picture: shapeSchema,
  pictureSize: shapeSchema,
})

/** The text that a model file carries of its preparation. */
export function encodeModelPreparation(preparation: ModelPreparation): string {
  return JSON.stringify({ version: needsVariables(preparation.coding) ? 2 : 1, ...preparation })
}

function needsVariables(coding: RowCoding): boolean {
  if (coding.label !== undefined) return true
  if (coding.kind !== 'columns') return false
  return coding.areVariables === true || coding.columns.some((column) => hasBits(column) && column.gap === 'unknown')
}

/**
 * Reads the text that a model file carries of its preparation.
 * @param inputs D of the model, which must be what the rows become
 * @throws StudioError 'damaged-file', or 'unknown-format' for a text of a later version
 */
export function decodeModelPreparation(text: string, inputs: number): ModelPreparation {
  const value = jsonOf(text)
  if (isFields(value) && 'version' in value && !VERSIONS.some((known) => known === value['version']))
    throw new StudioError(
      'unknown-format',
      say('model.file.preparation.version', {
        version: String(value['version']),
        known: VERSIONS[VERSIONS.length - 1],
      }),
      say('model.file.preparation.version.hint'),
    )
  const parsed = modelPreparationSchema.safeParse(value)
  if (!parsed.success) throw damaged(say('model.file.preparation.unreadable'))
  if (!isSound(parsed.data.coding)) throw damaged(say('model.file.preparation.contradicts'))
  const bits = rowBits(parsed.data.coding)
  if (bits !== inputs) throw damaged(say('model.file.preparation.bits', { bits, inputs }))
  return parsed.data
}

/** Whether what is named by number is there. */
function isSound(coding: RowCoding): boolean {
  const { kind } = coding
  if (kind !== 'columns') {
    const width = kind === 'bits' ? coding.names.length : coding.width
    return coding.omitted.every((number, i) => number < width && (i === 0 || number > coding.omitted[i - 1]))
  }
  return coding.columns.every((column) => {
    if (!hasBits(column)) return true
    return typeof column.gap === 'number' ? column.gap < codeCount(column) : column.gap !== 'nothing'
  })
}

/** Undefined, which no schema accepts, where the text is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(what: Sentence): StudioError {
  return new StudioError('damaged-file', what, say('model.file.damaged.hint'))
}

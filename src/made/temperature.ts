import type { Model } from './model-file'
import { parameterTensors, tensorOf, type ModelSpec } from './spec'

/** Temperatures that a person may choose: below 1 what is likely gets likelier, above 1 everything gets more alike. */
export const TEMPERATURE = { least: 0.3, most: 1.5, own: 1 } as const

/**
 * A model that draws each variable at a temperature: every logit z (docs/mathematics.md, Forward) becomes z / T, by the output's
 * weights and biases, which are all that z is a sum of. Any engine thus draws it as it draws every model, with the same
 * uniforms. Its distribution is another one than the model's unless T is 1.
 * @param temperature T > 0
 */
export function tempered(model: Model, temperature: number): Model {
  if (temperature === TEMPERATURE.own) return model
  const parameters = new Map(model.parameters)
  for (const name of outputTensors(model.spec))
    parameters.set(
      name,
      tensorOf(model.parameters, name).map((weight) => weight / temperature),
    )
  return { ...model, parameters }
}

/** The tensors whose products with what is below them are the logits. */
function outputTensors(spec: ModelSpec): string[] {
  return parameterTensors(spec)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('output.') || name === 'direct.weight')
}

import type { Outcome } from './checks/fault'
import type { Draws } from './draws'
import type { Input } from './input'

/** A way into the program that is given mutated inputs. */
export interface Target {
  readonly name: string
  /** What it is given, in words. */
  readonly what: string
  /** Of a thousand inputs for all targets so many are for this one: slow ones have fewer. */
  readonly share: number
  /** Inputs that are right, or nearly: what others are made of. The same at every call. */
  seeds(): Promise<readonly Input[]>
  /** Another input, made of one or two. */
  change(input: Input, other: Input, draws: Draws): Input
  /**
   * Gives the program an input and judges what comes of it.
   * @param folder makes an empty folder for the target to write into
   * @throws Fault where the answer is not right; what else is thrown is a fault of the program as well
   */
  run(input: Input, folder: () => string): Promise<Outcome>
}

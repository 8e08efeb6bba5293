import type { DataSet } from '../data/data-set'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { Model } from '../made/model-file'
import { labelColumns, variablesFor, type LabelPlace } from '../made/variables'
import type { LabelError, TestResult } from '../shared/run'
import type { RunConfig } from '../shared/run-config'
import { withWeights } from './averaged-weights'
import { unlessStopped } from './control'
import { evaluate, type Evaluation } from './evaluation'
import { testLabel, validateLabel, type LabelledRows } from './label-evaluation'
import { affordablePairs, patternsOf } from './incomplete-rows'
import type { Reporter } from './reporter'
import type { RunConnectivities } from './run-connectivities'

/** Of a test with a label, about so much is the likelihood, which takes a scoring and the label one for each class. */
const SHARE_OF_LIKELIHOOD = { valid: 0.5, test: 0.1 } as const

/** What a model is on the validation rows. */
export interface Validation {
  /** Mean NLL, nats. */
  readonly nll: number
  /** Absent where no label is learnt. */
  readonly label?: LabelError
}

/** Scores the models of a run on its validation and test rows. What `point` throws ends a scoring. */
export class Scores {
  private readonly label: LabelPlace | null
  /** How many patterns of what is known the rows of a part have, once they were counted. */
  private readonly patterns: { valid?: number; test?: number } = {}

  constructor(
    private readonly data: DataSet,
    private readonly config: RunConfig,
    private readonly connectivities: RunConnectivities,
    private readonly reporter: Reporter,
  ) {
    this.label = labelColumns(variablesFor(data))
  }

  /** The validation loss of the model as it is now, and how well it tells the label. */
  async validate(session: Session, point: () => Promise<void>): Promise<Validation> {
    this.reporter.enter('validating')
    const list = await this.connectivities.testList(this.pairs('valid', this.config.validationPairs), point)
    const { nll } = await this.evaluate(session, 'valid', list, point)
    if (!this.label) return { nll }
    const told = this.rowsOf('valid')
    return { nll, label: await validateLabel(session, told, this.label, list, this.labelPart('valid', point)) }
  }

  /**
   * What the best model is on the test rows; the session has the model of before again afterwards, whatever happens. A stop while
   * the label is tested gives that up alone.
   */
  async test(session: Session, { parameters }: Model, point: () => Promise<void>): Promise<TestResult> {
    const latest = await session.readState()
    return withWeights(session, latest, parameters, async () => {
      this.reporter.enter('testing')
      const list = await this.connectivities.testList(this.pairs('test', this.config.testPairs), point)
      const test = await this.evaluate(session, 'test', list, point)
      const label = await unlessStopped(() => this.testLabel(session, list, point))
      return label ? { ...test, label } : test
    })
  }

  private pairs(split: 'valid' | 'test', wanted: number): number {
    const known = this.data.known?.[split]
    return known ? affordablePairs(wanted, (this.patterns[split] ??= patternsOf(known).length), split) : wanted
  }

  private async testLabel(
    session: Session,
    list: readonly Connectivity[],
    point: () => Promise<void>,
  ): Promise<TestResult['label'] | null> {
    if (!this.label) return null
    return testLabel(session, this.rowsOf('test'), this.label, list, this.labelPart('test', point))
  }

  private evaluate(
    session: Session,
    split: 'valid' | 'test',
    list: readonly Connectivity[],
    point: () => Promise<void>,
  ): Promise<Evaluation> {
    const { rows, known } = this.rowsOf(split)
    const between = this.part(0, this.label ? SHARE_OF_LIKELIHOOD[split] : 1, point)
    return evaluate(session, rows, list, between, known)
  }

  private rowsOf(split: 'valid' | 'test'): LabelledRows {
    return { rows: this.data.splits[split], known: this.data.known?.[split] }
  }

  private labelPart(split: 'valid' | 'test', point: () => Promise<void>): (share: number) => Promise<void> {
    return this.part(SHARE_OF_LIKELIHOOD[split], 1, point)
  }

  private part(from: number, to: number, point: () => Promise<void>): (share: number) => Promise<void> {
    return (share) => {
      this.reporter.evaluated(from + (to - from) * share)
      return point()
    }
  }
}

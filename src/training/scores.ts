import type { DataSet } from '../data/data-set'
import type { Session } from '../engine/contract'
import type { RunConfig } from '../shared/run-config'
import { evaluate, evaluateObserved, type Evaluation } from './evaluation'
import type { Reporter } from './reporter'
import type { RunConnectivities } from './run-connectivities'
import type { RunFolder } from '../runs/run-folder'

/** Scores the models of a run on its validation and test rows. What `point` throws ends a scoring. */
export class Scores {
  constructor(
    private readonly folder: RunFolder,
    private readonly data: DataSet,
    private readonly config: RunConfig,
    private readonly connectivities: RunConnectivities,
    private readonly reporter: Reporter,
  ) {}

  /** The validation NLL of the model as it is now, in nats. */
  async validate(session: Session, point: () => Promise<void>): Promise<number> {
    this.reporter.enter('validating')
    return (await this.evaluate(session, 'valid', this.config.validationPairs, point)).nll
  }

  /** The best model's likelihood on the test rows; the session has the model of before again afterwards, whatever happens. */
  async test(session: Session, point: () => Promise<void>): Promise<Evaluation> {
    const { parameters } = await this.folder.readBest()
    const latest = await session.readState()
    await session.writeState({ ...latest, parameters })
    try {
      this.reporter.enter('testing')
      return await this.evaluate(session, 'test', this.config.testPairs, point)
    } finally {
      await session.writeState(latest)
    }
  }

  private async evaluate(
    session: Session,
    split: 'valid' | 'test',
    pairs: number,
    point: () => Promise<void>,
  ): Promise<Evaluation> {
    const list = await this.connectivities.testList(pairs, point)
    const between = (share: number): Promise<void> => {
      this.reporter.evaluated(share)
      return point()
    }
    const { splits, known } = this.data
    return known
      ? evaluateObserved(session, splits[split], known[split], list, between)
      : evaluate(session, splits[split], list, between)
  }
}

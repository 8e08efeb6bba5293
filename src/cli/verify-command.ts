import { resolve } from 'node:path'
import { RunFolder } from '../runs/run-folder'
import { movedData, requireSameData } from '../runs/runs'
import type { ComparedModel, Verification } from '../shared/verification'
import { say, type Sentence } from '../words/say'
import { verifyRun } from '../training/verification'
import { processorUseOf, type EngineOptions } from './engine-options'
import { openData, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { Unfinished } from './unfinished'
import { t } from './words'

/** The options of `made verify` as typed. */
export interface VerifyOptions extends Pick<EngineOptions, 'threads'> {
  readonly data?: string
  readonly json?: true
}

/**
 * `made verify`: trains a run again from its beginning with the kernels that computed it, and compares the parameters of its models,
 * to the last bit. Fails where they differ, or where that cannot be found out here.
 */
export async function verifyCommand(path: string, options: VerifyOptions, signal: AbortSignal): Promise<void> {
  const bar = new PhaseBar('cli.bar.verifying')
  const verification = await verifyRun({
    folder: new RunFolder(resolve(path)),
    data: async (record) => {
      const moved = options.data === undefined ? undefined : resolve(options.data)
      const data = await withReadingBar(signal, (reading) => openData(movedData(record.config.data, moved), reading))
      requireSameData(record, data)
      return data
    },
    use: processorUseOf(options),
    between: async (share) => {
      signal.throwIfAborted()
      bar.show(share)
    },
  }).finally(() => bar.stop())
  report(verification, options.json === true)
}

const MODELS = { best: 'verify.model.best', newest: 'verify.model.newest' } as const satisfies Record<
  ComparedModel,
  string
>

function report(verification: Verification, json: boolean): void {
  if (json) console.log(JSON.stringify(inEnglishWords(verification)))
  else if (verification.kind !== 'impossible')
    for (const { model, hash, found, isSame } of verification.models) {
      const values = { model: t(MODELS[model]), hash, found }
      console.log(isSame ? t('cli.verify.same', values) : t('cli.verify.differs', values))
    }
  switch (verification.kind) {
    case 'same':
      if (!json) console.log(t('verify.same', { build: verification.build }))
      return
    case 'differs':
      throw new Unfinished(say('verify.differs', { build: verification.build }), hintFor(verification.mayBeOther))
    case 'impossible':
      throw new Unfinished(verification.why, say('verify.impossible.hint'))
  }
}

function hintFor(mayBeOther: boolean): Sentence {
  return mayBeOther ? say('verify.differs.plan') : say('verify.differs.hint')
}

function inEnglishWords(verification: Verification): object {
  return verification.kind === 'impossible' ? { ...verification, why: verification.why.english } : verification
}

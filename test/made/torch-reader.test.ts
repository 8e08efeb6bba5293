import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ORACLE_NAMES, readOracle } from '../reference/oracle'
import { rowArrays } from '../reference/random-models'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'oracle')
const PYTHON = process.env['MADE_BENCH_PYTHON'] ?? '/usr/bin/python3'
/** The program as docs/formats.md prints it. */
const READER = /```python\n(.*?)```/s.exec(
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'formats.md'), 'utf8'),
)?.[1]

const CALL = `
import sys
question = json.load(sys.stdin)
print(json.dumps([log_likelihood(path, torch.tensor(rows, dtype=torch.float32)).tolist() for path, rows in question]))
`

const isThere = spawnSync(PYTHON, ['-c', 'import torch']).status === 0

describe.skipIf(!isThere)(
  `the PyTorch reader of docs/formats.md${isThere ? '' : ' — SKIPPED: PyTorch is not installed'}`,
  () => {
    it('scores the models of both versions', { timeout: 120_000 }, async () => {
      const oracles = await Promise.all(ORACLE_NAMES.map((name) => readOracle(name)))
      const question = oracles.map(({ name, rows }) => [
        join(FOLDER, `${name}.safetensors`),
        rowArrays(rows).map((row) => [...row]),
      ])
      const answer = execFileSync(PYTHON, ['-c', `${READER ?? ''}${CALL}`], { input: JSON.stringify(question) })
      const scored = JSON.parse(answer.toString()) as number[][]
      oracles.forEach(({ name, ensemble }, i) =>
        ensemble.forEach((expected, row) => expect(scored[i][row], name).toBeCloseTo(expected, 4)),
      )
    })
  },
)

import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import program from '../engine/tensorflow/probe-program.cjs?raw'

/** The entry of a utility process that tries a TensorFlow: its folder and the time that it has are the arguments. */
const run = compileFunction(program, ['require']) as (require: NodeJS.Require) => void
run(createRequire(import.meta.url))

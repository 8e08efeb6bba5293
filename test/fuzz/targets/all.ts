import type { Target } from '../target'
import { FAULTY_TARGET } from './faulty'
import { FOLDER_TARGET } from './folders'
import { MESSAGE_TARGET } from './messages'
import { MODEL_TARGET } from './models'
import { PREPARATION_TARGET } from './preparation'
import { REQUEST_TARGET } from './requests'
import { RUN_FOLDER_TARGET } from './run-folders'
import { TABLE_TARGETS } from './tables'

/** Every target. */
export const TARGETS: readonly Target[] = [
  ...TABLE_TARGETS,
  FOLDER_TARGET,
  PREPARATION_TARGET,
  MODEL_TARGET,
  RUN_FOLDER_TARGET,
  REQUEST_TARGET,
  MESSAGE_TARGET,
]

/** The target of that name. @throws Error if there is none */
export function targetNamed(name: string): Target {
  const target = [...TARGETS, FAULTY_TARGET].find((one) => one.name === name)
  if (target) return target
  throw new Error(`There is no target "${name}"; there are ${TARGETS.map((one) => one.name).join(', ')}.`)
}

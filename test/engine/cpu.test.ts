import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { engineConformance } from './conformance'

engineConformance('cpu', () => Promise.resolve(new CpuEngine('test processor')))

import type { Channel, Params } from '../../../src/shared/contract'
import type { DataSource } from '../../../src/shared/data-source'
import { NEW_SESSION } from '../../../src/shared/session'
import type { AskedSource, Effort, KnownRow } from '../../../src/shared/questions'
import type { SampleSource } from '../../../src/shared/samples'
import { BUILT_IN_RUNS } from '../../../src/shared/built-in-runs'
import { builtInPath } from '../../../src/data/built-in-names'
import { DEFAULT_OPTIMIZERS } from '../../../src/made/optimizer'
import { BARS, CONFIG, ENDLESS, HOME, PICTURES, TABLE } from './home'

/** A request of the window: a channel of the contract, and what it is given. */
export type Request = { readonly [C in Channel]: { readonly channel: C; readonly params: Params<C> } }[Channel]

const TABLE_SOURCE: DataSource = { kind: 'file', path: TABLE, preparation: null }
const PREPARED_TABLE: DataSource = {
  kind: 'file',
  path: TABLE,
  preparation: {
    valuesAs: 'bits',
    learnsLabel: false,
    omitted: [2],
    categorical: [1],
    label: 3,
    grey: false,
    binarization: { kind: 'threshold', threshold: 128 },
    numberBits: 3,
    ownBits: [{ column: 1, bits: 2 }],
    missing: 'category',
    pictureSize: null,
    picture: null,
    split: {
      keepGiven: true,
      amounts: { kind: 'fractions', valid: 0.2, test: 0.2 },
      order: 'random',
      seed: 3,
    },
  },
  reading: {
    header: true,
    skip: 0,
    separator: ',',
    decimal: '.',
    encoding: 'utf-8',
    missingMarks: ['', '?'],
    comment: '#',
    label: 'class',
    words: ['colour'],
    numbers: ['weight'],
  },
}
const PICTURE_SOURCE: DataSource = { kind: 'file', path: PICTURES, preparation: null }
const MUSHROOMS: DataSource = { kind: 'file', path: builtInPath('mushrooms'), preparation: null }

/** The nine bits of a row of `bars`, the first three of which are known. */
const EVIDENCE: KnownRow = { bits: Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0), known: Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0) } // prettier-ignore
const ROW = Uint8Array.of(1, 1, 1, 0, 0, 0, 1, 1, 1)
const EFFORT: Effort = { draws: 4, accuracy: 0.1, seconds: 0.05, seed: 1 }
const ASKED: AskedSource = { runId: 'bars', model: 'best' }
const FRUIT: AskedSource = { runId: 'fruit', model: 'best' }
const SAMPLED: SampleSource = { ...ASKED, connectivity: 0, seed: 5 }
const FRUIT_SAMPLED: SampleSource = { ...FRUIT, connectivity: 1, seed: 5, label: 1 }
const LABEL_OF_ROWS = { split: 'train', start: 2, count: 7, label: 1 } as const

const GROUP: Params<'group.foresee'> = {
  base: CONFIG,
  vary: { hidden: [[4], [3, 3]], 'optimizer.learningRate': [0.01, 0.1] },
  search: { kind: 'grid' },
  way: { kind: 'whole' },
}

/** Right parameters of every channel, of each kind that it takes. */
export const EXAMPLES: { readonly [C in Channel]: readonly Params<C>[] } = {
  'data.open': [
    { source: BARS },
    { source: TABLE_SOURCE },
    { source: PREPARED_TABLE },
    { source: PICTURE_SOURCE },
    { source: MUSHROOMS },
    {
      source: {
        ...BARS,
        set: { kind: 'noisy-parity', columns: 6, noise: 0.1 },
        rows: { train: 20, valid: 5, test: 5 },
        seed: 7,
      },
    },
    { source: { ...BARS, set: { kind: 'markov-chain', columns: 7, order: 2 } } },
    { source: { ...BARS, set: { kind: 'ising-strip', height: 2, width: 3, coupling: -0.5 } } },
    { source: { kind: 'mnist', binarization: { kind: 'redrawn', seed: 4 }, learnsLabel: true } },
  ],
  'data.current': [undefined],
  'data.rows': [
    { ...LABEL_OF_ROWS, view: 'grey', label: null },
    { ...LABEL_OF_ROWS, view: 'binary' },
  ],
  'data.cells': [{ ...LABEL_OF_ROWS, firstColumn: 1, columns: 2 }],
  'data.histograms': [{ split: 'valid', firstColumn: 0, columns: 4, label: null }],
  'data.encodings': [undefined],
  'data.cancelOpening': [undefined],
  'data.fitMixture': [{ components: 3, seed: 2 }],
  'data.cancelFit': [undefined],
  'data.choose': [{ what: 'folder' }],

  'run.start': [
    { name: 'another', config: CONFIG },
    { name: 'endless', config: ENDLESS },
    {
      name: 'ünlike others',
      config: {
        ...CONFIG,
        hidden: [5, 4],
        activation: 'tanh',
        directConnections: true,
        conditioningWeights: true,
        orderings: 3,
        masks: -1,
        singleOrdering: 'random',
        optimizer: DEFAULT_OPTIMIZERS.sgd,
        learningRateSchedule: 'cosine',
        averagedEpochs: 2,
        outputBiases: 'frequencies',
        l2: 0.01,
        seed: 9,
        engine: 'auto',
      },
    },
    { name: 'of a table', config: { ...CONFIG, data: PREPARED_TABLE, optimizer: DEFAULT_OPTIMIZERS.adagrad } },
    { name: 'of pictures', config: { ...CONFIG, data: PICTURE_SOURCE, optimizer: DEFAULT_OPTIMIZERS.adadelta } },
  ],
  'run.continue': [
    { runId: 'half' },
    { runId: 'bars', epochs: 4, engine: 'auto' },
    { runId: 'fruit', epochs: 100_000, dataPath: TABLE },
  ],
  'run.estimate': [{ config: { ...CONFIG, engine: 'cpu' } }],
  'run.memory': [undefined],
  'run.pause': [{ runId: 'half' }],
  'run.resume': [{ runId: 'half' }],
  'run.stop': [{ runId: 'half' }],
  'run.leave': [{ runId: 'half' }],
  'run.state': [{ runId: null }, { runId: 'half' }],
  'queue.state': [undefined],
  'queue.begin': [undefined],
  'queue.add': [
    { name: 'waits', config: CONFIG },
    { name: 'waits for ever', config: ENDLESS },
  ],
  'queue.longer': [{ runId: 'half', epochs: 40, engine: 'cpu' }],
  'queue.move': [{ runId: 'half', place: 1 }],
  'queue.remove': [{ runId: 'half' }],
  'queue.restore': [{ runId: 'half', place: 0 }],
  'queue.pause': [undefined],
  'queue.goOn': [undefined],
  'group.foresee': [GROUP, { ...GROUP, way: { kind: 'halving', minutes: 0.05 } }],
  'group.add': [
    { ...GROUP, name: 'several' },
    {
      ...GROUP,
      name: 'halved',
      search: { kind: 'random', count: 3, seed: 2 },
      way: { kind: 'halving', minutes: 0.05 },
    },
  ],
  'group.result': [{ groupId: 'half' }],
  'run.history': [{ runId: 'bars' }],
  'run.curve': [{ runId: 'bars' }, { runId: 'half' }],
  'run.epochSamples': [
    { runId: 'bars', epoch: 1 },
    { runId: 'fruit', epoch: 2 },
  ],

  'runs.list': [undefined],
  'runs.summary': [{ runId: 'fruit' }, { runId: BUILT_IN_RUNS.mushrooms }],
  'runs.rename': [{ runId: 'fruit', name: 'with another name' }],
  'runs.remark': [
    { runId: 'fruit', isStarred: true },
    { runId: 'half', note: 'looks good\nso far' },
    { runId: 'bars', isStarred: false, note: '' },
  ],
  'runs.delete': [{ runId: 'bars' }],
  'runs.bin': [undefined],
  'runs.restore': [{ binId: 'old' }],
  'runs.emptyBin': [undefined],
  'runs.fill': [
    { runId: 'fruit', seed: 1, way: 'draw', times: null },
    { runId: 'fruit', seed: 2, way: 'likeliest', times: 2 },
  ],
  'runs.cancelFill': [undefined],
  'runs.reveal': [{ runId: 'half' }],
  'runs.take': [{ path: TABLE }, { path: `${HOME}/runs/bars` }, { path: `${HOME}/runs/fruit/best.safetensors` }],
  'runs.resumable': [undefined],

  'samples.draw': [
    { source: SAMPLED, first: 0, count: 5 },
    { source: FRUIT_SAMPLED, first: 100, count: 3 },
    { source: { ...SAMPLED, runId: 'half', model: 'latest' }, first: 0, count: 2 },
  ],
  'samples.histograms': [{ source: FRUIT_SAMPLED }],
  'samples.birth': [
    { source: SAMPLED, index: 3 },
    { source: FRUIT_SAMPLED, index: 0 },
  ],
  'samples.foreseen': [
    { source: SAMPLED, index: 3 },
    { source: { ...FRUIT_SAMPLED, temperature: 0.7 }, index: 0 },
  ],
  'samples.keepBirth': [{ kind: 'gif', bytes: new Uint8Array(16) }],
  'samples.export': [
    { source: SAMPLED, count: 20, format: 'png' },
    { source: SAMPLED, count: 20, format: 'npy' },
    { source: FRUIT_SAMPLED, count: 20, format: 'csv' },
  ],

  'ask.subject': [{ source: ASKED }, { source: FRUIT }, { source: { runId: BUILT_IN_RUNS.mushrooms, model: 'best' } }],
  'ask.answer': [{ source: ASKED, question: 1, evidence: EVIDENCE, effort: EFFORT }],
  'ask.given': [{ source: FRUIT, texts: ['colour=red', 'weight>11', 'ripe=1', 'class=pear'] }],
  'ask.likeliest': [{ source: ASKED, evidence: EVIDENCE }],
  'ask.surprise': [{ source: ASKED, row: EVIDENCE }],
  'ask.standing': [{ source: ASKED, row: ROW }],
  'ask.rated': [
    { source: ASKED, count: 3 },
    { source: FRUIT, count: 2 },
  ],
  'ask.count': [{ source: ASKED, evidence: EVIDENCE }],
  'ask.nearest': [{ source: ASKED, row: ROW, count: 3 }],
  'ask.memorisation': [{ source: ASKED, samples: 10 }],
  'ask.export': [
    {
      kind: 'csv',
      rows: [
        ['column', 'chance'],
        ['red', 0.5],
      ],
    },
    { kind: 'png', image: Uint8Array.of(137, 80, 78, 71) },
    { kind: 'svg', drawing: '<svg/>' },
  ],
  'ask.sample': [{ source: ASKED, number: 7, seed: 5, connectivity: 0 }],
  'ask.row': [
    { source: ASKED, number: 2 },
    { source: FRUIT, number: null },
  ],

  'compare.losses': [
    { runId: 'bars', of: 'whole' },
    { runId: 'fruit', of: 'unlabelled' },
  ],
  'compare.cancel': [undefined],

  'runs.verify': [{ runId: 'bars' }, { runId: 'fruit' }],
  'runs.cancelVerify': [undefined],
  'parcel.save': [{ runId: 'bars' }, { runId: 'fruit' }],
  'report.save': [{ runIds: ['bars'] }, { runIds: ['bars', 'fruit'] }],

  'addOn.state': [undefined],
  'addOn.choose': [undefined],
  'addOn.remove': [undefined],
  'engines.list': [undefined],
  'settings.get': [undefined],
  'settings.set': [{ language: 'ko', theme: 'dark', engine: 'cpu' }],
  'settings.chooseRunsFolder': [undefined],
  'settings.useFormerFolder': [{ path: `${HOME}/elsewhere` }],
  'runs.elsewhere': [undefined],
  'session.get': [undefined],
  'session.keep': [
    {
      ...NEW_SESSION,
      view: 'ask',
      data: PREPARED_TABLE,
      scroll: { data: 12, runs: 0.5 },
      asked: {
        runId: 'bars',
        text: '11....io.',
        hiding: { region: 'left', share: 0.5, seed: 3 },
        past: [{ text: '1........', hiding: null }],
        future: [],
        typed: 'ripe=1',
      },
      recent: [PREPARED_TABLE],
    },
    {
      draft: {
        name: 'drafted',
        hidden: ['500', ''],
        orderingMode: 'list',
        singleOrdering: 'natural',
        maskMode: 'one',
        activation: 'relu',
        directConnections: false,
        conditioningWeights: true,
        initialisation: 'uniform',
        outputBiases: 'frequencies',
        optimizer: 'adam',
        learningRateSchedule: 'constant',
        optimizerNumbers: { sgd: {}, adagrad: {}, adadelta: {}, adam: { learningRate: '0.001' } },
        numbers: {
          orderings: '4',
          masks: '1',
          l2: '0',
          batchSize: '100',
          epochs: '60',
          lookAhead: '30',
          averagedEpochs: '1',
          seed: '1',
          validationPairs: '300',
          testPairs: '1000',
        },
        engine: 'auto',
      },
    },
  ],
  'app.menu': [{ abilities: ['undo', 'reveal-run'] }],
  'app.project': [{ on: true }],
  'app.info': [undefined],
  'app.openedWith': [undefined],
  'app.licences': [undefined],
  'app.computeState': [undefined],
  'app.restartCompute': [undefined],
}

/** Every example as a request, in the order of the contract. */
export function exampleRequests(): Request[] {
  return (Object.keys(EXAMPLES) as Channel[]).flatMap((channel) =>
    EXAMPLES[channel].map((params) => ({ channel, params }) as Request),
  )
}

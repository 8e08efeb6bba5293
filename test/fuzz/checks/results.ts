import { SPLITS } from '../../../src/data/split'
import { ENGINES } from '../../../src/made/engines'
import type { FillingSummary, Channel, DataSummary, Params, Result } from '../../../src/shared/contract'
import type { Failure } from '../../../src/base/failure'
import { isRunId } from '../../../src/shared/run-id'
import type { RunSummary } from '../../../src/shared/run'
import type { QueueState } from '../../../src/shared/run-queue'
import type { KnownRow } from '../../../src/shared/questions'
import type { SamplePage } from '../../../src/shared/samples'
import type { ColumnHistogram } from '../../../src/shared/table-view'
import { checkHistory } from '../targets/run-folders'
import { checkFailure, require } from './fault'

type Check<C extends Channel> = (result: Result<C>, params: Params<C>) => void

/** What main answers by itself is not answered here; where it asks the compute process, what that answers is looked at. */
const ANSWERED_ELSEWHERE = (): void => undefined

/** Checks of the results that a window waits for: sizes, ranges, and what belongs together. */
const CHECKS: { readonly [C in Channel]: Check<C> } = {
  'data.open': checkDataSummary,
  'data.current': (data) => data && checkDataSummary(data),
  'data.rows': ({ start, columns, values, rows, labels }, { start: asked, count }) => {
    require(start === asked && rows.length <= count, `${rows.length} rows from ${start} on for ${count} from ${asked}`)
    require(values.length === rows.length * columns, `${values.length} values of ${rows.length}×${columns}`)
    require(rows.every((row, i) => i === 0 || row > rows[i - 1]), 'rows are not in order')
    require(labels === null || labels.length === rows.length, 'there are not as many labels as rows')
  },
  'data.cells': ({ columns, rows, cells }, { count, columns: most }) => {
    require(rows.length <= count && columns >= 0 && columns <= most, `${rows.length}×${columns} cells are too many`)
    require(cells.length === rows.length * columns, `${cells.length} cells of ${rows.length}×${columns}`)
    require(cells.every((cell) => cell === null || typeof cell === 'string'), 'a cell is no text')
  },
  'data.histograms': (histograms, { columns }) => {
    require(histograms.length <= columns, `${histograms.length} histograms of ${columns} columns`)
    histograms.forEach(checkHistogram)
  },
  'data.encodings': (encodings) =>
    encodings.forEach(({ name, lines }) =>
      require(name !== '' && lines.every((line) => typeof line === 'string'), 'an encoding shows no lines'),
    ),
  'data.cancelOpening': nothing,
  'data.fitMixture': ({ components, nll }, asked) => {
    require(components === asked.components, 'a mixture has other components')
    for (const split of SPLITS) requireFinite(nll[split], `the NLL of a mixture on ${split}`)
  },
  'data.cancelFit': nothing,
  'data.choose': ANSWERED_ELSEWHERE,

  'run.start': ({ runId }) => requireRunId(runId),
  'run.continue': ({ runId }, asked) => require(runId === asked.runId, 'another run goes on'),
  'run.estimate': ({ engine, seconds, secondsPerEpoch }) => {
    require(engine in ENGINES, `an estimate is for ${engine}`)
    for (const time of [seconds, secondsPerEpoch]) require(Number.isFinite(time) && time > 0, `a run takes ${time} s`)
  },
  'run.memory': (bytes) => require(Number.isSafeInteger(bytes) && bytes > 0, `there are ${bytes} bytes of memory`),
  'run.pause': nothing,
  'run.resume': nothing,
  'run.stop': nothing,
  'run.leave': nothing,
  'run.state': (state, { runId }) => {
    if (state.kind === 'idle') return
    require(runId === null || state.runId === runId, 'the state of another run is told')
    require(typeof state.name === 'string', 'a run has no name')
    if (state.runId !== null) requireRunId(state.runId)
  },
  'queue.state': checkQueue,
  'queue.begin': checkQueue,
  'queue.add': ({ runId }) => requireRunId(runId),
  'queue.longer': checkQueue,
  'queue.move': checkQueue,
  'queue.remove': (queue, { runId }) => {
    checkQueue(queue)
    require(!queue.runs.includes(runId), 'what was taken out of the queue is in it')
  },
  'queue.restore': checkQueue,
  'queue.pause': checkQueue,
  'queue.goOn': (queue) => {
    checkQueue(queue)
    require(!queue.isPaused, 'what goes on is paused')
  },
  'group.foresee': ({ runs, seconds, bytes }) => {
    require(Number.isSafeInteger(runs) && runs > 1, `a group has ${runs} runs`)
    require(seconds === null || (Number.isFinite(seconds) && seconds > 0), `a group takes ${seconds} s`)
    require(Number.isFinite(bytes) && bytes > 0, `a group takes ${bytes} bytes`)
  },
  'group.add': ({ groupId }) => requireRunId(groupId),
  'group.result': ({ id, runs, best }, { groupId }) => {
    require(id === groupId, 'the result is of another group')
    require(best === null ? runs.length === 0 : runs[0] === best.runId, 'the best run is not the first')
  },
  'run.history': checkHistory,
  'run.curve': ({ epoch, update, seconds, validNll }) => {
    const lengths = [update, seconds, validNll].map(({ length }) => length)
    require(lengths.every(
      (length) => length === epoch.length,
    ), `a curve of ${epoch.length} epochs has ${lengths.join(', ')}`)
    for (const places of [epoch, update, seconds])
      require(places.every((place, i) => i === 0 || place >= places[i - 1]), 'a curve goes back')
  },
  'run.epochSamples': checkPage,

  'runs.list': (runs) => {
    runs.forEach(checkSummary)
    require(new Set(runs.map(({ id }) => id)).size === runs.length, 'a run is listed twice')
  },
  'runs.summary': (run, { runId }) => {
    checkSummary(run)
    require(run.id === runId, 'another run is told of')
  },
  'runs.rename': (run, { runId, name }) => {
    checkSummary(run)
    require(run.id === runId &&
      run.name === name, `a run called ${JSON.stringify(name)} is ${JSON.stringify(run.name)}`)
  },
  'runs.remark': (run, { runId, isStarred = run.isStarred, note = run.note }) => {
    checkSummary(run)
    require(run.id === runId && run.isStarred === isStarred && run.note === note, 'a run is remarked on otherwise')
  },
  'runs.delete': ({ binId }) => requireRunId(binId),
  'runs.bin': (runs) => runs.forEach(checkSummary),
  'runs.restore': checkSummary,
  'runs.emptyBin': ANSWERED_ELSEWHERE,
  'runs.fill': (summary) => summary && checkFilling(summary),
  'runs.cancelFill': nothing,
  'runs.reveal': ANSWERED_ELSEWHERE,
  'runs.take': (taken) => (taken.kind === 'run' ? requireRunId(taken.runId) : require(taken.kind === 'data', 'what was taken is neither')), // prettier-ignore
  'runs.resumable': (offer) => offer && requireRunId(offer.runId),

  'samples.draw': (page, { first, count }) => {
    checkPage(page)
    require(page.first === first && page.logLikelihoods.length === count, `${page.logLikelihoods.length} samples from ${page.first} on for ${count} from ${first}`) // prettier-ignore
    require(page.logLikelihoods.every((log) => log <= 1e-6), 'a sample is likelier than certain')
    require(new Set(page.order).size === page.columns, 'the inputs are not each drawn once')
  },
  'samples.histograms': (histograms) => histograms.forEach(checkHistogram),
  'samples.birth': ({ columns, order, begins, bits, probabilities, logLikelihood, logProbabilities, posterior }) => {
    require(order.length === columns && bits.length === columns && probabilities.length === columns, 'a sample has not as many inputs as the model') // prettier-ignore
    require(new Set(order).size === columns, 'the inputs of a sample are not each drawn once')
    require(begins.length === logProbabilities.length + 1 && begins.at(-1) === columns, 'variables do not end with the inputs') // prettier-ignore
    require(logLikelihood <= 1e-6, `a sample has the log-likelihood ${logLikelihood}`)
    if (posterior) requireChances(posterior, 'p(label | rest)')
  },
  'samples.foreseen': ({ steps, probabilities }) => {
    require(steps[0] === 0 && steps.every((step, i) => i === 0 || step > steps[i - 1]), 'moments do not rise from 0')
    require(probabilities.length > 0 && probabilities.length % steps.length === 0, 'not every moment has all inputs')
  },
  'samples.keepBirth': ANSWERED_ELSEWHERE,
  'samples.export': ANSWERED_ELSEWHERE,

  'ask.subject': ({ columns, named, label }) => {
    require(Number.isSafeInteger(columns) && columns > 0, `a model has ${columns} columns`)
    require(named === null || named.length > 0, 'a model has no variables')
    if (label) require(label.words.length === label.end - label.first, 'a label has other words than columns')
  },
  'ask.answer': ({ evidence, marginals, standardErrors, draws, logChances }, asked) => {
    const columns = asked.evidence.bits.length
    require(evidence.logProbability <= 1e-6, `log p(evidence) is ${evidence.logProbability}`)
    require(marginals.length === columns && standardErrors.length === columns, 'not every column has a chance')
    requireChances(marginals, 'p(column | evidence)')
    require(draws.length % columns === 0 && draws.length <= asked.effort.draws * columns, `${draws.length} bits of ${asked.effort.draws} draws`) // prettier-ignore
    if (logChances) require(logChances.length === draws.length / columns, 'not every draw has a chance')
  },
  'ask.given': checkRow,
  'ask.likeliest': ({ bits, logProbability, logJoint }, { evidence }) => {
    require(bits.length === evidence.bits.length, 'the likeliest row has other columns')
    require(logProbability <= 1e-6 && logJoint <= 1e-6, 'the likeliest row is likelier than certain')
  },
  'ask.surprise': ({ bits, terms, nats }, { row }) => {
    require(bits.length === row.bits.length, 'the row has other columns')
    requireFinite(nats, 'the surprise of a row')
    require(terms.every(Number.isFinite), 'the surprise of a variable is no number')
  },
  'ask.standing': ({ rows, lessSurprising }) => require(lessSurprising >= 0 && lessSurprising <= rows, `${lessSurprising} of ${rows} rows`), // prettier-ignore
  'ask.rated': ({ rows, least, most }, { count }) => {
    require(least.length <= Math.min(rows, count) && most.length <= Math.min(rows, count), 'there are too many rows')
    for (const { nats } of [...least, ...most]) requireFinite(nats, 'the surprise of a test row')
  },
  'ask.count': ({ count, rows }) => require(count >= 0 && count <= rows, `${count} of ${rows} rows`),
  'ask.nearest': (near, { row, count }) => {
    require(near.length <= count, `${near.length} rows are the ${count} nearest`)
    require(near.every(({ bits }) => bits.length === row.length), 'a near row has other columns')
    require(near.every(({ distance }, i) => i === 0 || distance >= near[i - 1].distance), 'near rows are not in order')
  },
  'ask.memorisation': ({ share, interval: [least, most] }) => require(least <= share && share <= most && least >= 0 && most <= 1, `a share of ${share} in ${least}..${most}`), // prettier-ignore
  'ask.export': ANSWERED_ELSEWHERE,
  'ask.sample': ({ bits }) => requireBits(bits),
  'ask.row': ({ number, row }, asked) => {
    checkRow(row)
    require(asked.number === null || number === asked.number, `row ${number} for ${asked.number}`)
  },

  'compare.losses': ({ nats, dataHash }) => {
    require(nats.length > 0 && nats.every((loss) => loss >= -1e-6), 'a test row is likelier than certain')
    require(dataHash !== '', 'the rows are of unknown data')
  },
  'compare.cancel': nothing,

  'report.save': ANSWERED_ELSEWHERE,
  'runs.verify': (verification) => {
    if (verification.kind === 'impossible') return
    require(verification.models.length > 0, 'no model was compared')
    for (const { hash, found, isSame } of verification.models)
      require(isSame === (hash === found), 'what is the same is told to differ')
  },
  'runs.cancelVerify': nothing,
  'parcel.save': (written) =>
    written && require(typeof written.hasRows === 'boolean', 'it is not said what is in a parcel'),

  'addOn.state': (state) => require(state.installed === null, 'an add-on is installed'),
  'addOn.choose': ANSWERED_ELSEWHERE,
  'addOn.remove': (state) => require(state.installed === null, 'an add-on is installed'),
  'engines.list': (engines) =>
    engines.forEach(({ id, available, device, reason }) => {
      require(id in ENGINES, `an engine is called ${id}`)
      require(available ? device !== null && reason === null : reason !== null, `it is not said why ${id} is not there`)
    }),
  'settings.get': ANSWERED_ELSEWHERE,
  'settings.set': ANSWERED_ELSEWHERE,
  'settings.chooseRunsFolder': ANSWERED_ELSEWHERE,
  'settings.useFormerFolder': ANSWERED_ELSEWHERE,
  'runs.elsewhere': (folders) => require(folders.every(({ runs }) => runs > 0), 'a folder without runs is offered'),
  'session.get': ANSWERED_ELSEWHERE,
  'session.keep': ANSWERED_ELSEWHERE,
  'app.menu': ANSWERED_ELSEWHERE,
  'app.project': ANSWERED_ELSEWHERE,
  'app.info': ANSWERED_ELSEWHERE,
  'app.openedWith': ANSWERED_ELSEWHERE,
  'app.licences': ANSWERED_ELSEWHERE,
  'app.computeState': ANSWERED_ELSEWHERE,
  'app.restartCompute': ANSWERED_ELSEWHERE,
}

/** Checks the result of a request, and every failure that is told in it. @param params as they were validated @throws Fault */
export function checkResult(channel: Channel, result: unknown, params: unknown): void {
  const check = CHECKS[channel] as (result: unknown, params: unknown) => void
  check(result, params)
  checkFailuresIn(result)
}

/** Checks every failure that is told anywhere in a value. @throws Fault */
export function checkFailuresIn(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  if (isFailure(value)) checkFailure(value)
  else for (const one of Object.values(value)) checkFailuresIn(one)
}

function isFailure(value: object): value is Failure {
  return 'code' in value && 'message' in value && 'hint' in value
}

function nothing(result: unknown): void {
  require(result === undefined, 'something is answered where nothing is promised')
}

function checkDataSummary({
  columns,
  splits,
  columnMeans,
  columnNames,
  references,
  hash,
  tooFew,
  labels,
  greyHistogram,
  shownColumns,
  picture,
}: DataSummary): void {
  // prettier-ignore
  require(/^[0-9a-f]{64}$/.test(hash), `the hash of data is ${hash}`)
  for (const split of SPLITS) {
    const { rows, shareOfOnes } = splits[split]
    require(Number.isSafeInteger(rows) && rows > 0, `the part ${split} has ${rows} rows`)
    require(shareOfOnes >= 0 && shareOfOnes <= 1, `of the bits of ${split} ${shareOfOnes} are ones`)
    if (labels) require(labels.counts[split].length === labels.words.length, 'not every class is counted')
  }
  require(columnMeans.length === columns, `${columnMeans.length} of ${columns} columns have a mean`)
  requireChances(columnMeans, 'the mean of a column')
  require(columnNames.length === 0 || columnNames.length === columns, 'not every column has a name')
  require(greyHistogram === null || greyHistogram.length === 256, 'there are not 256 greys')
  require(shownColumns === null || shownColumns.length > 0, 'a table without columns is shown')
  if (tooFew) return
  requireFinite(references.independent, 'the NLL of independent bits')
  if (picture) require(picture.width * picture.height <= columns, 'a picture has more pixels than there are columns')
}

function checkSummary({ id, name, columns, createdAt, epoch, status, failure }: RunSummary): void {
  requireRunId(id)
  require(typeof name === 'string' && name !== '', 'a run has no name')
  require([columns, createdAt, epoch].every(Number.isFinite), 'a figure of a run is no number')
  require(status !== 'damaged', `a run is damaged: ${failure?.message.english}`)
}

function checkQueue({ runs, isPaused, done }: QueueState): void {
  runs.forEach(requireRunId)
  require(new Set(runs).size === runs.length, 'a run is in the queue twice')
  require(runs.length > 0 || !isPaused, 'a queue of nothing is paused')
  require(Number.isSafeInteger(done) && done >= 0, `${done} runs are done`)
}

function checkPage({ columns, picture, bits, probabilities, labels, table }: SamplePage): void {
  const rows = bits.length / columns
  require(Number.isSafeInteger(rows), `${bits.length} bits are no rows of ${columns}`)
  require(probabilities.length === bits.length, 'not every bit has a probability')
  requireBits(bits)
  if (picture) require(picture.width * picture.height === columns, 'the pixels of a picture are not its columns')
  if (labels)
    require(labels.length === rows && labels.every((label) => typeof label === 'string'), 'a row has no label')
  if (table) require(table.cells.length === rows * table.columns.length, 'not every cell of the table is there')
}

function checkHistogram({ bars, others, missing, rows, cuts }: ColumnHistogram): void {
  const sum = bars.reduce((all, bar) => all + bar.rows, others + missing)
  require(sum === rows, `the bars of a histogram have ${sum} of ${rows} rows`)
  require(cuts.every((cut) => cut >= 0 && cut <= 1), 'a cut lies outside of its histogram')
}

function checkRow({ bits, known }: KnownRow): void {
  require(bits.length > 0 && bits.length === known.length, 'what is known of a row is not as wide as it')
  requireBits(bits)
  requireBits(known)
}

function checkFilling({ filled, rows, left, columns }: FillingSummary): void {
  require([filled, rows, left].every((count) => Number.isSafeInteger(count) && count >= 0), 'what was filled in is not counted') // prettier-ignore
  require(columns.reduce((sum, column) => sum + column.filled, 0) === filled, 'the columns were filled in otherwise')
}

function requireRunId(id: unknown): void {
  require(typeof id === 'string' && isRunId(id), `a run is known as ${JSON.stringify(id)}`)
}

function requireFinite(value: number, what: string): void {
  require(Number.isFinite(value), `${what} is ${value}`)
}

function requireChances(values: Float32Array | Float64Array, what: string): void {
  require(values.every((value) => value >= -1e-6 && value <= 1 + 1e-6), `${what} is no chance: ${values.find((value) => !(value >= 0 && value <= 1))}`) // prettier-ignore
}

function requireBits(bits: Uint8Array): void {
  require(bits.every((bit) => bit === 0 || bit === 1), 'a bit is neither 0 nor 1')
}

import { finiteJson } from '../base/json'
import { ENGINES } from '../made/engines'
import { builtInTable } from '../shared/data-source'
import { figuresFor } from '../shared/figures'
import { settingWordsFor } from '../shared/setting-words'
import type { Reader } from '../words/reader'
import { preparationWords } from './data-words'
import { Markup, markup } from './markup'
import style from './page.css?raw'
import { chartOf, largeFigures, secondsOf, tablesOf, verdictOf, type ReportFacts } from './report'
import type { ReportedRun, ReportedSamples } from './reported-run'
import { svgOf } from './svg'
import { withoutFolders } from './shared-record'
import { htmlOf, type ReportTable } from './tables'
import { trainCommand } from './train-arguments'

/** Nothing is loaded and nothing runs: styles and pictures stand in the page itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * A report as one page that needs nothing else: no program, no request. The same facts give the same page.
 * @param reader whose language it is in
 */
export function reportPage(facts: ReportFacts, reader: Reader): string {
  const { t } = reader
  const [run] = facts.runs
  const isCompared = facts.runs.length > 1
  const title = isCompared ? t('report.title.compared', { runs: facts.runs.length }) : run.summary.name
  const body = isCompared ? comparedBody(facts, reader) : runBody(facts, reader)
  return `<!doctype html>\n${
    markup`<html lang="${reader.language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="MADE Studio ${facts.version}">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<p class="kind">MADE Studio · ${t(isCompared ? 'report.kind.compared' : 'report.kind')}</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
  }`
}

function runBody(facts: ReportFacts, reader: Reader): Markup[] {
  const { t } = reader
  const [run] = facts.runs
  const verdict = verdictOf(run, [], reader)
  const [{ table: results }, { table: settings }] = tablesOf(facts, reader)
  const { test } = run.summary
  return [
    ...(verdict ? [markup`<p class="verdict ${verdict.tone}">${verdict.words}</p>`] : []),
    ...(run.record.status === 'finished' ? [] : [markup`<p class="note">${t('report.unfinished')}</p>`]),
    markup`<dl class="figures">${largeFigures(run, reader).map(([name, digits, unit]) => markup`<div><dt>${name}</dt><dd>${digits}</dd><dd>${unit}</dd></div>`)}</dl>`,
    section(t('report.curves'), [markup`<figure>${svgOf(chartOf(facts, reader))}</figure>`]),
    section(t('report.results'), [
      htmlOf(results),
      note(test ? t('report.results.text', { rows: test.rows, connectivities: test.connectivities }) : t('report.results.none')), // prettier-ignore
    ]),
    ...samplesSection([run], reader),
    section(t('report.data'), dataOf(run, reader)),
    section(t('report.settings'), [htmlOf(settings)]),
    section(t('report.computed'), [htmlOf(computedTable(run, facts.version, reader))]),
    section(t('report.again'), againOf(run, reader)),
  ]
}

function comparedBody(facts: ReportFacts, reader: Reader): Markup[] {
  const { t } = reader
  const { runs, paired, version } = facts
  const [{ table: results }, { table: settings }] = tablesOf(facts, reader)
  const verdicts = runs.flatMap((run) => {
    const verdict = verdictOf(
      run,
      runs.filter((other) => other !== run),
      reader,
    )
    return verdict ? [markup`<p><strong>${run.summary.name}</strong> – ${verdict.words}</p>`] : []
  })
  return [
    ...verdicts,
    section(t('report.curves'), [markup`<figure>${svgOf(chartOf(facts, reader))}</figure>`]),
    section(t('report.results'), [
      htmlOf(results),
      note(t('report.results.compared.text')),
      ...(paired ? [note(t('report.results.difference.text'))] : []),
    ]),
    section(t('report.settings'), [htmlOf(settings)]),
    ...samplesSection(runs, reader),
    section(t('report.data'), runs.flatMap((run, i) => (isOfOtherData(runs, i) ? [named(run), ...dataOf(run, reader)] : []))), // prettier-ignore
    section(
      t('report.computed'),
      runs.flatMap((run) => [named(run), htmlOf(computedTable(run, version, reader))]),
    ),
    section(
      t('report.again'),
      runs.flatMap((run) => [named(run), ...againOf(run, reader)]),
    ),
  ]
}

/** Whether no run before this one has the same rows. */
function isOfOtherData(runs: readonly ReportedRun[], i: number): boolean {
  const { dataHash } = runs[i].summary
  return !runs.slice(0, i).some(({ summary }) => summary.dataHash === dataHash)
}

function section(title: string, parts: readonly Markup[]): Markup {
  return markup`<section><h2>${title}</h2>${parts}</section>\n`
}

function named({ summary }: ReportedRun): Markup {
  return markup`<h3>${summary.name}</h3>`
}

function note(words: string): Markup {
  return markup`<p class="note">${words}</p>`
}

function samplesSection(runs: readonly ReportedRun[], reader: Reader): Markup[] {
  const { t } = reader
  const parts = runs.flatMap((run) => {
    const { samples, record } = run
    if (!samples) return []
    const text = t('report.samples.text', { epoch: samples.epoch, seed: String(record.config.seed) })
    return [...(runs.length > 1 ? [named(run)] : []), ...samplesOf(samples, reader), note(text)]
  })
  return parts.length > 0 ? [section(t('report.samples'), parts)] : []
}

function samplesOf(samples: ReportedSamples, { t }: Reader): Markup[] {
  switch (samples.kind) {
    case 'sheet': {
      const address = `data:image/png;base64,${Buffer.from(samples.png).toString('base64')}`
      return [markup`<img class="sheet" src="${address}" alt="${t('report.samples.alt')}">`]
    }
    case 'table': {
      const head = [t('report.samples.number'), ...samples.columns]
      const rows = samples.rows.map((row, i) => [String(i + 1), ...row])
      const table = htmlOf({ title: t('report.samples'), head, rows, numbers: [] })
      return samples.others > 0 ? [table, note(t('report.samples.others', { columns: samples.others }))] : [table]
    }
  }
}

function dataOf(run: ReportedRun, reader: Reader): Markup[] {
  const { t } = reader
  const { formatWhole } = figuresFor(reader)
  const { summary, record } = run
  const { rows, hash } = record.data
  const parts = [
    [t('report.data.train'), formatWhole(rows.train)],
    [t('report.data.valid'), formatWhole(rows.valid)],
    [t('report.data.test'), formatWhole(rows.test)],
  ]
  const head = [t('report.data.part'), t('report.data.rows')]
  return [
    markup`<p><strong>${settingWordsFor(reader).dataWords(summary)}</strong></p>`,
    markup`<p>${preparationWords(run, reader).join(' ')}</p>`,
    htmlOf({ title: t('report.data'), head, rows: parts, numbers: [1] }),
    ...(hash === '' ? [] : [markup`<p class="note">${t('report.data.hash')}: <code>${hash}</code></p>`]),
  ]
}

function computedTable({ record, history, stretches }: ReportedRun, version: string, reader: Reader): ReportTable {
  const { t, tell } = reader
  const { formatWhole, formatDuration } = figuresFor(reader)
  const { engine, createdAt, changedAt } = record
  const unknown = t('report.computed.unknown')
  const by = stretches.map(({ update, engine: id, build, device }) =>
    t('report.computed.from', { update, by: [id, build ?? '', device ?? ''].filter((word) => word !== '').join(', ') }),
  )
  const rows: string[][] = [
    [t('report.computed.engine'), engine ? ENGINES[engine.id].name : unknown],
    [t('report.computed.kernels'), engine?.build ?? unknown],
    [t('report.computed.device'), engine ? tell(engine.device) : unknown],
    ...(by.length > 1 ? [['', by.join('; ')]] : []),
    [t('report.computed.updates'), formatWhole(history.epochs.at(-1)?.update ?? 0)],
    [t('report.computed.time'), formatDuration(secondsOf(history))],
    [t('report.computed.started'), momentOf(createdAt)],
    [t('report.computed.changed'), momentOf(changedAt)],
    [t('report.computed.version'), `MADE Studio ${version}`],
  ]
  return { title: t('report.computed'), head: [t('report.settings.setting'), t('report.settings.value')], rows, numbers: [] } // prettier-ignore
}

/** The same wherever it is read. */
function momentOf(moment: number): string {
  return moment > 0 ? `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC` : '–'
}

function againOf({ record }: ReportedRun, reader: Reader): Markup[] {
  const { t } = reader
  const { config, engine } = record
  const shared = withoutFolders(config)
  const { data } = shared
  const by = { engine: engine?.id ?? config.engine, build: engine?.build ?? null }
  return [
    markup`<p>${t('report.again.command')}</p>`,
    markup`<pre class="whole">${trainCommand(config, by, 'run.json')}</pre>`,
    ...(data.kind === 'file' && builtInTable(data.path) === null
      ? [markup`<p>${t('report.again.file', { name: data.path })}</p>`]
      : []),
    markup`<p>${t(by.engine === 'cpu' ? 'report.again.exact' : 'report.again.other-engine')}</p>`,
    markup`<p>${t('report.again.settings')}</p>`,
    markup`<pre class="settings-file">${finiteJson({ version: record.version, config: shared }, 2)}</pre>`,
  ]
}

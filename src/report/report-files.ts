import type { Reader } from '../words/reader'
import { textFile, type ArchivedFile } from './archive'
import type { Chart } from './chart'
import { reportPage } from './document'
import { chartOf, curvesOf, tablesOf, type ReportFacts } from './report'
import { curvesCsv } from './run-charts'
import { svgFile } from './svg'
import { csvOf, latexOf, markdownOf } from './tables'

/** A report with its charts and tables, each as files of their own. */
export function reportFiles(facts: ReportFacts, reader: Reader): ArchivedFile[] {
  const chart = chartOf(facts, reader)
  return [
    textFile('report.html', reportPage(facts, reader)),
    textFile('charts/loss.svg', svgFile(chart)),
    { name: 'charts/loss.png', pieces: pictureOf(chart), isPacked: false },
    textFile('charts/loss.csv', curvesCsv(curvesOf(facts.runs))),
    ...tablesOf(facts, reader).flatMap(({ name, table }) => [
      textFile(`tables/${name}.csv`, csvOf(table)),
      textFile(`tables/${name}.md`, markdownOf(table)),
      textFile(`tables/${name}.tex`, latexOf(table)),
    ]),
  ]
}

/** The drawing library is large, and needed here alone. */
async function* pictureOf(chart: Chart): AsyncGenerator<Uint8Array> {
  const { drawChart } = await import('./chart-picture')
  yield drawChart(chart)
}

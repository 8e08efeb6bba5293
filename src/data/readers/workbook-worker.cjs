/**
 * Opens workbooks (Excel, OpenDocument) in a thread of its own, and writes a sheet as a table of text (RFC 4180), all
 * rows of the same length. Nothing is computed: a formula is what the program that saved it has found.
 */
const PIECE = 4096
const SECONDS_PER_DAY = 86_400
/** The most places that merged cells may reach over: a file of a few bytes may say any number. */
const MOST_MERGED = 2 ** 22

/** @returns the names of the sheets, or the text of one of them */
globalThis.decode = (library, { bytes, sheet, joins }) => {
  const read = (options) => library.read(bytes, { type: 'array', dense: true, ...options })
  if (sheet === null) {
    // Of no sheet: the names alone would come without what is hidden.
    const { SheetNames: names, Workbook: book } = read({ sheets: [] })
    return { names, hidden: names.map((_, i) => (book?.Sheets?.[i]?.Hidden ?? 0) > 0) }
  }
  const book = read({
    sheets: [sheet],
    cellFormula: true,
    cellHTML: false,
    cellText: false,
    cellNF: true,
    sheetStubs: true,
  })
  const name = book.SheetNames[sheet]
  const content = book.Sheets[name]
  const rows = content?.['!data'] ?? []
  return written(library, rows, content?.['!merges'] ?? [], book.Workbook?.WBProps?.date1904 === true, joins)
}

function written(library, rows, merges, date1904, joins) {
  let formulas = 0
  const textOf = (cell) => {
    if (cell === undefined || cell === null) return ''
    if (cell.t === 'z' && cell.f !== undefined) formulas++
    return cellText(library, cell, date1904)
  }
  const texts = []
  rows.forEach((row, r) => {
    if (row) texts[r] = row.map(textOf)
    rows[r] = null
  })
  const merged = fillMerged(texts, merges)
  const columns = filledColumns(texts)
  const kept = []
  texts.forEach((row, r) => {
    const fields = columns.map((column) => row[column] ?? '')
    if (fields.some((field) => field !== '')) kept.push({ fields, row: r })
  })
  const header = joins ? joinHeader(kept, merges) : 0
  return { text: encoded(kept), rows: kept.map(({ row }) => row), columns: columns.length, formulas, merged, header }
}

function cellText(library, cell, date1904) {
  switch (cell.t) {
    case 'n':
      return typeof cell.z === 'string' && library.SSF.is_date(cell.z)
        ? dateText(library, cell.v, cell.z, date1904)
        : String(cell.v)
    case 'b':
      return cell.v ? '1' : '0'
    case 's':
      return String(cell.v ?? '').trim()
    case 'd':
      return cell.v instanceof Date && !Number.isNaN(cell.v.getTime())
        ? cell.v.toISOString().replace('T', ' ').slice(0, 19)
        : ''
    case 'e':
      return ERRORS[cell.v] ?? '#N/A'
    default:
      return ''
  }
}

const ERRORS = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A' }

/** A day count as a date in the form of ISO 8601, a time of the day or a duration where its format has no day. */
function dateText(library, value, format, date1904) {
  const plain = format.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase()
  const seconds = Math.round(value * SECONDS_PER_DAY)
  if (/\[(h+|m+|s+)\]/.test(plain)) return String(seconds / SECONDS_PER_DAY)
  const date = library.SSF.parse_date_code(seconds / SECONDS_PER_DAY, { date1904 })
  if (!date) return String(value)
  const two = (number) => String(number).padStart(2, '0')
  const time = `${two(date.H)}:${two(date.M)}:${two(Math.floor(date.S))}`
  if (!/[yd]/.test(plain) && value >= 0 && value < 1) return time
  const day = `${String(date.y).padStart(4, '0')}-${two(date.m)}-${two(date.d)}`
  return seconds % SECONDS_PER_DAY === 0 ? day : `${day} ${time}`
}

/** What a merged cell holds stands in each of its places. @returns how many cells are merged, not counting titles over everything */
function fillMerged(texts, merges) {
  let count = 0
  let cells = 0
  for (const { s: start, e: end } of merges) {
    const value = texts[start.r]?.[start.c] ?? ''
    if (value === '' || isTitle(texts[start.r])) continue
    count++
    for (let r = start.r; r <= end.r && r < texts.length; r++) {
      if (!texts[r]) continue
      for (let c = start.c; c <= end.c; c++) {
        if (++cells > MOST_MERGED) throw new Error('Invalid array length: too many merged cells')
        if ((texts[r][c] ?? '') === '') texts[r][c] = value
      }
    }
  }
  return count
}

function isTitle(row) {
  return row.filter((text) => text !== '' && text !== undefined).length === 1
}

function filledColumns(texts) {
  const filled = new Set()
  texts.forEach((row) => row.forEach((text, column) => text !== '' && filled.add(column)))
  return [...filled].sort((a, b) => a - b)
}

/** Rows of names below names that reach over several columns become one, such as "height mean". @returns how many rows there were */
function joinHeader(kept, merges) {
  const first = kept.findIndex(({ fields }) => !isTitle(fields))
  if (first < 0) return 0
  const top = kept[first].row
  let bottom = top
  for (const { s: start, e: end } of merges)
    if (start.r >= top && start.r <= bottom && (end.c > start.c || end.r > start.r))
      bottom = Math.max(bottom, end.c > start.c && start.r === bottom ? end.r + 1 : end.r)
  const depth = kept.findIndex(({ row }) => row >= bottom) - first + 1
  const rows = kept.slice(first, first + depth)
  // Above the last row names may be numbers: years.
  const areNames = rows.at(-1).fields.every((text) => text === '' || Number.isNaN(Number(text)))
  if (depth < 2 || !areNames || first + depth >= kept.length) return 0
  const fields = rows[0].fields.map((_, column) => [
    ...new Set(rows.map(({ fields: one }) => one[column]).filter((text) => text !== '')),
  ])
  kept.splice(first, depth, { fields: fields.map((names) => names.join(' ')), row: top })
  return depth
}

/** Rows as text in UTF-8. */
function encoded(kept) {
  const encoder = new TextEncoder()
  const pieces = []
  for (let at = 0; at < kept.length; at += PIECE)
    pieces.push(
      encoder.encode(
        kept
          .slice(at, at + PIECE)
          .map(({ fields }) => `${fields.map(quoted).join(',')}\n`)
          .join(''),
      ),
    )
  return pieces
}

function quoted(text) {
  return /[",\r\n]|^[#%|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

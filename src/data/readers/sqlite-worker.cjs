/**
 * Opens SQLite databases in a thread of its own. Only tables are read, by their rows: no view, and no SQL of the file is run.
 */
const PIECE = 5000

let database = null
let rows = null

/** @returns the names of the tables; the names of the columns of one; or its next rows, none at the end */
globalThis.decode = async (library, { bytes, table }) => {
  if (bytes) {
    const SQL = await library.default()
    database = new SQL.Database(bytes)
    database.run('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON')
    const [found] = database.exec(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rootpage",
    )
    return (found?.values ?? []).map(([name]) => String(name))
  }
  if (table !== undefined) {
    rows = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`)
    return rows.getColumnNames()
  }
  const piece = []
  while (rows !== null && piece.length < PIECE) {
    if (rows.step()) piece.push(rows.get().map(plain))
    // A query that has come to its end would begin anew.
    else rows = null
  }
  return piece
}

/** Bytes are no value of a table. */
function plain(value) {
  return value instanceof Uint8Array ? null : value
}

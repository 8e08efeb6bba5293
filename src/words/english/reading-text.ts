/** Reading files of text: delimited, ARFF, JSON, LIBSVM and the like. Keys begin with `read.text.` */
export const readingText = {
  // What a file holds at all.
  'read.text.empty': 'The file {name} is empty.',
  'read.text.empty-unpacked': 'The file {name} is empty once it is unpacked.',
  'read.text.empty.hint': 'Choose a file that holds data.',
  'read.text.bytes': 'it has {bytes} bytes where its header speaks of {expected}',
  'read.text.bytes-at-most': 'it has at most {possible} bytes where its header speaks of {expected}',
  'read.text.bytes-beyond': 'it goes on after the {expected} bytes that its header speaks of',
  'read.text.unpacks-too-large':
    'The file {name} unpacks to {bytes, number} bytes or more; the most is {most, number}.',
  'read.text.unpacks-too-large.hint': 'Choose a file with fewer rows.',
  'read.text.memory': 'The data need more memory than MADE Studio takes for them.',
  'read.text.memory.hint': 'Choose fewer rows or fewer columns.',
  // Formats of tables of text, as a label.
  'read.text.format.csv': 'CSV',
  'read.text.format.csv-semicolons': 'CSV with semicolons',
  'read.text.format.tsv': 'TSV',
  'read.text.format.bars': 'text with bars',
  'read.text.format.spaces': 'text with spaces',
  'read.text.format.bits': 'text of zeros and ones',
  // Encodings, as a label.
  'read.text.encoding.utf-8': 'UTF-8',
  'read.text.encoding.utf-16le': 'UTF-16',
  'read.text.encoding.utf-16be': 'UTF-16, big-endian',
  'read.text.encoding.cp949': 'Korean (CP949)',
  'read.text.encoding.shift-jis': 'Japanese (Shift-JIS)',
  'read.text.encoding.euc-jp': 'Japanese (EUC-JP)',
  'read.text.encoding.gb18030': 'Chinese (GB18030)',
  'read.text.encoding.big5': 'Chinese (Big5)',
  'read.text.encoding.windows-1252': 'Western European (Windows-1252)',
  'read.text.encoding.windows-1250': 'Central European (Windows-1250)',
  'read.text.encoding.windows-1251': 'Cyrillic (Windows-1251)',
  'read.text.encoding.windows-1253': 'Greek (Windows-1253)',
  'read.text.encoding.windows-1254': 'Turkish (Windows-1254)',
  'read.text.encoding.windows-1255': 'Hebrew (Windows-1255)',
  'read.text.encoding.windows-1256': 'Arabic (Windows-1256)',
  'read.text.encoding.koi8-r': 'Cyrillic (KOI8-R)',
  'read.text.encoding.unknown': 'The encoding {encoding} is not known.',
  'read.text.encoding.unknown.hint': 'Choose one of {encodings}.',
  // Tables of text with separators.
  'read.text.windows-1252': 'Some text in {name} is not UTF-8 and was read as Windows-1252.',
  'read.text.above':
    '{lines, plural, one {The first line of {name} stands above the table and was not read.} other {The first # lines of {name} stand above the table and were not read.}}',
  'read.text.below':
    '{lines, plural, one {The last line of {name} stands below the table and was not read.} other {The last # lines of {name} stand below the table and were not read.}}',
  'read.text.total':
    'The last row of {name} is called “{total}” and may be the sum of the others; it was read as a row like them. If it is none, take it out of the file.',
  'read.text.remarks':
    '{count, plural, one {Line {lines} of {name} is a remark and was left out.} other {# lines of {name} are remarks and were left out (lines {lines}).}}',
  'read.text.full-stops': 'The full stop at the end of each line of {name} was left out.',
  'read.text.decimal-comma': 'Numbers in {name} have a decimal comma: {written} was read as {point}.',
  'read.text.fields':
    'Line {line} of {name} has {fields, plural, one {# field} other {# fields}}, but the lines before it have {width}.',
  'read.text.digits':
    'Line {line} of {name} has {digits, plural, one {# digit} other {# digits}}, but the lines before it have {width}.',
  'read.text.fields.hint': 'Every line must have the same columns; look at that line, or save the table again as CSV.',
  'read.text.unclosed': 'The quotation mark that opens in line {line} of {name} is never closed.',
  'read.text.unclosed.hint': 'Look at that line, or save the table again as CSV.',
  'read.text.not-a-bit': 'Line {line} of {name} holds something other than 0 and 1 in its place {place}.',
  'read.text.not-a-bit.hint': 'Every line must consist of zeros and ones only.',
  // ARFF.
  'read.text.arff.no-data': 'Line {line} of {name} is the last, but there was no @data.',
  'read.text.arff.no-data.hint': 'Choose a complete ARFF file.',
  'read.text.arff.line': 'Line {line} of {name} reads {text}, which is not ARFF.',
  'read.text.arff.type': 'Line {line} of {name} declares the type {type}, which is not read.',
  'read.text.arff.type.hint': 'Types that are read: numeric, real, integer, string, date and {nominal}.',
  'read.text.arff.fields':
    'Line {line} of {name} has {fields, plural, one {# field} other {# fields}} where {attributes, plural, one {# attribute is} other {# attributes are}} declared.',
  'read.text.arff.unclosed': 'Line {line} of {name} opens a sparse row that it does not close.',
  'read.text.arff.pair': 'Line {line} of {name} holds {text}, which is no pair of attribute and value.',
  'read.text.arff.number': 'Line {line} of {name} holds {text} where a number is declared.',
  'read.text.arff.word': 'Line {line} of {name} holds {text}, which is not among the values that are declared.',
  'read.text.arff.hint': 'Look at that line, or save the data again with Weka.',
  // JSON.
  'read.text.json.not': 'it does not follow the rules of JSON',
  'read.text.json.not-line': 'its line {line} does not follow the rules of JSON',
  'read.text.json.no-table': 'The JSON in {name} is no table.',
  'read.text.json.no-table.hint': 'A table is a list of objects, one for each row: {example}.',
  'read.text.json.lists': 'The column “{column}” of {name} holds lists and was left out.',
  'read.text.json.lists.why': 'it holds lists',
  // LIBSVM.
  'read.text.libsvm.label': 'Line {line} of {name} begins with {text}, which is no label.',
  'read.text.libsvm.pair': 'Line {line} of {name} holds {text}, which is no pair of index and value.',
  'read.text.libsvm.hint': 'Each line must be a label and then index:value pairs, such as "+1 3:1 11:1".',
  'read.text.libsvm.order': 'Line {line} of {name} names index {index} after {last}.',
  'read.text.libsvm.order.hint': 'The indices of a line must grow.',
  'read.text.libsvm.index': 'Line {line} of {name} names column {index}; the most is {most}.',
  'read.text.libsvm.index.hint': 'Choose data with fewer columns.',
  // What a person chose of how a file is read.
  'read.text.in-vain':
    '{choice, select, header {Whether the first row holds names} skip {How many lines above are not read} separator {What stands between fields} decimal {The decimal mark} dayFirst {Whether dates begin with the day or the month} encoding {The encoding} comment {What remarks begin with} sheet {The sheet} other {Whether rows and columns change places}} was chosen in vain: the format of {name} leaves no choice in that.',
  'read.text.no-column': '{name} has no column called {column}.',
  'read.text.no-column.unnamed': 'Its columns have no names: they are called “column 1”, “column 2” and so on.',
  'read.text.no-column.named': 'Its columns are {columns}.',
  'read.text.bad-label': 'The column “{column}” of {name} has too many different values for a label.',
  'read.text.bad-label.hint': 'Choose another column.',
  'read.text.several-tables': '{name} holds {count, number} tables ({tables}); {table} was read.',
  'read.text.no-table': '{name} has no table called {table}.',
  'read.text.no-table.none': 'It holds none.',
  'read.text.no-table.named': 'Its tables are {tables}.',
} as const

/** What was understood of a table. What can be decided otherwise stands in tags. Keys begin with `table.` */
export const tableWords = {
  'table.layout': `{kind, select,
    pictures {{rows, plural, one {# picture} other {# pictures}} of {columns, plural, one {# pixel} other {# pixels}}}
    grey {<direction>{rows, plural, one {# row} other {# rows}} of {columns, plural, one {# grey value} other {# grey values}}</direction>}
    bits {A table of <direction>{rows, plural, one {# row} other {# rows}} and {columns, plural, one {# column} other {# columns}}</direction> of zeros and ones}
    other {A table of <direction>{rows, plural, one {# row} other {# rows}} and {columns, plural, one {# column} other {# columns}}</direction>}
  }{hasSheet, select,
    yes {, <sheet>sheet “{sheetName}”</sheet>}
    other {}
  }{fields, select,
    comma {, <separator>separated by commas</separator>}
    semicolon {, <separator>separated by semicolons</separator>}
    tab {, <separator>separated by tabs</separator>}
    bar {, <separator>separated by bars</separator>}
    blank {, <separator>separated by blanks</separator>}
    none {, <separator>with nothing between them</separator>}
    other {}
  }{hasText, select,
    yes {, <encoding>{text} text</encoding>}
    other {}
  }{point, select,
    comma {, <decimal>numbers with a decimal comma</decimal>}
    other {}
  }{firstRow, select,
    names {, <head>{skip, plural, =0 {} one {# line above is not read, } other {# lines above are not read, }}names in the first row</head>}
    data {, <head>{skip, plural, =0 {} one {# line above is not read, } other {# lines above are not read, }}without names</head>}
    other {}
  }{isTurned, select,
    yes {, <direction>turned on its side</direction>}
    other {}
  }.`,
  'table.kinds': '<columns>{kinds}</columns>.',
  /** The first of these kinds, and the others. */
  'table.kinds.first': `{kind, select,
    categories {{columns, plural, one {# column is a category} other {# columns are categories}}}
    numbers {{columns, plural, one {# column is a number} other {# columns are numbers}}}
    dates {{columns, plural, one {# column is a date} other {# columns are dates}}}
    other {{columns, plural, one {# column is of zeros and ones} other {# columns are of zeros and ones}}}
  }`,
  'table.kinds.next': `{kind, select,
    categories {{columns, plural, one {# a category} other {# categories}}}
    numbers {{columns, plural, one {# a number} other {# numbers}}}
    dates {{columns, plural, one {# a date} other {# dates}}}
    other {{columns, plural, one {# of zeros and ones} other {# of zeros and ones}}}
  }`,
  'table.left-out.chosen': '<columns>{names} {count, plural, one {is} other {are}} left out as you chose</columns>.',
  'table.left-out.because': '<columns>{names} {count, plural, one {is} other {are}} left out because {why}</columns>.',
  /** At the end of a list of names. */
  'table.left-out.more': '{count, number} more',
  'table.label': '<label>“{name}” is the label</label>, kept apart.',
  'table.label.none': '<label>No column is the label</label>.',
  'table.missing': '<missing>{cells, plural, =0 {No value is} one {# cell is} other {# cells are}} missing</missing>.',
  'table.missing.written':
    '<missing>{cells, plural, one {# cell is} other {# cells are}} missing, written {marks}</missing>.',
} as const

/**
 * One difference between what two programs found in a file.
 * @typedef {object} Difference
 * @property {string} kind @property {string} file
 * @property {'file' | 'rows' | 'columns' | 'kind' | 'missing' | 'values' | 'mean'} what is not the same
 * @property {string} column its name; empty where it is about the whole file
 * @property {any} ours @property {any} theirs
 */

/** @param {Difference} difference */
const isReutersSet = ({ kind, file }) => kind === 'weka-arff' && file.startsWith('Reuters')

/**
 * Differences that are right, each with its reason; the first that fits a difference explains it.
 * @type {readonly { readonly why: string, readonly fits: (difference: Difference) => boolean }[]}
 */
export const EXPLANATIONS = [
  {
    why: 'Row names and numbers are no data: the column is left out and told, where pandas keeps it or makes it the index.',
    fits: ({ what, ours, theirs }) =>
      ours?.kind === 'left out' &&
      (what === 'columns' ? theirs === null : /^(Unnamed: 0|id|Obs)$/.test(theirs.name) && what === 'kind'),
  },
  {
    why: 'TRUE and FALSE in a table of text are two words, a bit each; pandas makes truth values of them, whose one bit says the same.',
    fits: ({ what, kind, ours, theirs }) =>
      what === 'kind' &&
      kind.startsWith('r-csv') &&
      ours.kind === 'word' &&
      theirs.kind === 'number' &&
      ours.values === 2,
  },
  {
    why: 'Numbers that a database holds as text (factors of R) are numbers.',
    fits: ({ what, kind, ours, theirs }) =>
      what === 'kind' &&
      kind === 'r-sqlite' &&
      ours.kind === 'number' &&
      theirs.kind === 'word' &&
      ours.values === theirs.values,
  },
  {
    why: 'Eight digits such as 19580329 in every row are dates, not numbers.',
    fits: ({ what, file, ours, theirs }) =>
      what === 'kind' && file === 'co2.csv' && ours.kind === 'date' && theirs.kind === 'number',
  },
  {
    why: 'Files called …-train and …-test are one set and are read together: 1,554 and 604 rows.',
    fits: (difference) =>
      isReutersSet(difference) &&
      ((difference.what === 'rows' && difference.ours === 2158 && [604, 1554].includes(difference.theirs)) ||
        (difference.what === 'values' && difference.column === 'Text')),
  },
  {
    why: 'A nominal attribute of the values 0 and 1 is one bit; what it says is the same.',
    fits: ({ what, kind, ours, theirs }) =>
      what === 'kind' && kind.endsWith('arff') && ours.kind === 'number' && theirs.kind === 'word' && ours.values === 2,
  },
  {
    why: 'The nominal attribute “class” is the label, whose words are numbers here; it has as many of them.',
    fits: ({ what, kind, column, ours, theirs }) =>
      what === 'kind' &&
      kind.includes('arff') &&
      column === 'class' &&
      theirs.kind === 'word' &&
      ours.values === theirs.values,
  },
  {
    why: 'Sparse rows of ARFF, and values in double quotes, are what neither SciPy nor the reference reads; Weka does.',
    fits: ({ what, kind, ours, theirs }) =>
      what === 'file' && kind.includes('arff') && ours === 'read' && theirs !== 'read',
  },
]

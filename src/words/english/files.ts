/** Files and folders as they are read, written and moved. Keys begin with `file.` */
export const files = {
  'file.newer-version':
    'A newer MADE Studio has written {what}: version {version}, of which this one reads up to {newest}.',
  'file.newer-version.hint': 'Nothing was changed. Update MADE Studio to use it.',
  'file.unreadable': '{path} cannot be read ({reason}).',
  'file.unreadable.hint': 'Nothing was changed. Check that it may be read and that its disk is connected.',
  'file.disk-full': 'The disk is full: {path} could not be written.',
  'file.disk-full.hint': 'Everything saved before is kept. Make room on the disk and go on.',
  'file.not-written': '{path} could not be written ({reason}).',
  'file.not-removed': '{path} could not be removed ({reason}).',
  'file.folder-not-made': 'The folder {path} could not be made ({reason}).',
  'file.not-writable.hint':
    'Everything saved before is kept. Check that the folder may be written and that its disk is connected.',
  'file.link-not-moved': 'The link {path} could not be moved.',
  'file.link-not-moved.hint': 'The folder that it leads to is as it was. Check that links may be made beside it.',

  /** Why the system refused to read or write: in parentheses, or after a colon. */
  'file.reason.not-allowed': 'you may not write there',
  'file.reason.not-readable': 'you may not read it',
  'file.reason.read-only': 'its disk can only be read',
  'file.reason.no-folder': 'its folder is not there',
  'file.reason.folder-is-file': 'its folder is a file',
  'file.reason.exists': 'there is something else of that name',
  'file.reason.is-folder': 'there is a folder of that name',
  'file.reason.long-name': 'its name is too long',
  'file.reason.bad-name': 'its name has a character that no name can have',
  'file.reason.link-loop': 'its link leads back to itself',
  'file.reason.disk-faulty': 'the disk does not answer as it should',
  'file.reason.in-use': 'another program uses it',
  'file.reason.too-many-open': 'too many files are open',
  'file.reason.too-large': 'its disk keeps no file that large',
  'file.reason.read-back': 'what was read back is not what was written',
} as const

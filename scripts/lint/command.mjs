import { basename } from 'node:path'

/** Whether ESLint runs as a command, which takes all files as they are on the disk; in an editor they change while they are looked at. */
export const isCommand = ['eslint', 'eslint.js'].includes(basename(process.argv[1] ?? ''))

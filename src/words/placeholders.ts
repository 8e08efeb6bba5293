/**
 * What the placeholders of an ICU message are, reckoned from its text by the compiler, so that a message cannot be said
 * without its values. Read are `{name}`, `{name, number …}`, `{name, plural, …}`, `{name, selectordinal, …}` and
 * `{name, select, …}`, nested as ICU allows; apostrophes that quote braces are not (a test keeps them out).
 */

/** What may stand for `{name}`: a text, a number, a sentence that is said in the same language, or a list of such. */
export type Filling = string | number | Sentence | readonly (string | Sentence)[]

/** Whether a placeholder is filled with a list. */
export function isList(filling: Filling): filling is readonly (string | Sentence)[] {
  return Array.isArray(filling)
}

/**
 * A sentence for a person as it crosses processes and lies in files: the key of its message, what fills the placeholders,
 * and the English, which is what a reader without the message gets.
 */
export interface Sentence {
  readonly key: string
  readonly values: Readonly<Record<string, Filling>>
  readonly english: string
}

/** The placeholders of a message, and of which kind each is. */
export type Placeholders<Text extends string> = Flat<InText<Text, [], unknown>>

type Flat<T> = { readonly [Name in keyof T]: T[Name] }

/** Text, in which `{` begins a placeholder and `}` ends the branch of one. @template Depth one entry a placeholder that is open */
type InText<
  Text extends string,
  Depth extends readonly unknown[],
  Found,
> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Ended<Text, Depth, Found>
    : Named<After, Depth, Found>
  : Ended<Text, Depth, Found>

type Ended<Text extends string, Depth extends readonly unknown[], Found> = Depth extends readonly [
  unknown,
  ...infer Outer,
]
  ? Text extends `${string}}${infer After}`
    ? InBranches<After, Outer, Found>
    : Found
  : Found

/** After the `{` of a placeholder. */
type Named<Text extends string, Depth extends readonly unknown[], Found> = Text extends `${infer Inside}}${infer After}`
  ? Inside extends `${infer Name},${infer Rest}`
    ? Rest extends ` ${infer Kind},${string}`
      ? Kind extends 'plural' | 'selectordinal'
        ? InBranches<Skipped<Text, ` ${Kind},`>, Depth, Found & Record<Name, number>>
        : Kind extends 'select'
          ? InBranches<Skipped<Text, ` ${Kind},`>, Depth, Found & Record<Name, string>>
          : InText<After, Depth, Found & Record<Name, number>>
      : InText<After, Depth, Found & Record<Name, number>>
    : InText<After, Depth, Found & Record<Inside, Filling>>
  : Found

type Skipped<Text extends string, Past extends string> = Text extends `${string}${Past}${infer Rest}` ? Rest : ''

/** Between the branches of a plural or a select: `{` begins a branch, `}` ends the placeholder. */
type InBranches<
  Text extends string,
  Depth extends readonly unknown[],
  Found,
> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Text extends `${string}}${infer Rest}`
      ? InText<Rest, Depth, Found>
      : Found
    : InText<After, readonly [unknown, ...Depth], Found>
  : Text extends `${string}}${infer Rest}`
    ? InText<Rest, Depth, Found>
    : Found

/** The messages of another language: one for each of the English ones. */
export type Translation<English> = Readonly<Record<keyof English, string>>

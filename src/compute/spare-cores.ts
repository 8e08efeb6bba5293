/** Cores that the application leaves to the person, so that the desktop stays smooth while a model trains. */
export const SPARE_CORES = 1

const PLAIN = /^[A-Za-z0-9_./:@-]+$/

/** Writes a text so that a shell takes it as one word and runs nothing of it. */
export function shellWord(text: string): string {
  return PLAIN.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`
}

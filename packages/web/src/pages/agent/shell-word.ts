const PLAIN = /^[A-Za-z0-9_./:@-]+$/

/** Writes a text so that a shell takes it as one word and runs nothing of it. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Writes an option with its value, so that a value that begins with a hyphen is not taken for another option. */
export function shellOption(name: string, value: string): string {
  return `--${name}${value.startsWith("-") ? "=" : " "}${shellWord(value)}`
}

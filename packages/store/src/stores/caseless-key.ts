/** Answers what two spellings of a name share. The databases fold case differently outside ASCII; so neither does it. */
export function caselessKey(name: string): string {
  return name.normalize("NFC").toLowerCase()
}

import { ApiProblem } from "@tabard/api"

/** Says why something could not be done, and what to do next. */
export function problemWords(error: unknown): string {
  if (error instanceof ApiProblem) return sentence(error.message)
  return "The server does not answer. Check that Tabard runs, then try again."
}

// A first word with more than letters in it is a name or an id (`read_text_file`), which stays as it is written.
const PLAIN_WORD = /^\p{L}+(?:[-’']\p{L}+)*[,;:.]?(?:\s|$)/u

function sentence(text: string): string {
  const begun = PLAIN_WORD.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.?!:]$/.test(begun) ? begun : `${begun}.`
}

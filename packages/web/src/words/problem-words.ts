import { ApiProblem } from "@tabard/api"

/** Says why something could not be done, and what to do next. */
export function problemWords(error: unknown): string {
  if (error instanceof ApiProblem) return sentence(error.message)
  return "The server does not answer. Check that Tabard runs, then try again."
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!:]$/.test(begun) ? begun : `${begun}.`
}

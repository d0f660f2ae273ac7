/** As long as a name may be in what people are told. */
const MOST = 200

// Controls, formats (bidi, zero width, tags), separators of lines and paragraphs, fillers that show nothing.
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115F\u1160\u3164\uFFA0]+/gu

/** Answers text of a stranger as one line that can neither hide, reorder nor end what stands beside it. */
export function plainLine(text: string): string {
  const line = text.replaceAll(UNSEEN, " ").replaceAll(/\s+/g, " ").trim().toWellFormed()
  return line.length > MOST ? `${line.slice(0, MOST).toWellFormed()}…` : line
}

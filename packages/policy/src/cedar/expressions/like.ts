import { type Compile, folded, truth } from "../code.ts"
import { MalformedCedar } from "../malformed-cedar.ts"
import { asString } from "../values.ts"
import { listOf, member } from "./parts.ts"

/** Texts that look like a pattern. */
export const LIKE: readonly (readonly [string, Compile])[] = [
  [
    "like",
    (body, compile) => {
      const text = compile(member(body, "left"))
      const pieces = piecesOf(listOf(member(body, "pattern")))
      return folded(
        [text],
        truth((given) => matches(asString(text.run(given)), pieces)),
      )
    },
  ],
]

/** What stands between the wildcards, in order: one piece more than there are wildcards. */
function piecesOf(pattern: readonly unknown[]): readonly string[] {
  const pieces = [""]
  for (const element of pattern) {
    if (element === "Wildcard") pieces.push("")
    else pieces.push(`${pieces.pop()}${literal(element)}`)
  }
  return pieces
}

function literal(element: unknown): string {
  if (
    typeof element === "object" &&
    element !== null &&
    "Literal" in element &&
    typeof element.Literal === "string"
  )
    return element.Literal
  throw new MalformedCedar("a pattern consists of wildcards and literals")
}

/** Takes each piece at the first place after the one before: where any places fit, these do. */
function matches(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

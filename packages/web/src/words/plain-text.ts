/** A stretch of text as it can be shown, or the name of a character that must not work on the page. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mark"; readonly text: string }

// Controls but line feed and tab; formats (bidi, zero width, tags); line separators; fillers and selectors that show nothing.
const UNSEEN = /\p{Cc}|\p{Cf}|[\u2028\u2029\u115F\u1160\u3164\uFFA0]|[\uFE00-\uFE0E]|[\u{E0100}-\u{E01EF}]/u
const KEPT = new Set(["\n", "\t"])

/**
 * Answers text of an agent or a scan in parts that cannot reorder, hide or end what stands beside them.
 * What a person reads before they say yes must be what the machine will do.
 */
export function textParts(text: string): readonly TextPart[] {
  // Nearly every text: thousands are shown at once.
  if (text !== "" && !UNSEEN.test(text)) return [{ kind: "text", text }]
  const parts: TextPart[] = []
  let run = ""
  for (const character of text) {
    if (!mustBeShown(character)) {
      run += character
      continue
    }
    if (run) parts.push({ kind: "text", text: run })
    parts.push({ kind: "mark", text: codePointName(character) })
    run = ""
  }
  if (run) parts.push({ kind: "text", text: run })
  return parts
}

/** Answers the same as one string, for places that hold no elements, such as a title. */
export function plainText(text: string): string {
  return textParts(text)
    .map((part) => part.text)
    .join("")
}

function mustBeShown(character: string): boolean {
  return UNSEEN.test(character) && !KEPT.has(character)
}

function codePointName(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")
  return `⟨U+${hex}⟩`
}

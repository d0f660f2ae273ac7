import type { Json } from "@tabard/core"

/** What a terminal could obey, or hide; JSON itself escapes only some of it. */
const UNSAFE = /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f]/gu

/** Answers JSON that a terminal shows and does not obey, and that still reads as the same value. */
export function plainJson(value: Json, indent?: number): string {
  return plainJsonText(JSON.stringify(value, undefined, indent))
}

/** Answers a text of JSON so that a terminal shows and does not obey it, every number spelt as it was. */
export function plainJsonText(text: string): string {
  return text.replaceAll(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, place) => escaped(character.charCodeAt(place))).join(""),
  )
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`
}

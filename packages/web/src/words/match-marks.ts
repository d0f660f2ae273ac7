/** A stretch of a text, and whether it is what was looked for. */
export interface MarkedPart {
  readonly text: string
  readonly marked: boolean
}

const LETTER = /[\p{L}\p{N}]/u

/** Answers the words that are looked for, as they are compared: without case and accents. */
export function lookedFor(query: string): readonly string[] {
  const letters = Array.from(query, (letter) =>
    LETTER.test(letter) ? folded(letter) : isUnseen(letter) ? "" : " ",
  )
  return [...new Set(letters.join("").split(" "))].filter((word) => word !== "")
}

/** Answers whether each of the words begins a word of the text. */
export function isFoundBy(text: string, words: readonly string[]): boolean {
  const letters = lettersOf(text)
  return words.every((word) => letters.some((_, at) => lengthAt(letters, at, word) > 0))
}

/** Answers a text in stretches: those that begin a word of it as one of the words does are marked. Nothing is lost. */
export function markedParts(text: string, words: readonly string[]): readonly MarkedPart[] {
  const letters = lettersOf(text)
  const parts: MarkedPart[] = []
  let at = 0
  while (at < letters.length) {
    const length = Math.max(0, ...words.map((word) => lengthAt(letters, at, word)))
    const taken = letters.slice(at, at + Math.max(1, length))
    push(parts, taken.map(({ letter }) => letter).join(""), length > 0)
    at += taken.length
  }
  return parts
}

interface Letter {
  readonly letter: string
  /** What it is compared as: nothing where it shows nothing, several letters where it is written so without accents. */
  readonly folded: string
  /** Whether a word begins here. */
  readonly begins: boolean
}

function lettersOf(text: string): readonly Letter[] {
  let before = ""
  return Array.from(text, (letter) => {
    const begins = LETTER.test(letter) && (!LETTER.test(before) || isHump(before, letter))
    if (!isUnseen(letter)) before = letter
    return { letter, folded: LETTER.test(letter) ? folded(letter) : isUnseen(letter) ? "" : " ", begins }
  })
}

function isHump(before: string, letter: string): boolean {
  return /\p{Lu}/u.test(letter) && /[\p{Ll}\p{N}]/u.test(before)
}

/** Answers how many letters from here on are the word; none where they are not. */
function lengthAt(letters: readonly Letter[], at: number, word: string): number {
  if (!letters[at]?.begins) return 0
  let read = ""
  for (let end = at; end < letters.length; end++) {
    read += letters[end]?.folded ?? ""
    if (read.startsWith(word)) return end - at + 1
    if (!word.startsWith(read)) return 0
  }
  return 0
}

function isUnseen(letter: string): boolean {
  return /^[\p{M}\p{Cf}]$/u.test(letter)
}

function folded(letter: string): string {
  return letter.normalize("NFKD").replaceAll(/\p{M}/gu, "").toUpperCase().toLowerCase()
}

function push(parts: MarkedPart[], text: string, marked: boolean): void {
  const last = parts.at(-1)
  if (last && last.marked === marked) parts.splice(-1, 1, { text: last.text + text, marked })
  else parts.push({ text, marked })
}

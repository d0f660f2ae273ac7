/** How texts are cut into words. Another number has everything indexed anew: raise it where a text gives other words. */
export const WORDS_VERSION = 1

/** Longer words are found by their beginning. */
const LONGEST_WORD = 64

/** Longer titles are compared by their beginning. */
const LONGEST_TITLE = 160

/** A text of a stranger may be of any length; what stands behind this is not indexed. */
const MOST_READ = 4_000

/** Stretches of letters and digits: everything else parts words. */
const RUN = /[\p{L}\p{N}]+/gu

/** Scripts that write no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" })

/**
 * Answers the words that a text can be found by, each once, in their order: parted at punctuation, and besides that where
 * a capital begins a word within one, so that `git` finds `mcp-server-git` and `hub` finds `GitHub`.
 */
export function wordsOf(text: string): readonly string[] {
  const runs = runsOf(text)
  return [...new Set(runs.flatMap((run) => [run, ...partsOf(run)]).map(folded))].filter((word) => word !== "")
}

/** Answers the words that are looked for, each once: as they were typed, for a capital may be an accident there. */
export function askedWords(text: string): readonly string[] {
  return [...new Set(runsOf(text).map(folded))].filter((word) => word !== "")
}

/** Answers a title as it is compared with another: its words with one space between them. */
export function foldedTitle(title: string): string {
  return runsOf(title).map(folded).join(" ").slice(0, LONGEST_TITLE).toWellFormed().trim()
}

/** What shows nothing parts nothing: a name with a hidden character in it is found by what is seen of it. */
function runsOf(text: string): readonly string[] {
  const read = text
    .slice(0, MOST_READ)
    .toWellFormed()
    .replaceAll(/\p{Cf}|\p{M}/gu, "")
  return read.normalize("NFKC").match(RUN) ?? []
}

function partsOf(run: string): readonly string[] {
  const unspaced = UNSPACED.test(run) ? [...SEGMENTER.segment(run)].map(({ segment }) => segment) : []
  return [...unspaced, ...run.split(/(?<=\p{Ll}|\p{N})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)]
}

/** Case and accents aside. Upper case comes first, so that what has several small letters, such as ß and ss, becomes one. */
function folded(word: string): string {
  const plain = word.normalize("NFKD").replaceAll(/\p{M}/gu, "").toUpperCase().toLowerCase()
  return plain.slice(0, LONGEST_WORD).toWellFormed().replaceAll("\u{FFFD}", "")
}

import type { DetailedError } from "@cedar-policy/cedar-wasm/nodejs"

/**
 * How much of its stack a piece of text costs Cedar, of a limit that keeps well away from where it runs out: at some 120
 * brackets within each other, 350 operators in a row, 400 choices or 4,000 conditions joined.
 */
const COST = { bracket: 100, choice: 50, operator: 30, joint: 3 } as const
const MOST = 4500

/** What nests, what stands in a row, and what ends a row; texts and comments do neither. */
const TOKENS = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|[A-Za-z_]\w*|&&|\|\||[()[\]{}.+*!,;@<>=-]/gs

interface Level {
  /** What stands in a row just now. */
  row: number
  /** What is joined or chosen so far. */
  kept: number
}

/**
 * Answers a complaint about a text that nests deeper than Cedar can be given. Its stack would run out, and nothing would be
 * parsed in this process from then on: whoever may write one policy could stop all.
 */
export function nestingComplaint(text: string): DetailedError | undefined {
  const nesting = new Nesting()
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if ("([{".includes(token)) nesting.open()
    else if (")]}".includes(token)) nesting.close()
    else count(nesting.level, token)
    if (nesting.cost > MOST) return complaintAt(text, index)
  }
  return undefined
}

/** The brackets that are open, and what stands before each of them. */
class Nesting {
  level: Level = { row: 0, kept: 0 }
  readonly #outer: Level[] = []
  #below = 0

  get cost(): number {
    return this.#below + this.level.row + this.level.kept
  }

  open(): void {
    this.#below = this.cost + COST.bracket
    this.#outer.push(this.level)
    this.level = { row: 0, kept: 0 }
  }

  close(): void {
    const outer = this.#outer.pop()
    if (!outer) return
    this.#below -= outer.row + outer.kept + COST.bracket
    this.level = outer
    // It may be an attribute in brackets, or a call, and more of them may follow.
    outer.row += COST.operator
  }
}

function count(level: Level, token: string): void {
  if (/^[.+*!-]$/.test(token)) level.row += COST.operator
  else if (/^(?:&&|\|\||when|unless)$/.test(token)) endRow(level, COST.joint)
  else if (token === "if") endRow(level, COST.choice)
  else if (/^[,;]$/.test(token)) Object.assign(level, { row: 0, kept: 0 })
  else if (/^(?:then|else|like|has|in|is|[<>=@])$/.test(token)) level.row = 0
}

function endRow(level: Level, kept: number): void {
  level.row = 0
  level.kept += kept
}

function complaintAt(text: string, index: number): DetailedError {
  const start = Buffer.byteLength(text.slice(0, index))
  return {
    message: "this is nested too deeply, or joins too much",
    help: "write it as several policies, or a list as a set",
    code: null,
    url: null,
    severity: "error",
    sourceLocations: [{ start, end: start + 1, label: null }],
  }
}

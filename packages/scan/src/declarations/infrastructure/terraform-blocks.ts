import { MalformedDocument } from "../../documents/document.ts"

/** A block of Terraform: `resource "type" "name" { … }`. */
export interface TerraformBlock {
  readonly type: string
  readonly labels: readonly string[]
  /** What stands behind each `=`, as it is written; a plain text without its quotes. */
  readonly values: ReadonlyMap<string, string>
  readonly blocks: readonly TerraformBlock[]
  readonly line: number
}

/** Deeper, or more of them, is nothing that people write. */
const DEEPEST = 30
const MOST_BLOCKS = 50_000

/**
 * Answers the blocks of a Terraform file. Comments, the inside of texts and here-documents are not read; nothing is
 * evaluated. Throws MalformedDocument where brackets do not close.
 */
export function terraformBlocks(text: string): readonly TerraformBlock[] {
  return new TerraformReader(text).body(0).blocks
}

interface Body {
  readonly values: ReadonlyMap<string, string>
  readonly blocks: readonly TerraformBlock[]
}

/** Reads a file once, from its beginning to its end. */
class TerraformReader {
  readonly #text: string
  #at = 0
  #line = 1
  #counted = 0
  #blocks = 0

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text
  }

  body(depth: number): Body {
    if (depth > DEEPEST) throw new MalformedDocument(`it is nested deeper than ${DEEPEST}`)
    const values = new Map<string, string>()
    const blocks: TerraformBlock[] = []
    for (;;) {
      this.#skipBlanks()
      if (this.#at >= this.#text.length || this.#take("}")) return { values, blocks }
      const name = this.#word()
      if (name === undefined) this.#at++
      else if (this.#isAssigned()) values.set(name, this.#value())
      else blocks.push(...this.#block(name, depth))
    }
  }

  #block(type: string, depth: number): readonly TerraformBlock[] {
    const line = this.#lineHere()
    const labels: string[] = []
    for (let label = this.#label(); label !== undefined; label = this.#label()) labels.push(label)
    if (!this.#take("{")) return []
    if (++this.#blocks > MOST_BLOCKS) throw new MalformedDocument(`it holds more than ${MOST_BLOCKS} blocks`)
    return [{ type, labels, line, ...this.body(depth + 1) }]
  }

  #label(): string | undefined {
    this.#skipSpaces()
    return this.#text[this.#at] === '"' ? this.#quoted() : this.#word()
  }

  #word(): string | undefined {
    const word = /[\w-]+/y
    word.lastIndex = this.#at
    const [found] = word.exec(this.#text) ?? []
    this.#at += found?.length ?? 0
    return found
  }

  #isAssigned(): boolean {
    this.#skipSpaces()
    if (this.#text[this.#at] !== "=" || this.#text[this.#at + 1] === "=") return false
    this.#at++
    return true
  }

  /** Everything to the end of the line, and beyond it while a bracket is open. */
  #value(): string {
    this.#skipSpaces()
    const from = this.#at
    for (let open = 0; this.#at < this.#text.length; ) {
      const char = this.#text[this.#at] ?? ""
      if (open === 0 && (char === "\n" || char === "}")) break
      if (/[[({]/.test(char)) open++
      else if (/[\])}]/.test(char)) open--
      this.#past(char)
    }
    const value = this.#text.slice(from, this.#at).trim()
    return /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value
  }

  /** Goes past one character, or past the whole of a text, comment or here-document that begins with it. */
  #past(char: string): void {
    if (char === '"') this.#quoted()
    else if (this.#isComment()) this.#skipComment()
    else if (char === "<" && this.#text[this.#at + 1] === "<") this.#skipHere()
    else this.#at++
  }

  /** A text ends at its quote or with its line; inside `${…}` there may be texts again. */
  #quoted(depth = 0): string {
    const from = ++this.#at
    for (let open = 0; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] ?? ""
      if (char === "\n" || (char === '"' && (open === 0 || depth > DEEPEST))) break
      if (char === "\\") this.#at++
      else if (char === '"') this.#inner(depth)
      else open = Math.max(0, open + this.#opens(char))
    }
    return this.#text.slice(from, this.#at++)
  }

  /** Stays on the closing quote. */
  #inner(depth: number): void {
    this.#quoted(depth + 1)
    this.#at--
  }

  #opens(char: string): number {
    if (char === "}") return -1
    return char === "{" && /[$%]/.test(this.#text[this.#at - 1] ?? "") ? 1 : 0
  }

  #skipHere(): void {
    const end = /<<[-~]?(\w+)[^\n]*/y
    end.lastIndex = this.#at
    const [whole = "<<", name] = end.exec(this.#text) ?? []
    this.#at += whole.length
    if (name === undefined) return
    const close = new RegExp(`^[ \\t]*${name}[ \\t\\r]*$`, "gm")
    close.lastIndex = this.#at
    this.#at = close.exec(this.#text) === null ? this.#text.length : close.lastIndex
  }

  #isComment(): boolean {
    const two = this.#text.slice(this.#at, this.#at + 2)
    return two.startsWith("#") || two === "//" || two === "/*"
  }

  #skipComment(): void {
    const isLong = this.#text.startsWith("/*", this.#at)
    const end = this.#text.indexOf(isLong ? "*/" : "\n", this.#at)
    this.#at = end < 0 ? this.#text.length : end + (isLong ? 2 : 0)
  }

  #skipSpaces(): void {
    while (/[ \t\r]/.test(this.#text[this.#at] ?? "")) this.#at++
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length) {
      if (/\s/.test(this.#text[this.#at] ?? "")) this.#at++
      else if (this.#isComment()) this.#skipComment()
      else return
    }
  }

  #take(sign: string): boolean {
    this.#skipSpaces()
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #lineHere(): number {
    for (; this.#counted < this.#at; this.#counted++) if (this.#text[this.#counted] === "\n") this.#line++
    return this.#line
  }
}

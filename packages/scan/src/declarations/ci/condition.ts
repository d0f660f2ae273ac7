/** An expression of a workflow's `if:`, as far as it decides who may pass. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "term"; readonly text: string }

/** Longer, or deeper, is no condition that a person wrote. */
const LONGEST = 20_000
const DEEPEST = 40

/** Answers the condition that an expression states; one that cannot be read is a single term, which guards nothing. */
export function parseCondition(expression: string): Condition {
  const text = expression.replaceAll(/\$\{\{|\}\}/g, " ")
  if (text.length > LONGEST) return { kind: "term", text: "" }
  return new ConditionReader(text).any(0)
}

/** Reads `||` before `&&` before `!` before what stands in brackets. */
class ConditionReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  any(depth: number): Condition {
    return this.#list("any", "||", () => this.#list("all", "&&", () => this.#one(depth)))
  }

  #list(kind: "all" | "any", sign: string, read: () => Condition): Condition {
    const parts = [read()]
    while (this.#take(sign)) parts.push(read())
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts }
  }

  #one(depth: number): Condition {
    if (depth > DEEPEST) return this.#term()
    if (this.#at < this.#text.length && this.#peekNot()) {
      this.#take("!")
      return { kind: "not", part: this.#one(depth + 1) }
    }
    if (!this.#take("(")) return this.#term()
    const inner = this.any(depth + 1)
    this.#take(")")
    return this.#compared(inner)
  }

  /** `(a || b) == true` compares a whole: then the brackets say nothing of who may pass. */
  #compared(inner: Condition): Condition {
    this.#skipBlanks()
    if (!/^[=!<>]=?/.test(this.#text.slice(this.#at, this.#at + 2))) return inner
    return this.#term()
  }

  #peekNot(): boolean {
    this.#skipBlanks()
    return this.#text[this.#at] === "!" && this.#text[this.#at + 1] !== "="
  }

  #take(sign: string): boolean {
    this.#skipBlanks()
    if (!this.#text.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++
  }

  /** Everything up to the next sign that joins terms; the brackets of a call and what stands in quotes belong to it. */
  #term(): Condition {
    const from = this.#at
    for (let open = 0; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]
      if (char === "'") this.#at = this.#closing("'")
      else if (char === "(") open++
      else if (char === ")" && --open < 0) break
      else if (open === 0 && /^(?:&&|\|\|)/.test(this.#text.slice(this.#at, this.#at + 2))) break
    }
    return { kind: "term", text: this.#text.slice(from, this.#at).trim() }
  }

  #closing(quote: string): number {
    const at = this.#text.indexOf(quote, this.#at + 1)
    return at < 0 ? this.#text.length : at
  }
}

/** A script is a stranger's text: longer ones, and deeper substitutions, are not looked into. */
const LONGEST_SCRIPT = 256 * 1024
const DEEPEST = 5

/** One command of a script: its words, quotes taken off. */
export type Command = readonly string[]

/**
 * Answers the commands that a shell script could run, also those in `$(…)`, backticks and pipes. Comments, the texts of
 * here-documents and what stands in quotes are not commands. It is read, never run.
 */
export function shellCommands(script: string, depth = 0): readonly Command[] {
  if (script.length > LONGEST_SCRIPT || depth > DEEPEST) return []
  return new ShellReader(script, depth).commands()
}

/** Reads a script once, from its beginning to its end. */
class ShellReader {
  readonly #text: string
  readonly #depth: number
  readonly #commands: Command[] = []
  #words: string[] = []
  #word: string | undefined
  #at = 0
  readonly #hereEnds: string[] = []

  constructor(text: string, depth: number) {
    this.#text = text
    this.#depth = depth
  }

  commands(): readonly Command[] {
    while (this.#at < this.#text.length) this.#step()
    this.#endCommand()
    return this.#commands
  }

  #step(): void {
    const char = this.#text[this.#at] ?? ""
    if (char === "\n") this.#endLine()
    else if (/\s/.test(char)) this.#endWord()
    else if (char === "#" && this.#word === undefined) this.#at = this.#next("\n", this.#at) - 1
    else if (/[;&|()]/.test(char)) this.#endCommand()
    else if (char === "<" || char === ">") this.#redirect()
    else this.#character(char)
    this.#at++
  }

  #character(char: string): void {
    if (char === "\\") this.#escaped()
    else if (char === "'") this.#add(this.#until("'"))
    else if (char === '"') this.#quoted()
    else if (char === "`") this.#substitute(this.#until("`"))
    else if (char === "$") this.#dollar()
    else this.#add(char)
  }

  /** A backslash at the end of a line joins it with the next. */
  #escaped(): void {
    this.#at++
    const char = this.#text[this.#at] ?? ""
    if (char === "\r" && this.#text[this.#at + 1] === "\n") this.#at++
    else if (char !== "\n") this.#add(char)
  }

  #quoted(): void {
    this.#add("")
    this.#at++
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      const char = this.#text[this.#at] ?? ""
      if (char === "\\") this.#add(this.#text[++this.#at] ?? "")
      else if (char === "$") this.#dollar()
      else if (char === "`") this.#substitute(this.#until("`"))
      else this.#add(char)
      this.#at++
    }
  }

  #dollar(): void {
    const rest = this.#text.slice(this.#at, this.#at + 3)
    if (rest === "${{") this.#add(this.#through("}}"))
    else if (rest.startsWith("${")) this.#add(this.#through("}"))
    else if (rest.startsWith("$(")) this.#substitute(this.#bracketed())
    else this.#add("$")
  }

  #substitute(script: string): void {
    this.#commands.push(...shellCommands(script, this.#depth + 1))
    this.#add("$()")
  }

  /** What stands in the brackets that open behind `$`. */
  #bracketed(): string {
    const from = this.#at + 2
    let open = 1
    for (this.#at = from; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]
      if (char === "'") this.#at = this.#next("'", this.#at + 1)
      else if (char === "(") open++
      else if (char === ")" && --open === 0) break
    }
    return this.#text.slice(from, this.#at)
  }

  /** Answers what stands before the next `end`, and goes to it. */
  #until(end: string): string {
    const from = this.#at + 1
    this.#at = this.#next(end, from)
    return this.#text.slice(from, this.#at)
  }

  #through(end: string): string {
    const from = this.#at
    const to = this.#text.indexOf(end, from)
    this.#at = to < 0 ? this.#text.length : to + end.length - 1
    return this.#text.slice(from, this.#at + 1)
  }

  #next(what: string, from: number): number {
    const at = this.#text.indexOf(what, from)
    return at < 0 ? this.#text.length : at
  }

  #redirect(): void {
    const here = /^<<-?\s*(?:"(\w+)"|'(\w+)'|\\?(\w+))/.exec(this.#text.slice(this.#at, this.#at + 80))
    if (here) this.#hereEnds.push(here[1] ?? here[2] ?? here[3] ?? "")
    const sign = here?.[0] ?? /^(?:<<<|[<>]+[&|]?)/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0] ?? ""
    this.#endWord()
    this.#at += Math.max(0, sign.length - 1)
  }

  #endLine(): void {
    this.#endCommand()
    for (const end of this.#hereEnds.splice(0)) this.#skipHere(end)
  }

  /** Goes to the end of the line that ends the here-document. */
  #skipHere(end: string): void {
    while (this.#at < this.#text.length) {
      const to = this.#next("\n", this.#at + 1)
      const line = this.#text.slice(this.#at + 1, to).trim()
      this.#at = to
      if (line === end) return
    }
  }

  #add(text: string): void {
    this.#word = (this.#word ?? "") + text
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word)
    this.#word = undefined
  }

  #endCommand(): void {
    this.#endWord()
    if (this.#words.length > 0) this.#commands.push(this.#words)
    this.#words = []
  }
}

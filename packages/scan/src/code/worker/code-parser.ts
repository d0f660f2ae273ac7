import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { Language, Parser } from "web-tree-sitter"
import type { CodeLanguage, KnownFramework } from "../../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../../knowledge/load-knowledge.ts"
import { codeKind } from "../code-file.ts"
import { type KnownCalls, knownCalls } from "../meaning/known-calls.ts"
import { type CodeFacts, readModule } from "../meaning/read-module.ts"
import { SourceModule } from "../meaning/source-module.ts"
import { notebookCode } from "../notebook.ts"

/** One file may take so long to be parsed; a real one takes a hundredth of it. */
const MILLISECONDS = 2_000
/** Files that take too long come in packs: each takes half the patience that the one before took, down to this. */
const SHORTEST = 250
/** Nodes of a tree that are worth reading: a file of two megabytes has fewer. */
const MOST_NODES = 2_000_000

const TOO_LONG = "it took too long to read"

class TookTooLong extends Error {
  override readonly name = "TookTooLong"
}

type Parsed = { readonly facts: CodeFacts } | { readonly refused: string }

/** Parses source files by their grammar, each loaded when the first file needs it. */
export class CodeParser {
  readonly #parser = new Parser()
  readonly #frameworks: readonly KnownFramework[]
  readonly #languages = new Map<string, Language>()
  readonly #calls = new Map<CodeLanguage, KnownCalls>()

  #late = 0

  private constructor(frameworks: readonly KnownFramework[]) {
    this.#frameworks = frameworks
  }

  static async create(): Promise<CodeParser> {
    await Parser.init()
    return new CodeParser(loadKnowledge().frameworks)
  }

  /** Answers what a file says of agents, or why that cannot be told. */
  async parse(path: string, text: string): Promise<Parsed> {
    const kind = codeKind(path)
    if (!kind) return { refused: "it is in no language that is known" }
    const code = kind.notebook ? notebookCode(text) : text
    if (code === undefined) return { refused: "it is not a notebook" }
    this.#parser.setLanguage(await this.#language(kind.grammar.wasm))
    const until = performance.now() + Math.max(SHORTEST, MILLISECONDS / 2 ** this.#late)
    const isLate = (): boolean => performance.now() > until
    const tree = this.#parser.parse(code, null, { progressCallback: isLate })
    if (!tree) {
      this.#late++
      this.#parser.reset()
      return { refused: TOO_LONG }
    }
    const hurry = (): void => {
      if (isLate()) throw new TookTooLong(TOO_LONG)
    }
    try {
      if (tree.rootNode.descendantCount > MOST_NODES) return { refused: "it has too many parts to be read" }
      return {
        facts: readModule(new SourceModule(kind.grammar, tree.rootNode, hurry), this.#callsOf(kind.language)),
      }
    } catch (error) {
      if (error instanceof TookTooLong) {
        this.#late++
        return { refused: error.message }
      }
      if (error instanceof RangeError) return { refused: "it is nested too deeply to be read" }
      throw error
    } finally {
      tree.delete()
    }
  }

  async #language(name: string): Promise<Language> {
    const known = this.#languages.get(name)
    if (known) return known
    const file = fileURLToPath(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`))
    const language = await Language.load(new Uint8Array(await readFile(file)))
    this.#languages.set(name, language)
    return language
  }

  #callsOf(language: CodeLanguage): KnownCalls {
    const known = this.#calls.get(language) ?? knownCalls(this.#frameworks, language)
    this.#calls.set(language, known)
    return known
  }
}

import type { Import } from "../syntax/grammar.ts"

/** What the names of a file mean: which module each comes from. */
export class Bindings {
  readonly #local = new Map<string, Import>()
  readonly #wildcards: readonly string[]
  readonly #defined: ReadonlySet<string>
  readonly #modules: readonly string[]

  /** `defined` are the classes of the file itself: they hide what a whole module brings. */
  constructor(imports: readonly Import[], defined: ReadonlySet<string>) {
    for (const found of imports) if (found.local !== "*") this.#local.set(found.local, found)
    this.#wildcards = imports.filter(({ local }) => local === "*").map(({ module }) => module)
    this.#modules = imports.map(({ module, name }) => (name === null ? module : `${module}.${name}`))
    this.#defined = defined
  }

  /** Answers the full names, module first, that a dotted name may stand for. */
  fullNames(path: readonly string[]): readonly string[] {
    const [head = "", ...rest] = path
    const found = this.#local.get(head)
    if (found) return [[found.module, ...(found.name === null ? [] : [found.name]), ...rest].join(".")]
    if (this.#defined.has(head)) return []
    return this.#wildcards.map((module) => [module, ...path].join("."))
  }

  /** Answers whether anything of one of `modules` is imported. */
  importsAny(modules: readonly string[]): boolean {
    return this.#modules.some((imported) => modules.some((module) => isBeneath(imported, module)))
  }
}

/** Answers whether `name` is a module, or lies beneath it. */
export function isBeneath(name: string, module: string): boolean {
  return name === module || name.startsWith(`${module}.`) || name.startsWith(`${module}/`)
}

import { existsSync } from "node:fs"
import { join, sep } from "node:path"
import type { KnownFramework } from "../knowledge/knowledge-pack.ts"

/** Names that people also give to packages of their own. */
const COMMON = new Set([
  "agents",
  "ai",
  "swarm",
  "copilot",
  "interpreter",
  "phi",
  "camel",
  "letta",
  "strands",
  "marvin",
])
const LIBRARIES = new Set(["lib", "libs", "packages"])
const SHOWN = /^(?:examples?|samples?|cookbooks?|demos?|tutorials?|templates?|notebooks?|apps?)$/i
/** How far above a package the folder may be that says what it is. */
const NEAR = 3

/**
 * Answers whether a Python file lies in a framework's own package: in a folder of the module's name that is a package,
 * or that stands where a library keeps one. A project of somebody else can hardly have one, since it would hide the
 * framework from itself.
 */
export function isInPackageOf(path: string, { sdks }: KnownFramework): boolean {
  const names = path.split(sep)
  return sdks
    .filter(({ languages }) => languages.includes("python"))
    .flatMap(({ modules }) => modules)
    .filter((module) => !COMMON.has(module))
    .some((module) => isInPackage(names, module.split(".")))
}

function isInPackage(names: readonly string[], module: readonly string[]): boolean {
  return names.slice(0, -1).some((_, at) => {
    if (!isNamed(names, at, module)) return false
    const folder = names.slice(0, at + module.length).join(sep)
    const isShown = names.slice(0, at).some((name) => SHOWN.test(name))
    return (existsSync(join(folder || sep, "__init__.py")) && !isShown) || isKeptAsLibrary(names, at, module)
  })
}

function isNamed(names: readonly string[], at: number, module: readonly string[]): boolean {
  return module.every((part, step) => names[at + step] === part)
}

/** `libs/crewai/…`, `crewai/src/crewai/…`; but not among examples. */
function isKeptAsLibrary(names: readonly string[], at: number, [first = ""]: readonly string[]): boolean {
  const above = names.slice(Math.max(0, at - NEAR), at)
  return (
    !names.some((name) => SHOWN.test(name)) &&
    above.some((name) => LIBRARIES.has(name) || name.replaceAll("-", "_") === first)
  )
}

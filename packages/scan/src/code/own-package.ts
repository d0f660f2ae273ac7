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

/**
 * Answers whether a Python file lies in a framework's own package: in a folder of the module's name that is a package. A
 * project of somebody else cannot have one, since it would hide the framework from itself.
 */
export function isInPackageOf(path: string, { sdks }: KnownFramework): boolean {
  return sdks
    .filter(({ languages }) => languages.includes("python"))
    .flatMap(({ modules }) => modules)
    .filter((module) => !COMMON.has(module))
    .some((module) => isInPackage(path, module))
}

function isInPackage(path: string, module: string): boolean {
  const names = path.split(sep)
  const parts = module.split(".")
  return names.slice(0, -1).some((_, at) => {
    const isNamed = parts.every((part, step) => {
      const name = names[at + step]
      return name === part || (step === parts.length - 1 && name?.startsWith(`${part}_`))
    })
    return isNamed && existsSync(join(names.slice(0, at + parts.length).join(sep) || sep, "__init__.py"))
  })
}

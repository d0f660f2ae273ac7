import type {
  CodeLanguage,
  KnownDeclaration,
  KnownFramework,
  KnownSdk,
} from "../../knowledge/knowledge-pack.ts"
import { type Bindings, isBeneath } from "./bindings.ts"

/** A declaration, and whose it is. */
export interface KnownCall {
  readonly framework: KnownFramework
  readonly sdk: KnownSdk
  readonly declaration: KnownDeclaration
}

/** The declarations of one language, found by the last name that is called. */
export type KnownCalls = ReadonlyMap<string, readonly KnownCall[]>

/** Answers the declarations that `frameworks` know for a language. */
export function knownCalls(frameworks: readonly KnownFramework[], language: CodeLanguage): KnownCalls {
  const calls = frameworks.flatMap((framework) =>
    framework.sdks
      .filter(({ languages }) => languages.includes(language))
      .flatMap((sdk) => sdk.agents.map((declaration) => ({ framework, sdk, declaration }))),
  )
  return Map.groupBy(calls, ({ declaration }) => declaration.call.split(".").at(-1) ?? "")
}

/** Answers the declarations that calling `path` may be, by what its names mean here. */
export function matchingCalls(
  path: readonly string[],
  calls: KnownCalls,
  bindings: Bindings,
): readonly KnownCall[] {
  const candidates = calls.get(path.at(-1) ?? "") ?? []
  if (candidates.length === 0) return []
  const names = bindings.fullNames(path)
  return candidates.filter(({ sdk, declaration }) => {
    if (declaration.how === "subclass") return false
    if (declaration.how === "method")
      return endsWith(path, declaration.call) && bindings.importsAny(sdk.modules)
    return names.some((name) => isFrom(name, declaration.call, sdk))
  })
}

/** Answers the declaration that extending one of `bases` is, by what its names mean here. */
export function extendedCall(
  bases: readonly (readonly string[])[],
  calls: KnownCalls,
  bindings: Bindings,
): KnownCall | undefined {
  for (const base of bases) {
    const names = bindings.fullNames(base)
    const found = (calls.get(base.at(-1) ?? "") ?? []).find(
      ({ sdk, declaration }) =>
        declaration.how === "subclass" && names.some((name) => isFrom(name, declaration.call, sdk)),
    )
    if (found) return found
  }
  return undefined
}

function endsWith(path: readonly string[], call: string): boolean {
  const whole = path.join(".")
  return whole === call || whole.endsWith(`.${call}`)
}

/** `module.….Name`: in Go the last part of the module's path begins the name. */
function isFrom(name: string, call: string, { modules }: KnownSdk): boolean {
  if (!name.endsWith(call)) return false
  const before = name.slice(0, -call.length)
  if (!/[./]$/.test(before)) return false
  return modules.some((module) => isBeneath(before.slice(0, -1), module))
}

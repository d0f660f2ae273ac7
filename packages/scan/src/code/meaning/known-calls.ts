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
  const names = bindings.fullNames(path)
  const methods = (calls.get(path.at(-1) ?? "") ?? []).filter(
    ({ sdk, declaration }) =>
      declaration.how === "method" && endsWith(path, declaration.call) && bindings.importsAny(sdk.modules),
  )
  return [...namedCalls(names, undefined, calls), ...methods]
}

/** Answers the declaration that extending one of `bases` is, by what its names mean here. */
export function extendedCall(
  bases: readonly (readonly string[])[],
  calls: KnownCalls,
  bindings: Bindings,
): KnownCall | undefined {
  return bases.flatMap((base) => namedCalls(bindings.fullNames(base), "subclass", calls))[0]
}

/** By its full name, whatever it is called here. */
function namedCalls(
  names: readonly string[],
  how: KnownDeclaration["how"],
  calls: KnownCalls,
): readonly KnownCall[] {
  return names.flatMap((name) =>
    (calls.get(name.slice(name.lastIndexOf(".") + 1)) ?? []).filter(
      ({ sdk, declaration }) => declaration.how === how && isFrom(name, declaration.call, sdk),
    ),
  )
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

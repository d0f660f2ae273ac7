import type { SeenCredentialView } from "@tabard/api"
import type { EffectClass } from "@tabard/core"
import { EFFECT_VERBS } from "./agent-words.ts"
import { capital } from "./capital.ts"

/** Where each credential lies, as it is said beside its kind. */
export const STORAGE_WORDS: Readonly<Record<SeenCredentialView["storedAs"], string>> = {
  plaintext: "in plain text",
  "env-reference": "read from the environment",
  keychain: "in the keychain",
  helper: "given by a helper program",
}

const FLAG_WORDS: ReadonlyMap<string, string> = new Map([
  ["unpinned", "not pinned"],
  ["plain-http", "over plain HTTP"],
  ["remote-source", "from remote source"],
  ["bridge", "bridges to other servers"],
  ["unknown-publisher", "unknown publisher"],
  ["administrator-scope", "asks for everything"],
  ["auto-approved", "approved unasked"],
  ["home-or-root", "home or root"],
])

/** What makes servers weak, as far as there are words for it. */
export const WEAKNESSES: readonly string[] = [...FLAG_WORDS.keys()]

/** Says what makes a server weak; a flag without words of its own is shown as it was reported. */
export function flagWords(flag: string): string {
  return FLAG_WORDS.get(flag) ?? flag.replaceAll("-", " ")
}

/** Says what a server's tools do, e.g. `reads, moves money`. */
export function capabilityWords(capabilities: readonly string[]): string {
  if (capabilities.length === 0) return "what it can do is not known"
  return capabilities.map((name) => (isEffectClass(name) ? EFFECT_VERBS[name] : name)).join(", ")
}

const SHORT_NAMES: ReadonlyMap<string, string> = new Map(
  ["API", "AWS", "JWT", "PAT", "SSH", "URI", "URL"].map((name) => [name.toLowerCase(), name]),
)

/** Says what a credential is: its provider and kind without the provider's name twice. */
export function credentialWords({ provider, kind }: Pick<SeenCredentialView, "provider" | "kind">): string {
  if (kind === "reference") return provider === null ? "A variable" : `${provider} variable`
  const plain = kind
    .split(/[-_]/)
    .map((word) => SHORT_NAMES.get(word) ?? word)
    .join(" ")
  if (provider === null) return capital(plain)
  const begins = plain.toLowerCase().startsWith(provider.toLowerCase())
  return begins ? `${provider}${plain.slice(provider.length)}` : `${provider} ${plain}`
}

function isEffectClass(name: string): name is EffectClass {
  return Object.hasOwn(EFFECT_VERBS, name)
}

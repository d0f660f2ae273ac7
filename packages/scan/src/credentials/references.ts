import type { CredentialStorage } from "@tabard/core"

/** A value that says where the secret is, instead of being it. */
export interface Reference {
  readonly storedAs: Exclude<CredentialStorage, "plaintext">
  /** The variable or entry that it names. */
  readonly names: string
  /** What stands in for a missing variable; it may itself be a secret. */
  readonly fallback: string | null
}

const REFERENCES: readonly { readonly pattern: RegExp; readonly storedAs: Reference["storedAs"] }[] = [
  { pattern: /^\$\{(?:env:|localEnv:)?([A-Za-z_]\w*)(?::?-([^}]*))?\}$/, storedAs: "env-reference" },
  { pattern: /^\$\{?input:([\w.-]+)\}?$/, storedAs: "env-reference" },
  { pattern: /^\$?\{\{\s*(?:secrets?|env|vars|inputs?)[.:](\w+)\s*\}\}$/i, storedAs: "env-reference" },
  { pattern: /^\$?\{secrets?[.:]([\w.-]+)\}$/i, storedAs: "helper" },
  { pattern: /^\{env:(\w+)\}$/, storedAs: "env-reference" },
  { pattern: /^\$(?:env:)?([A-Za-z_]\w*)$/, storedAs: "env-reference" },
  { pattern: /^env:([A-Za-z_]\w*)$/, storedAs: "env-reference" },
  { pattern: /^(?:process\.env\.|os\.environ\/)([A-Za-z_]\w*)$/, storedAs: "env-reference" },
  { pattern: /^%([A-Za-z_]\w*)%$/, storedAs: "env-reference" },
  { pattern: /^keychain:(.+)$/, storedAs: "keychain" },
  { pattern: /^(?:op:\/\/|vault:|secretref:)(.+)$/, storedAs: "helper" },
  { pattern: /^\{file:(.+)\}$/, storedAs: "helper" },
  { pattern: /^\$\((.+)\)$/, storedAs: "helper" },
]

const SCHEME = /^(?:Bearer|Basic|Token)\s+/i

/** Answers what `text` refers to if all of it is a reference, with or without `Bearer` before it. */
export function asReference(text: string): Reference | undefined {
  const bare = text.trim().replace(SCHEME, "")
  for (const { pattern, storedAs } of REFERENCES) {
    const match = pattern.exec(bare)
    if (match) return { storedAs, names: match[1] ?? "", fallback: match[2] || null }
  }
  return undefined
}

/** Answers where the value begins behind an authorization scheme such as `Bearer`. */
export function afterScheme(text: string): number {
  return SCHEME.exec(text)?.[0].length ?? 0
}

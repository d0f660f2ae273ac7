import type { CredentialStorage } from "@tabard/core"
import type { KnowledgePack, SecretShape } from "../knowledge/knowledge-pack.ts"

import { characterKinds } from "./entropy.ts"
import { isMadeOfRuns } from "./made-of-runs.ts"
import { afterScheme, asReference } from "./references.ts"
import { namesCookie, namesPassword, namesSecret } from "./secret-names.ts"

/** A credential in a text: what it is, and from where to where its secret stands. */
export interface FoundCredential {
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: CredentialStorage
  readonly start: number
  readonly end: number
}

const SHORTEST_PASSWORD = 6
const SHORTEST_TOKEN = 12
/** No shape is without one of these, and most values are: words and blanks, names, numbers. */
const MAY_HOLD_SHAPE = /\S{16}|PRIVATE KEY|:\/\//
/** `name=value`, and more of them. */
const COOKIE = /^[^\s=;]+=[^\s;]{12,}|;\s*[^\s=;]+=[^\s;]{12,}/
const PATH_OR_URL =
  /^(?:(?:[~.]{0,2}|\$\{?[\w:]+\}?|%\w+%)[\\/]|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/)|\.(?:json|pem|key|p12|pfx|crt|txt|env|ya?ml|toml)$/i
/** No real text holds more: it was made to make this slow, and is hidden whole. */
const MOST_IN_A_TEXT = 500
const EMBEDDED = /"([\w-]{2,64})"\s*:\s*"([^"\\]{6,4000})"/dg

/** A text, the name beside it, and whether that name promises nothing. */
export interface Value {
  readonly name: string | null
  readonly text: string
  readonly byShapeOnly?: boolean
}

/** Answers the credentials in a value: by shape first, then by what its name promises. */
export function findCredentials(
  { name, text, byShapeOnly }: Value,
  pack: KnowledgePack,
): readonly FoundCredential[] {
  const shaped = findShapes(name, text, pack)
  if (shaped.length > 0 || byShapeOnly) return shaped
  const reference = asReference(text)
  if (reference && !reference.fallback) return namedReference(name, text)
  if (reference?.fallback) return findFallback(name, text, reference.fallback, pack)
  const whole = findNamed(name, text, 0, pack)
  return whole.length > 0 ? whole : findEmbedded(text, pack)
}

/** Answers whether a value only keeps a place: `your-key-here`, `<token>`, `xxxx`, `ghp_1234567890`. */
export function isPlaceholder(text: string, pack: KnowledgePack): boolean {
  return text.trim() === "" || pack.placeholders.some((pattern) => pattern.test(text)) || isMadeOfRuns(text)
}

function namedReference(name: string | null, text: string): readonly FoundCredential[] {
  const reference = asReference(text)
  if (!reference || !(namesSecret(name) || namesSecret(reference.names))) return []
  return [{ kind: "reference", provider: null, storedAs: reference.storedAs, start: 0, end: text.length }]
}

function findFallback(
  name: string | null,
  text: string,
  fallback: string,
  pack: KnowledgePack,
): readonly FoundCredential[] {
  const found = findNamed(name, fallback, text.lastIndexOf(fallback), pack)
  return found.length > 0 ? found : namedReference(name, text)
}

function findShapes(name: string | null, text: string, pack: KnowledgePack): readonly FoundCredential[] {
  if (!MAY_HOLD_SHAPE.test(text)) return []
  const found: FoundCredential[] = []
  for (const shape of pack.shapes.filter((candidate) => speaksFor(candidate, name))) {
    for (const credential of matches(shape, text, pack)) {
      if (!found.some((other) => credential.start < other.end && other.start < credential.end))
        found.push(credential)
      if (found.length > MOST_IN_A_TEXT) return [{ ...credential, start: 0, end: text.length }]
    }
  }
  return found
}

function* matches(shape: SecretShape, text: string, pack: KnowledgePack): Generator<FoundCredential> {
  // To look once is cheap, and nearly always all there is to do: matchAll makes a pattern of its own each time.
  shape.pattern.lastIndex = 0
  if (!shape.pattern.test(text)) return
  shape.pattern.lastIndex = 0
  for (const match of text.matchAll(shape.pattern)) {
    const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0]
    const secret = text.slice(start, end)
    const again = isNameAgain(shape, text.slice(0, start), secret)
    const credential = again ? undefined : judge(shape, secret, pack)
    if (credential) yield { ...credential, start, end }
  }
}

/** `app:app@` keeps nobody out: a password that only says the name again is a default. */
function isNameAgain({ id }: SecretShape, before: string, secret: string): boolean {
  return id === "uri-password" && before.endsWith(`//${secret}:`)
}

function speaksFor(shape: SecretShape, name: string | null): boolean {
  if (shape.near.length === 0) return true
  const beside = (name ?? "").toLowerCase()
  return shape.near.some((word) => beside.includes(word))
}

function judge(
  shape: SecretShape,
  secret: string,
  pack: KnowledgePack,
): Omit<FoundCredential, "start" | "end"> | undefined {
  const { id: kind, provider } = shape
  const reference = asReference(secret)
  if (reference) return { kind: "reference", provider, storedAs: reference.storedAs }
  if (isPlaceholder(secret, pack) || isPublic(secret, pack)) return undefined
  if (kind === "uri-password" && pack.weakPasswords.has(secret.toLowerCase())) return undefined
  if (shape.role !== undefined && roleOf(secret) !== shape.role) return undefined
  if (kind === "jwt" && roleOf(secret) === "anon") return undefined
  return { kind, provider, storedAs: "plaintext" }
}

function isPublic(text: string, pack: KnowledgePack): boolean {
  return pack.notSecret.some((pattern) => pattern.test(text))
}

/** Answers the role a JWT claims: the anonymous key of some hosts is a JWT, and public. */
function roleOf(jwt: string): unknown {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"))
    return typeof payload === "object" && payload !== null && "role" in payload ? payload.role : undefined
  } catch {
    return undefined
  }
}

function findNamed(
  name: string | null,
  text: string,
  offset: number,
  pack: KnowledgePack,
): readonly FoundCredential[] {
  const start = afterScheme(text)
  const value = text.slice(start)
  if (!namesSecret(name) || !looksSecret(value, name, pack)) return []
  const span = { start: offset + start, end: offset + text.length }
  return [{ kind: kindNamed(name), provider: null, storedAs: "plaintext", ...span }]
}

function kindNamed(name: string | null): string {
  if (namesCookie(name)) return "session-cookie"
  return namesPassword(name) ? "password" : "generic-secret"
}

function looksSecret(value: string, name: string | null, pack: KnowledgePack): boolean {
  if (isPlaceholder(value, pack) || isPublic(value, pack) || PATH_OR_URL.test(value)) return false
  if (namesCookie(name)) return COOKIE.test(value)
  if (/\s/.test(value)) return false
  if (namesPassword(name))
    return value.length >= SHORTEST_PASSWORD && !pack.weakPasswords.has(value.toLowerCase())
  return value.length >= SHORTEST_TOKEN && characterKinds(value) >= 2
}

/** Settings are handed on as JSON in one argument or variable: `{"apiKey":"…"}`. */
function findEmbedded(text: string, pack: KnowledgePack): readonly FoundCredential[] {
  const found: FoundCredential[] = []
  for (const match of text.matchAll(EMBEDDED)) {
    const [start] = match.indices?.[2] ?? [0]
    const [credential] = findNamed(match[1] ?? null, match[2] ?? "", start, pack)
    if (credential) found.push(credential)
    if (credential && found.length > MOST_IN_A_TEXT) return [{ ...credential, start: 0, end: text.length }]
  }
  return found
}

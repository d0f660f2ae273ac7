import type { CredentialStorage } from "@tabard/core"
import { stableKey } from "../correlate/stable-key.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { Location } from "../report.ts"
import { entropyBits } from "./entropy.ts"
import { type FoundCredential, findCredentials, isPlaceholder } from "./find-credentials.ts"
import type { Fingerprint } from "./fingerprint.ts"
import { asReference } from "./references.ts"
import { namesSecret } from "./secret-names.ts"
import type { LintedSecret } from "./secretlint.ts"

/** What stands where a secret stood. */
const SECRET_MARK = "[secret]"
/** Shorter secrets are words too, and hiding each word like them would hide the file. */
const SHORTEST_SCRUBBED = 8
const MOST_SCRUBBED = 200
/** No real file holds so many credentials: what is behind them was made to flood whoever keeps the report. */
const MOST_SIGHTINGS = 1_000
/** What a name alone makes worth hiding. */
const SHORTEST_HIDDEN = 6
/** A token that nothing names is told from a word by its length and by how even its characters are. */
const SHORTEST_BARE = 24
const BARE_BITS = 80
const LONGEST_WORD = 16
const BARE_TOKEN = /^[A-Za-z0-9_+=-]+$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A text to be read: the name beside it, and the line it stands on, asked only where something is found. */
export interface NamedText {
  readonly name: string | null
  readonly text: string
  readonly line: () => number | null
  /** The name promises nothing here; and what was already read with its name is not told again. */
  readonly byShapeOnly?: boolean
}

/** A credential in one file, without its bytes. */
export interface CredentialSighting {
  readonly key: string
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: CredentialStorage
  readonly fingerprint: string | null
  readonly location: Location
}

/** Reads the texts of one file: a text goes in, a text without secrets comes out, and each secret leaves only a fingerprint. */
export class CredentialReader {
  readonly #pack: KnowledgePack
  readonly #fingerprint: Fingerprint
  readonly #path: string
  readonly #seesBare: boolean
  readonly #sightings = new Map<string, CredentialSighting>()
  /** The secrets of this file, kept until it is read, so that one told twice is hidden twice. */
  readonly #secrets = new Set<string>()
  #isFull = false

  /** Where `seesBare` is false, randomness alone makes no secret: commits and digests are as random. */
  constructor(
    pack: KnowledgePack,
    fingerprint: Fingerprint,
    path: string,
    { seesBare = true }: { readonly seesBare?: boolean } = {},
  ) {
    this.#pack = pack
    this.#fingerprint = fingerprint
    this.#path = path
    this.#seesBare = seesBare
  }

  /** Answers the text with its secrets hidden, and keeps what they were. */
  take(value: NamedText): string {
    const found = findCredentials(value, this.#pack)
    for (const credential of found) this.#see(value, credential)
    return hide(value.text, found)
  }

  /** Like take, and hides what its name promises to be secret even where it does not look like one. */
  takeOpen(value: NamedText): string {
    const safe = this.take(value)
    if (safe !== value.text || !namesSecret(value.name)) return safe
    const harmless =
      value.text.length < SHORTEST_HIDDEN || asReference(value.text) || isPlaceholder(value.text, this.#pack)
    return harmless ? safe : SECRET_MARK
  }

  /** Like take, and sees a token by its randomness where no name stands beside it: in a path or an argument. */
  takeBare(value: NamedText): string {
    const safe = this.take(value)
    if (safe !== value.text || !this.#isBareToken(value.text)) return safe
    this.#see(value, {
      kind: "generic-secret",
      provider: null,
      storedAs: "plaintext",
      start: 0,
      end: value.text.length,
    })
    return SECRET_MARK
  }

  /** Keeps what secretlint found in the text of the file, unless it was seen already: then under the name it has here. */
  takeLinted(found: readonly LintedSecret[]): void {
    for (const { secret, kind, provider, line } of found) {
      const credential = { kind, provider, storedAs: "plaintext", start: 0, end: secret.length } as const
      if (!this.#overlapsKnown(secret)) this.#see({ name: null, text: secret, line: () => line }, credential)
    }
  }

  /** Keeps that a credential comes from where `names` says: a variable, a keychain entry, a command. */
  refer(
    storedAs: Exclude<CredentialStorage, "plaintext">,
    names: string,
    line: number | null,
    provider: string | null = null,
  ): void {
    this.#keep("reference", provider, { storedAs, fingerprint: null, line, identity: [names] })
  }

  /** Answers `text` with every secret of this file hidden, wherever else it was told. */
  scrub(text: string): string {
    // No real file holds so many: it was made to make this slow, and what it says is not worth the risk.
    if (this.#secrets.size > MOST_SCRUBBED) return SECRET_MARK
    let safe = text
    for (const secret of this.#secrets) {
      if (secret.length >= SHORTEST_SCRUBBED) safe = safe.replaceAll(secret, SECRET_MARK)
    }
    return safe
  }

  /** Everything that was found in this file. */
  sightings(): readonly CredentialSighting[] {
    return [...this.#sightings.values()]
  }

  /** Answers what of the file is not told, or undefined where all is. */
  shortfall(): string | undefined {
    return this.#isFull ? `it holds more than ${MOST_SIGHTINGS} credentials` : undefined
  }

  #isBareToken(text: string): boolean {
    return this.#seesBare && isBareToken(text) && !isPlaceholder(text, this.#pack)
  }

  /** One rule takes more around a secret than another does. */
  #overlapsKnown(secret: string): boolean {
    if (this.#secrets.has(secret) || this.#secrets.size > MOST_SCRUBBED) return this.#secrets.has(secret)
    const known = [...this.#secrets].filter(({ length }) => length >= SHORTEST_SCRUBBED)
    return known.some((other) => other.includes(secret) || secret.includes(other))
  }

  #see(
    { name, text, line, byShapeOnly }: NamedText,
    { kind, provider, storedAs, start, end }: FoundCredential,
  ): void {
    const secret = text.slice(start, end)
    if (storedAs !== "plaintext") {
      this.#keep(kind, provider, {
        storedAs,
        fingerprint: null,
        line: line(),
        identity: [asReference(secret)?.names ?? ""],
      })
      return
    }
    if (byShapeOnly && this.#secrets.has(secret)) return
    if (this.#secrets.size <= MOST_SCRUBBED) this.#secrets.add(secret)
    const fingerprint = this.#fingerprint(secret)
    const identity = fingerprint ? [fingerprint] : [this.#path, name]
    this.#keep(kind, provider, { storedAs, fingerprint, line: line(), identity })
  }

  #keep(kind: string, provider: string | null, seen: Seen): void {
    const { identity, line, ...stored } = seen
    const key = stableKey("credential", [stored.storedAs, ...identity])
    const place = `${key} ${line}`
    if (this.#sightings.has(place)) return
    this.#isFull = this.#sightings.size >= MOST_SIGHTINGS
    if (this.#isFull) return
    this.#sightings.set(place, { key, kind, provider, ...stored, location: { path: this.#path, line } })
  }
}

interface Seen {
  readonly storedAs: CredentialStorage
  readonly fingerprint: string | null
  readonly line: number | null
  readonly identity: readonly (string | null)[]
}

function hide(text: string, found: readonly FoundCredential[]): string {
  const secrets = found
    .filter(({ storedAs }) => storedAs === "plaintext")
    .toSorted((a, b) => b.start - a.start)
  return secrets.reduce((safe, { start, end }) => safe.slice(0, start) + SECRET_MARK + safe.slice(end), text)
}

function isBareToken(text: string): boolean {
  if (text.length < SHORTEST_BARE || text.length > 4_000 || !BARE_TOKEN.test(text) || UUID.test(text))
    return false
  return entropyBits(text) >= BARE_BITS && text.split(/[-_]/).some(isJumble)
}

/** `documentation-server-2` is made of words and numbers; a token has a long part that is neither. */
function isJumble(part: string): boolean {
  return part.length >= LONGEST_WORD && /\d/.test(part) && /[A-Za-z]/.test(part)
}

/** A log's verifier key as this browser saw it first. */
export interface KeptKey {
  readonly key: string
  /** When that was. */
  readonly since: string
}

/** Where keys are kept: the browser's own storage, which no server writes. */
export type KeyShelf = Pick<Storage, "getItem" | "setItem">

/** Answers the key that is kept for a log, or undefined where this browser has seen none. */
export function keptKey(shelf: KeyShelf, origin: string): KeptKey | undefined {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(nameOf(origin)) ?? "null")
    return isKept(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Keeps a key for a log from now on, in the place of any other. */
export function keepKey(shelf: KeyShelf, origin: string, kept: KeptKey): void {
  try {
    shelf.setItem(nameOf(origin), JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing compares nothing: each time is its first.
  }
}

function nameOf(origin: string): string {
  return `tabard-log-key:${origin}`
}

function isKept(kept: unknown): kept is KeptKey {
  return (
    typeof kept === "object" &&
    kept !== null &&
    "key" in kept &&
    typeof kept.key === "string" &&
    "since" in kept &&
    typeof kept.since === "string"
  )
}

/** Where clients' requests are looked at. */
const PAGE = "/consent/"

/** What is remembered of a request while its person signs in, in this tab alone. */
const KEPT = "tabard-consent"

/** How long signing in may take. */
const PATIENCE_MS = 15 * 60 * 1000

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">

/** Answers the id of the request that an address leads to, or undefined where it leads elsewhere. */
export function requestIn(path: string): string | undefined {
  const id = path.startsWith(PAGE) ? path.slice(PAGE.length) : ""
  return /^[\w-]{1,64}$/.test(id) ? id : undefined
}

/** Remembers a request whose person has to sign in first: signing in leads to the first page, and to no named address. */
export function rememberRequest(storage: Kept, id: string, now: number): void {
  storage.setItem(KEPT, JSON.stringify({ id, at: now }))
}

/** Answers the address of the request that was remembered, once. */
export function takeRequest(storage: Kept, now: number): string | undefined {
  const text = storage.getItem(KEPT)
  storage.removeItem(KEPT)
  if (text === null) return undefined
  const { id, at }: { id?: unknown; at?: unknown } = Object(JSON.parse(text))
  const path = typeof id === "string" ? PAGE + id : ""
  return requestIn(path) !== undefined && typeof at === "number" && now - at < PATIENCE_MS ? path : undefined
}

import { v7 as uuidv7 } from "uuid"
import type { Clock } from "./clock.ts"

const PREFIX = {
  agent: "agt",
  apiToken: "atk",
  approval: "apr",
  call: "cal",
  channel: "chn",
  client: "cli",
  clientGrant: "cgr",
  clientRule: "crl",
  credential: "crd",
  deadLetter: "dlt",
  decision: "dec",
  delegation: "dlg",
  delivery: "dlv",
  enforcementPoint: "pep",
  event: "evt",
  finding: "fnd",
  instance: "ins",
  key: "key",
  notification: "ntf",
  offer: "ofr",
  organisation: "org",
  plan: "pln",
  policy: "pol",
  policySet: "pos",
  reach: "rch",
  reporter: "rep",
  scan: "scn",
  server: "srv",
  session: "ses",
  signal: "sig",
  signalSource: "sso",
  signalStream: "sst",
  sink: "snk",
  task: "tsk",
  team: "tem",
  toolVersion: "tlv",
  trustRule: "tru",
  user: "usr",
  view: "viw",
} as const

/** The kinds of thing that carry an id of ours. */
export type Kind = keyof typeof PREFIX

/** An id says what it names, to the compiler as well as to whoever reads a log line. */
export type Id<K extends Kind> = `${(typeof PREFIX)[K]}_${string}`

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Rows are sorted by the time that made them; what a stranger could try is a handle, and random. */
export function newId<K extends Kind>(kind: K, clock: Clock): Id<K> {
  return `${PREFIX[kind]}_${uuidv7({ msecs: clock.now().getTime() })}`
}

/** Answers whether `text` is spelt as an id of this kind; it says nothing of whether such a row exists. */
export function isId<K extends Kind>(kind: K, text: unknown): text is Id<K> {
  const prefix = `${PREFIX[kind]}_`
  return typeof text === "string" && text.startsWith(prefix) && UUID.test(text.slice(prefix.length))
}

/** Answers the kind of thing that a text is spelt as the id of, or as the beginning of one. */
export function kindBegun(text: string): Kind | undefined {
  const [prefix, ...rest] = text.split("_")
  if (rest.length !== 1 || !/^[0-9a-f-]{0,36}$/.test(rest.join(""))) return undefined
  const found = Object.entries(PREFIX).find(([, known]) => known === prefix)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is closed by its type
  return found?.[0] as Kind | undefined
}

/**
 * 128 random bits, for whatever a stranger could try: enrolment codes, sign-in links, approval handles. None begins with a
 * dash: as a word of a command it would be read as an option.
 */
export function newHandle(): string {
  const handle = randomWord()
  return handle.startsWith("-") ? newHandle() : handle
}

function randomWord(): string {
  // The browser's names, so that this file runs in both.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")
}

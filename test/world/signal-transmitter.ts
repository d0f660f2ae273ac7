import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"

/** The parts of a token that a test wants to be otherwise than they should be. */
export interface SetWish {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  /** Members that are to be left out. */
  readonly without?: readonly string[]
  readonly key?: KeyObject
}

/** A transmitter that others run: its keys, its tokens, and signals that wait to be fetched. */
export interface SignalTransmitter extends AsyncDisposable {
  readonly issuer: string
  readonly jwksUri: string
  readonly pollUrl: string
  /** How often its keys were asked for. */
  readonly keysAsked: () => number
  /** What is served as its keys. */
  serveKeys(keys: readonly object[]): void
  readonly jwk: object
  /** Signs a token as CAEP's interoperability profile has it, different in what is named. */
  token(events: Readonly<Record<string, unknown>>, subject: object, wish?: SetWish): string
  /** Puts a token where it is fetched from, under its jti. */
  queue(jti: string, token: string): void
  readonly acknowledged: () => readonly string[]
  readonly refused: () => Readonly<Record<string, { err: string }>>
  /** What the requests for signals were proven with. */
  readonly proofs: () => readonly (string | undefined)[]
}

export const AUDIENCE = "https://tabard.example/signals"

/** The URIs of what tests signal. */
export const CAEP = "https://schemas.openid.net/secevent/caep/event-type"
export const RISC = "https://schemas.openid.net/secevent/risc/event-type"

/** Starts a transmitter on loopback. */
export async function startTransmitter(): Promise<SignalTransmitter> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "first", use: "sig", alg: "RS256" }
  const state = {
    keys: [jwk] as readonly object[],
    asked: 0,
    waiting: new Map<string, string>(),
    acknowledged: [] as string[],
    refused: {} as Record<string, { err: string }>,
    proofs: [] as (string | undefined)[],
  }
  const server = createServer((request, response) => {
    const answer = (body: unknown): void => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(body))
    }
    if (request.url === "/jwks") {
      state.asked++
      return answer({ keys: state.keys })
    }
    state.proofs.push(request.headers.authorization)
    void bodyOf(request).then(async ({ ack = [], setErrs = {}, maxEvents, returnImmediately }) => {
      for (const jti of [...ack, ...Object.keys(setErrs)]) state.waiting.delete(jti)
      state.acknowledged.push(...ack)
      Object.assign(state.refused, setErrs)
      const isOver = (): boolean => state.waiting.size > 0 || request.destroyed
      if (!returnImmediately) await waitFor(isOver)
      answer({ sets: maxEvents === 0 ? {} : Object.fromEntries(state.waiting) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    pollUrl: `${issuer}/poll`,
    keysAsked: () => state.asked,
    serveKeys: (keys) => void (state.keys = keys),
    jwk,
    token: (events, subject, wish = {}) => tokenOf({ issuer, privateKey }, { events, subject, wish }),
    queue: (jti, token) => void state.waiting.set(jti, token),
    acknowledged: () => state.acknowledged,
    refused: () => state.refused,
    proofs: () => state.proofs,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As long as a patient transmitter would hold a request. */
async function waitFor(is: () => boolean): Promise<void> {
  const until = performance.now() + 2000
  while (!is() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10))
}

interface Asked {
  readonly ack?: readonly string[]
  readonly setErrs?: Readonly<Record<string, { err: string }>>
  readonly maxEvents?: number
  readonly returnImmediately?: boolean
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  let text = ""
  for await (const piece of request) text += String(piece)
  return JSON.parse(text)
}

function tokenOf(
  { issuer, privateKey }: { issuer: string; privateKey: KeyObject },
  { events, subject, wish }: { events: object; subject: object; wish: SetWish },
): string {
  const claims: Record<string, unknown> = {
    iss: issuer,
    jti: randomUUID(),
    iat: Math.floor(Date.now() / 1000),
    aud: AUDIENCE,
    sub_id: subject,
    events,
    ...wish.claims,
  }
  for (const name of wish.without ?? []) delete claims[name]
  const header: Record<string, unknown> = {
    alg: "RS256",
    typ: "secevent+jwt",
    kid: "first",
    ...wish.header,
  }
  for (const name of wish.without ?? []) delete header[name]
  const signed = `${base64url(header)}.${base64url(claims)}`
  return `${signed}.${sign("sha256", Buffer.from(signed), wish.key ?? privateKey).toString("base64url")}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}

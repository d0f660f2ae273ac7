import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { type Client, createClient } from "@tabard/api"
import { type Credentials, createKey, dpopProof, enrol, TokenSource } from "@tabard/client"
import { type Id, newId, systemClock } from "@tabard/core"
import type { RunningServer } from "@tabard/server"

/** An agent that may act, with a key of its own. */
export interface SignalledAgent {
  readonly id: Id<"agent">
  readonly spiffe: string
  readonly credentials: Credentials
}

/** Adopts an agent for whoever asks, and enrols a key for it. */
export async function activeAgent(server: RunningServer, api: Client): Promise<SignalledAgent> {
  const id = newId("agent", systemClock)
  const createdAt = systemClock.now()
  await server.organisation.shelf.transact(({ agents }) =>
    agents.insert({ id, state: "discovered", owner: null, mandate: null, createdAt }),
  )
  const expiresAt = new Date(createdAt.getTime() + 86_400_000).toISOString()
  const tier = "transactional"
  await api.adoptAgent({ id, name: "Helper", purpose: "Tidies", tier, expiresAt, acceptOwnership: true })
  // Where there is more than one steward, a second person would have to agree.
  await server.organisation.shelf.transact(({ agents }) => agents.move(id, ["proposed"], "active"))
  const { code } = await api.offerEnrolment({ id })
  const credentials = await enrol({ server: server.publicUrl, code, label: "laptop", key: await createKey() })
  return { id, spiffe: `spiffe://${server.organisation.organisation.trustDomain}/agent/${id}`, credentials }
}

/** The API as a person asks it whose session a test began. */
export function clientOf({ publicUrl }: Pick<RunningServer, "publicUrl">, cookie: string): Client {
  return createClient(publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
}

/** A token that an agent holds, and whether the gateway still takes it: no other is asked for in its place. */
export async function heldToken({ credentials }: SignalledAgent): Promise<() => Promise<boolean>> {
  const { accessToken } = await new TokenSource(credentials).token()
  const url = `${new URL(credentials.resource).origin}/mcp/nothing-of-this-name`
  let nonce: string | undefined
  const ask = async (): Promise<number> => {
    const target = { method: "POST", url, accessToken, nonce }
    const dpop = await dpopProof(credentials.key, target, () => new Date())
    const headers = {
      authorization: `DPoP ${accessToken}`,
      dpop,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    }
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} })
    const response = await fetch(url, { method: "POST", headers, body })
    await response.body?.cancel()
    nonce = response.headers.get("dpop-nonce") ?? nonce
    return response.status
  }
  return async () => {
    const status = await ask()
    return status === 401 && nonce !== undefined ? (await ask()) !== 401 : status !== 401
  }
}

/** A receiver that others run: it keeps what it took, and answers as it is told to. */
export interface SignalReceiver extends AsyncDisposable {
  readonly url: string
  readonly taken: string[]
  readonly requests: { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[]
  answer: { status: number; body?: object }
}

/** Starts a receiver on loopback, on a port that was had before where one is named. */
export async function startReceiver(port = 0): Promise<SignalReceiver> {
  const receiver = {
    taken: [] as string[],
    requests: [] as { headers: Record<string, unknown>; body: string }[],
    answer: { status: 202 } as { status: number; body?: object },
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on("data", (piece: Buffer) => pieces.push(piece))
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("utf8")
      receiver.requests.push({ headers: request.headers, body })
      const { status, body: said } = receiver.answer
      if (status === 202) receiver.taken.push(body)
      response.writeHead(status, { "content-type": "application/json" }).end(said && JSON.stringify(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  const bound = (server.address() as AddressInfo).port
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${bound}/events`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

/** What a token says, whoever signed it. */
export function claimsIn(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"))
}

/** The one event of a token: its URI and what it says. */
export function eventIn(token: string): readonly [string, Record<string, unknown>] {
  const [event] = Object.entries(Object(claimsIn(token)["events"]))
  if (!event) throw new Error("the token holds no event")
  return [event[0], Object(event[1])]
}

import { type Credentials, clientAssertion, dpopProof, TokenSource } from "@tabard/client"
import { makeMachine } from "../../test/world/machine.ts"
import { type Contestant, hold, inFlight } from "../contest.ts"
import { crowds, type Figure, type Table } from "../figure.ts"
import type { BareIssuerReady } from "../world/bare-issuer.ts"
import { startChild } from "../world/child.ts"
import type { TabardReady } from "../world/tabard-process.ts"

const AT_ONCE = [1, 16]

/** A token for an agent's key, against oidc-provider by itself: the same assertions, the same proofs. */
export const tokens: Figure = {
  name: "tokens",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const { notes } = stack.use(await makeMachine())
    const issuers: Issuer[] = []
    for (const [kept, name] of [
      ["sqlite", "bare oidc-provider, used ids in SQLite"],
      ["memory", "bare oidc-provider, used ids in memory"],
    ] as const) {
      const child = stack.use(await startChild<BareIssuerReady>("bare-issuer.ts", [kept]))
      issuers.push({ name, pid: child.pid, credentials: child.ready.credentials })
    }
    for (const others of crowds(measuring)) {
      measuring.say(`tokens: starting one with ${others} other instances`)
      const child = stack.use(await startChild<TabardReady>("tabard-process.ts", [`${others}`, notes, "no"]))
      issuers.push({ name: "Tabard", others, pid: child.pid, credentials: child.ready.credentials })
    }
    await warm(issuers, measuring)
    const tables: Table[] = []
    for (const atOnce of AT_ONCE) {
      measuring.say(`tokens: ${atOnce} at once`)
      const standings = await hold(
        issuers.map((issuer) => asking(issuer, atOnce)),
        measuring,
      )
      tables.push({ title: `a token (private_key_jwt, DPoP), ${atOnce} at once`, standings })
    }
    const [few] = issuers.filter(({ name }) => name === "Tabard")
    if (!few) return tables
    tables.push(await introspected([few], measuring))
    const many = manyTokens(measuring)
    measuring.say(`tokens: starting one with ${many} live tokens`)
    const child = stack.use(
      await startChild<TabardReady>("tabard-process.ts", ["10", notes, "no", `${many}`]),
    )
    const beside = { ...few, pid: child.pid, credentials: child.ready.credentials }
    await warm([beside], measuring)
    tables.push(...(await besideTokens(few, beside, measuring)))
    return tables
  },
}

/** A program that has served a few requests has not been compiled yet, and is several times slower than it will be. */
async function warm(
  issuers: readonly Issuer[],
  { quick, say, signal }: Parameters<Figure["measure"]>[0],
): Promise<void> {
  const requests = quick ? 100 : 2_000
  for (const issuer of issuers) {
    signal.throwIfAborted()
    say(`tokens: ${requests} from ${issuer.name} before it is timed`)
    for (const work of issuer.name === "Tabard" ? [asking, introspecting] : [asking]) {
      const { prepare, run } = work(issuer, 16)
      await prepare?.(requests)
      await run(requests)
    }
  }
}

/** How many live tokens an issuer is shown beside; BENCH_TOKENS says another number. */
function manyTokens({ quick }: Parameters<Figure["measure"]>[0]): number {
  return Number(process.env["BENCH_TOKENS"] ?? (quick ? 20_000 : 1_000_000))
}

/** Neither a token nor how one stands may cost more for the tokens that live besides, of as many as 100,000 agents. */
async function besideTokens(
  few: Issuer,
  beside: Issuer,
  measuring: Parameters<Figure["measure"]>[0],
): Promise<readonly Table[]> {
  const many = manyTokens(measuring).toLocaleString("en")
  const tables: Table[] = []
  for (const [what, work] of [
    ["a token", asking],
    ["a token's introspection", introspecting],
  ] as const) {
    measuring.say(`tokens: ${what} beside ${many} live tokens`)
    const contestants = [
      { ...work(few, 16), name: "few live tokens" },
      { ...work(beside, 16), name: `${many} live tokens` },
    ]
    tables.push({ title: `${what} beside others, 16 at once`, standings: await hold(contestants, measuring) })
  }
  return tables
}

interface Issuer {
  readonly name: string
  readonly others?: number
  readonly pid: number
  readonly credentials: Credentials
}

/** How a token stands, asked by the client that it was issued to, beside asking for another. */
async function introspected(
  issuers: readonly Issuer[],
  measuring: Parameters<Figure["measure"]>[0],
): Promise<Table> {
  measuring.say("tokens: introspection")
  const contestants = issuers.flatMap((issuer) => [
    { ...asking(issuer, 16), name: "Tabard, a token" },
    { ...introspecting(issuer, 16), name: "Tabard, its introspection" },
  ])
  return { title: "a token and its introspection, 16 at once", standings: await hold(contestants, measuring) }
}

function introspecting({ name, others, pid, credentials }: Issuer, atOnce: number): Contestant {
  const ready: RequestInit[] = []
  return {
    name,
    pid,
    ...(others !== undefined && { others }),
    prepare: async (count) => {
      const { accessToken } = await new TokenSource(credentials).token()
      ready.length = 0
      for (let made = 0; made < count; made++) ready.push(await signedQuestion(credentials, accessToken))
    },
    run: inFlight(atOnce, async () => {
      const response = await fetch(`${credentials.issuer}/introspection`, ready.pop())
      const answer = await response.text()
      if (!answer.includes('"active":true')) throw new Error(`not active: ${response.status} ${answer}`)
    }),
  }
}

async function signedQuestion({ instance, issuer, key }: Credentials, token: string): Promise<RequestInit> {
  return {
    method: "POST",
    body: new URLSearchParams({
      token,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await clientAssertion({ instance, issuer, key }, systemNow),
    }),
  }
}

/** What a request is made of is signed beforehand: the client's work is not the issuer's. */
function asking({ name, others, pid, credentials }: Issuer, atOnce: number): Contestant {
  const ready: RequestInit[] = []
  return {
    name,
    pid,
    ...(others !== undefined && { others }),
    prepare: async (count) => {
      ready.length = 0
      for (let made = 0; made < count; made++) ready.push(await signedRequest(credentials))
    },
    run: inFlight(atOnce, async () => {
      const response = await fetch(credentials.tokenEndpoint, ready.pop())
      const answer = await response.text()
      if (!response.ok) throw new Error(`no token: ${response.status} ${answer}`)
    }),
  }
}

async function signedRequest({
  instance,
  issuer,
  tokenEndpoint,
  resource,
  key,
}: Credentials): Promise<RequestInit> {
  return {
    method: "POST",
    headers: { dpop: await dpopProof(key, { method: "POST", url: tokenEndpoint }, systemNow) },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: instance,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await clientAssertion({ instance, issuer, key }, systemNow),
      resource,
    }),
  }
}

function systemNow(): Date {
  return new Date()
}

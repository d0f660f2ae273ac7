import { once } from "node:events"
import { createServer } from "node:http"
import { type Credentials, clientAssertion } from "@tabard/client"
import { DEFAULT_TOKEN_SETTINGS, type Id, isId, systemClock, TIERS, type User } from "@tabard/core"
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose"
import { type GovernedAgent, governAgent } from "../governed-agent.ts"
import { addPerson, type Person } from "../people.ts"
import {
  type RunningTabard,
  runTabard,
  type SignedInPerson,
  signInFirst,
  type TabardOptions,
} from "../running-tabard.ts"
import { makeShiftingServer, type ShiftingServer } from "../shifting-server.ts"
import { AUDIENCE, type SignalTransmitter, startTransmitter } from "../signal-transmitter.ts"
import { startWorkloadIssuer, type WorkloadIssuer } from "../workload-issuer.ts"

/** The organisation's provider, as far as its word for a person goes. */
export interface PeopleProvider {
  readonly issuer: string
  readonly key: CryptoKey
}

/** Everything that any way to a token needs, in one Tabard. */
export interface IssuingWorld extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
  /** Ann, as her browser has her: a second administrator would have to agree to what she adopts. */
  readonly steward: Person
  readonly upstream: ShiftingServer
  readonly workloads: WorkloadIssuer
  readonly provider: PeopleProvider
  /** Sends one signal about a subject, as the transmitter of the organisation's choice does. */
  signal(event: string, subject: object): Promise<void>
}

/** Starts it; where its store and its key-encryption key are may be said, and so where it listens. */
export async function startIssuingWorld({
  env: own,
  ...options
}: Pick<TabardOptions, "env" | "store" | "port"> = {}): Promise<IssuingWorld> {
  await using stack = new AsyncDisposableStack()
  const upstream = stack.use(await makeShiftingServer())
  const workloads = stack.use(await startWorkloadIssuer())
  const provider = await startProvider(stack)
  const transmitter = stack.use(await startTransmitter())
  const env = {
    TABARD_OIDC_ISSUER: provider.issuer,
    TABARD_OIDC_CLIENT_ID: "tabard",
    TABARD_OIDC_CLIENT_SECRET: "a secret of thirty-two characters!",
    ...own,
  }
  const tabard = stack.use(await runTabard({ ...options, env, gateway: { patienceMs: 50 } }))
  const ann = await signInFirst(tabard.server, "Ann")
  await ann.api.registerServer({ name: "notes", launch: upstream.launch })
  // A JWT-SVID is bound to no key.
  await tabard.server.organisation.shelf.transact(async ({ organisation }) => {
    await organisation.putTokenSettings({ ...DEFAULT_TOKEN_SETTINGS, bearerTiers: TIERS })
    await organisation.bumpVersion()
  })
  const steward = await personOf(tabard, ann)
  const signal = await signalsFrom(transmitter, ann)
  const owned = stack.move()
  const close = () => owned.disposeAsync()
  return { tabard, ann, steward, upstream, workloads, provider, signal, [Symbol.asyncDispose]: close }
}

async function personOf({ server }: RunningTabard, { api, cookie }: SignedInPerson): Promise<Person> {
  const [ann] = (await api.listPeople({})).items
  const id = ann?.id
  const user = isId("user", id) && (await server.organisation.shelf.snapshot(({ users }) => users.find(id)))
  if (!user) throw new Error("nobody signed in")
  return { user, cookie: cookie() }
}

async function signalsFrom(
  transmitter: SignalTransmitter,
  { api }: SignedInPerson,
): Promise<IssuingWorld["signal"]> {
  const { issuer, jwksUri } = transmitter
  const delivery = { method: "push" } as const
  const source = await api.makeSignalSource({
    name: "Elsewhere",
    issuer,
    jwksUri,
    audience: AUDIENCE,
    delivery,
  })
  return async (event, subject) => {
    const { status } = await fetch(source.url, {
      method: "POST",
      body: transmitter.token({ [event]: {} }, subject),
      headers: { "content-type": "application/secevent+jwt", authorization: `Bearer ${source.token}` },
    })
    if (status !== 202) throw new Error(`the signal was answered with ${status}`)
  }
}

async function startProvider(stack: AsyncDisposableStack): Promise<PeopleProvider> {
  const { privateKey, publicKey } = await generateKeyPair("ES256")
  const jwk = { ...(await exportJWK(publicKey)), kid: "idp", alg: "ES256", use: "sig" }
  const server = createServer((request, response) => {
    const isKeys = request.url === "/jwks"
    response.setHeader("content-type", "application/json")
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  stack.defer(() => void server.close())
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  return { issuer, key: privateKey }
}

/** The provider's word for the person of this subject, to one client (an identity assertion). */
export function wordFor(
  { provider, tabard }: IssuingWorld,
  { subject, client }: { readonly subject: string; readonly client: string },
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const { publicUrl } = tabard.server
  return new SignJWT({
    iss: provider.issuer,
    sub: subject,
    aud: `${publicUrl}/oauth`,
    client_id: client,
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 300,
    resource: `${publicUrl}/mcp`,
    scope: "read",
  })
    .setProtectedHeader({ alg: "ES256", typ: "oauth-id-jag+jwt", kid: "idp" })
    .sign(provider.key)
}

/** An agent that a person of its own answers for, so that her leaving is hers alone; its task serves another. */
export interface OwnedAgent extends GovernedAgent {
  readonly owner: Pick<User, "id">
}

/** Adopts and enrols one. */
export async function ownedAgent(world: IssuingWorld): Promise<OwnedAgent> {
  const agent = await governAgent(world.tabard.server, world.ann.api)
  return { ...agent, owner: await handOver(world, agent.id) }
}

/** Gives an agent an owner who has no other one. */
export async function handOver(
  { tabard: { server } }: IssuingWorld,
  agent: Id<"agent">,
): Promise<Pick<User, "id">> {
  const { user } = await addPerson(server, "member")
  await server.organisation.shelf.transact(async ({ agents, organisation }) => {
    const from = (await agents.find(agent))?.owner ?? null
    if (!(await agents.handOver(agent, from, user.id, systemClock.now())))
      throw new Error("it was not handed over")
    await organisation.bumpVersion()
  })
  return user
}

/** Asks one of the issuer's endpoints as an install does, by its key. */
export async function askAsInstall(
  credentials: Credentials,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${credentials.issuer}${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams({
      client_id: credentials.instance,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await clientAssertion(credentials, () => new Date()),
      ...form,
    }),
  })
}

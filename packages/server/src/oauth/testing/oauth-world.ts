import { randomBytes } from "node:crypto"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { PolicyKeeper, type Shelf } from "@tabard/control"
import {
  type Agent,
  type Id,
  type Instance,
  newId,
  type Organisation,
  systemClock,
  type Task,
  type User,
} from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { type CryptoKey, exportJWK, generateKeyPair } from "jose"
import { OutsideKeys } from "../../federation/outside-keys.ts"
import { senderNetwork } from "../../http/client-address.ts"
import { seenAtDoor } from "../../http/seen-at-door.ts"
import { targetRules } from "../../notifications/guard-address.ts"
import { noticingShelf } from "../../organisation/noticing-shelf.ts"
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
} from "../authorization-server.ts"
import { KnownStanding } from "../known-standing.ts"
import { ProofNonces } from "../proof-nonces.ts"
import { parsePublicKey } from "../public-key.ts"
import { fixedKeys, type SigningKey } from "../signing-keys.ts"

/** An agent's key, both halves. */
export interface AgentKey {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly alg: "ES256" | "EdDSA"
}

/** A running authorization server on a true store, with one agent that is enrolled there. */
export interface OAuthWorld extends AsyncDisposable {
  readonly server: AuthorizationServer
  /** The resource that tokens are for: what `serveResource` answers. */
  readonly resource: string
  /** Says who answers whatever is not the authorization server's. */
  serveResource(listener: RequestListener): void
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly nonces: ProofNonces
  readonly standing: KnownStanding
  readonly owner: User
  readonly agent: Agent
  readonly instance: Instance
  readonly key: AgentKey
  readonly task: Task
  /** What the server told its operator and nobody else. */
  readonly faults: readonly unknown[]
}

const NOBODY_OUTSIDE = {
  provider: null,
  outside: targetRules({ production: false, listed: [] }),
  seenOf: seenAtDoor({ privateNetworks: [], proxies: [] }),
}

/** What a test puts in the place of what there is otherwise. */
export interface WorldOptions
  extends Partial<
    Pick<AuthorizationServerOptions, "begun" | "clock" | "grants" | "keys" | "outsideKeys" | "record">
  > {
  /** What the server's store is reached through. */
  readonly through?: (shelf: Shelf) => Shelf
}

/** Opens a world of its own for one test; `mount` is where below its origin the issuer lives. */
export async function openOAuthWorld(
  alg: AgentKey["alg"] = "ES256",
  mount = "/oauth",
  { through = (shelf) => shelf, ...options }: WorldOptions = {},
): Promise<OAuthWorld> {
  await using opened = new AsyncDisposableStack()
  const { store } = opened.use(await openTemporarySqlite())
  const organisation = await store.ensureOrganisation("acme", acme)
  const standing = new KnownStanding({ shelf: store.shelf(organisation.id), clock: systemClock })
  const shelf = noticingShelf(store.shelf(organisation.id), () => standing.forget())
  const key = await agentKey(alg)
  const subjects = await enrolledAgent(shelf, key)

  const faults: unknown[] = []
  const http = createServer()
  const origin = await listen(http)
  opened.defer(() => close(http))
  const nonces = new ProofNonces(randomBytes(32), systemClock)
  const server = createAuthorizationServer({
    organisation,
    shelf: through(shelf),
    clock: systemClock,
    issuer: `${origin}${mount}`,
    resource: `${origin}/mcp`,
    keys: fixedKeys([await signingKey("first")]),
    addressOf: senderNetwork([]),
    policies: new PolicyKeeper(),
    cookieKeys: ["only for tests"],
    nonces,
    standing,
    outsideKeys: new OutsideKeys({
      rules: targetRules({ production: false, listed: [] }),
      clock: systemClock,
    }),
    ...NOBODY_OUTSIDE,
    record: { stop: async () => undefined },
    onFault: (error) => faults.push(error),
    ...options,
  })
  let resource: RequestListener = notFound
  http.on("request", (request, response) => {
    if (request.url === "/mcp") return resource(request, response)
    void server.callback(request, response)
  })

  const resources = opened.move()
  return {
    server,
    resource: `${origin}/mcp`,
    serveResource: (listener) => {
      resource = listener
    },
    organisation,
    shelf,
    nonces,
    standing,
    key,
    ...subjects,
    faults,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function acme(): Organisation {
  return { id: newId("organisation", systemClock), slug: "acme", name: "Acme", trustDomain: "acme.example" }
}

/** A key that signs tokens. */
export async function signingKey(kid: string): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true })
  const { x = "", y = "", d = "" } = await exportJWK(privateKey)
  return { kty: "EC", crv: "P-256", x, y, d, kid }
}

/** A key of an agent's. */
export async function agentKey(alg: AgentKey["alg"] = "ES256"): Promise<AgentKey> {
  return { ...(await generateKeyPair(alg, { extractable: true })), alg }
}

async function enrolledAgent(
  shelf: Shelf,
  key: AgentKey,
): Promise<{ owner: User; agent: Agent; instance: Instance; task: Task }> {
  const now = systemClock.now()
  const owner: User = {
    id: newId("user", systemClock),
    name: "Ada",
    email: "ada@acme.example",
    role: "member",
    active: true,
    createdAt: now,
  }
  const agent = agentOf(owner.id)
  const instance: Instance = {
    id: newId("instance", systemClock),
    agent: agent.id,
    kind: "key",
    label: "laptop",
    ...(await parsePublicKey(await exportJWK(key.publicKey))),
    enrolledAt: now,
    lastUsedAt: null,
    revokedAt: null,
  }
  const task = taskOf(agent)
  await shelf.transact(async (tx) => {
    await tx.users.insert(owner)
    await tx.agents.insert(agent)
    await tx.instances.insert(instance)
    await tx.tasks.insert(task)
  })
  return { owner, agent, instance, task }
}

/** An active agent. */
export function agentOf(owner: Id<"user">, expiresInMs = 3600_000): Agent {
  const now = systemClock.now()
  return {
    id: newId("agent", systemClock),
    state: "active",
    owner,
    mandate: {
      purpose: "Keeps the notes tidy.",
      tier: "transactional",
      expiresAt: new Date(now.getTime() + expiresInMs),
      proposedBy: owner,
      acceptedAt: now,
      oversight: "not-required",
      approvedBy: null,
    },
    createdAt: now,
  }
}

/** An open task of an agent. */
export function taskOf({ id, owner }: Agent): Task {
  const now = systemClock.now()
  const user = owner ?? newId("user", systemClock)
  return {
    id: newId("task", systemClock),
    agent: id,
    text: "Tidy the notes.",
    opener: { kind: "user", user },
    onBehalfOf: user,
    scope: { server: newId("server", systemClock), tools: ["read_file"], folder: "/notes" },
    openedAt: now,
    expiresAt: new Date(now.getTime() + 3600_000),
    closedAt: null,
  }
}

const notFound: RequestListener = (_request, response) => {
  response.writeHead(404).end()
}

async function listen(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = http.address()
  if (typeof address !== "object" || !address) throw new Error("it listens nowhere")
  return `http://127.0.0.1:${address.port}`
}

async function close(http: Server): Promise<void> {
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
}

// oidc-provider by itself in a process of its own: the same grant, the same proofs, and an adapter that keeps used ids.
import { generateKeyPairSync } from "node:crypto"
import { createServer } from "node:http"
import type { Credentials, PrivateKey } from "@tabard/client"
import { createKey, publicHalf } from "@tabard/client"
import {
  type Adapter,
  type ClientMetadata,
  OidcProvider,
} from "../../packages/server/src/oauth/oidc-provider.ts"
import { serveUntilLetGo } from "./child.ts"
import { openPlainSqlite } from "./plain-sqlite.ts"

/** What the parent is told. */
export interface BareIssuerReady {
  readonly credentials: Credentials
}

const CLIENT = "bench"
const [kept = "memory"] = process.argv.slice(2)
await using stack = new AsyncDisposableStack()
const replays = kept === "sqlite" ? await inSqlite() : inMemory()
const key = await createKey()
const http = createServer()
const issuer = await new Promise<string>((resolve) =>
  http.listen(0, "127.0.0.1", () => {
    const address = http.address()
    resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`)
  }),
)
const resource = `${issuer}/mcp`
const signing = {
  ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }),
  kid: "1",
}

const provider = new OidcProvider(issuer, {
  adapter: (kind) => adapterOf(kind),
  jwks: { keys: [signing] },
  cookies: { keys: ["only for the bench"] },
  responseTypes: [],
  scopes: [],
  clientAuthMethods: ["private_key_jwt"],
  enabledJWA: {
    clientAuthSigningAlgValues: ["ES256"],
    dPoPSigningAlgValues: ["ES256"],
    idTokenSigningAlgValues: ["ES256"],
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      getResourceServerInfo: () => ({
        scope: "",
        audience: resource,
        accessTokenFormat: "jwt",
        accessTokenTTL: 300,
        jwt: { sign: { alg: "ES256", kid: "1" } },
      }),
    },
  },
})
const answer = provider.callback()
http.on("request", (request, response) => void answer(request, response))
const credentials: Credentials = {
  instance: CLIENT,
  agent: CLIENT,
  issuer,
  tokenEndpoint: `${issuer}/token`,
  resource,
  key,
}
await serveUntilLetGo({ credentials } satisfies BareIssuerReady)
http.closeAllConnections()
http.close()
await stack.disposeAsync()

interface Replays {
  keep(id: string, expiresAt: number): void
  find(id: string): boolean
}

function inMemory(): Replays {
  const ids = new Set<string>()
  return { keep: (id) => void ids.add(id), find: (id) => ids.has(id) }
}

async function inSqlite(): Promise<Replays> {
  const { database } = stack.use(await openPlainSqlite())
  database.exec("create table bare (id text primary key, expires_at integer not null) strict")
  const keep = database.prepare("insert into bare (id, expires_at) values (?, ?)")
  const find = database.prepare("select 1 from bare where id = ?")
  return {
    keep: (id, expiresAt) => void keep.run(id, expiresAt),
    find: (id) => find.get(id) !== undefined,
  }
}

function adapterOf(kind: string): Adapter {
  return {
    upsert: async (id, _payload, expiresIn) =>
      replays.keep(`${kind}:${id}`, Date.now() + (expiresIn ?? 0) * 1000),
    find: async (id) => {
      if (kind === "Client") return id === CLIENT ? clientOf(key) : undefined
      return replays.find(`${kind}:${id}`) ? { jti: id } : undefined
    },
    findByUserCode: nothing,
    findByUid: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}

function clientOf(of: PrivateKey): ClientMetadata {
  return {
    client_id: CLIENT,
    grant_types: ["client_credentials"],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: "ES256",
    jwks: { keys: [{ ...publicHalf(of) }] },
  }
}

async function nothing(): Promise<undefined> {
  return undefined
}

import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import { requireTool } from "./outside-tool.ts"

/** A Keycloak of its own, with one realm and one client that is a workload. */
export interface Keycloak extends AsyncDisposable {
  readonly issuer: string
  /** A token of the client's own service account, for these audiences besides its own. */
  token(): Promise<string>
  /** Has the realm sign by another key from now on. */
  rotateKeys(): Promise<void>
}

const ADMINISTRATOR = { username: "admin", password: "admin" }
const CLIENT = { clientId: "notes-agent", secret: "only for tests" }
/** It compiles itself at its first start, on whatever machine this is. */
const PATIENCE_MS = 400_000

/** Starts it, with a client whose tokens are for this audience and nobody else. */
export async function startKeycloak(audience: string): Promise<Keycloak> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-keycloak-"))
  const port = await freePort()
  const server = `http://127.0.0.1:${port}`
  const { username, password } = ADMINISTRATOR
  const args = ["start-dev", "--http-host=127.0.0.1", `--http-port=${port}`, "--db=dev-mem", "--cache=local"]
  const running = spawn(requireTool("keycloak"), args, {
    env: {
      ...process.env,
      KC_COPY: folder,
      KC_BOOTSTRAP_ADMIN_USERNAME: username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: password,
    },
    stdio: "ignore",
    detached: true,
  })
  const stop = async (): Promise<void> => {
    if (running.pid !== undefined && running.exitCode === null) process.kill(-running.pid, "SIGKILL")
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await answering(`${server}/realms/master`, running)
    await makeRealm(server, audience)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    issuer: `${server}/realms/acme`,
    token: () => tokenOf(server, "acme", { ...credentialsOf(CLIENT), grant_type: "client_credentials" }),
    rotateKeys: () => addKey(server),
    [Symbol.asyncDispose]: stop,
  }
}

async function answering(url: string, running: { readonly exitCode: number | null }): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    if (running.exitCode !== null) throw new Error(`Keycloak ended with ${running.exitCode}`)
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await pause(500)
  }
  throw new Error("Keycloak did not start in time")
}

function makeRealm(server: string, audience: string): Promise<void> {
  const mapper = {
    name: "audience",
    protocol: "openid-connect",
    protocolMapper: "oidc-audience-mapper",
    config: { "included.custom.audience": audience, "access.token.claim": "true" },
  }
  const client = {
    ...CLIENT,
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
    fullScopeAllowed: false,
    defaultClientScopes: ["basic"],
    protocolMappers: [mapper],
  }
  return administer(server, "/admin/realms", { realm: "acme", enabled: true, clients: [client] })
}

async function addKey(server: string): Promise<void> {
  const realm = await read(server, "/admin/realms/acme")
  await administer(server, "/admin/realms/acme/components", {
    name: "newer",
    providerId: "rsa-generated",
    providerType: "org.keycloak.keys.KeyProvider",
    parentId: realm["id"],
    config: { priority: ["1000"], algorithm: ["RS256"] },
  })
}

async function administer(server: string, path: string, body: object): Promise<void> {
  const headers = { ...(await asAdministrator(server)), "content-type": "application/json" }
  const answer = await fetch(`${server}${path}`, { method: "POST", headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`Keycloak answers ${answer.status}: ${await answer.text()}`)
}

async function read(server: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${server}${path}`, { headers: await asAdministrator(server) })
  return Object(await answer.json())
}

async function asAdministrator(server: string): Promise<{ readonly authorization: string }> {
  const grant = { ...ADMINISTRATOR, client_id: "admin-cli", grant_type: "password" }
  return { authorization: `Bearer ${await tokenOf(server, "master", grant)}` }
}

async function tokenOf(server: string, realm: string, grant: Record<string, string>): Promise<string> {
  const url = `${server}/realms/${realm}/protocol/openid-connect/token`
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(grant) })
  return String(Object(await answer.json())["access_token"])
}

function credentialsOf({ clientId, secret }: typeof CLIENT): Record<string, string> {
  return { client_id: clientId, client_secret: secret }
}

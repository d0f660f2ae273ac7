import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Credentials, clientAssertion, dpopProof, TokenSource } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { freePort } from "../../test/world/free-port.ts"
import { rawRequest } from "../../test/world/raw-request.ts"
import { type Spread, spreadOf } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { startChild } from "../world/child.ts"
import type { ReplicaReady } from "../world/replica-process.ts"

/** What the slowest of a hundred may take. */
const LIMIT_MICROSECONDS = 1_000_000

/** How long one may take before something is broken. */
const PATIENCE_MS = 10_000

/** How long a token that was given back at one replica is still taken by another, over PostgreSQL. */
export const revocation: Figure = {
  name: "revocation",
  async measure(measuring) {
    if (postgresMissing()) return []
    await using stack = new AsyncDisposableStack()
    const store = await stack.use(await startPostgresCluster()).createDatabase()
    const folder = await mkdtemp(join(tmpdir(), "tabard-revocation-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const kek = join(folder, "kek")
    await writeFile(kek, randomBytes(32).toString("base64"), { mode: 0o600 })
    const start = async (...args: readonly string[]): Promise<ReplicaReady> =>
      stack.use(await startChild<ReplicaReady>("replica-process.ts", [store, kek, ...args])).ready
    const { publicUrl, credentials } = await start(`${await freePort()}`)
    const other = await start("0", publicUrl)
    if (!credentials) throw new Error("the first replica has no agent")
    return [tableOf(await sampled({ credentials, address: other.address }, measuring))]
  },
}

interface Replicas {
  /** At the first, whose address is the public one. */
  readonly credentials: Credentials
  /** Where the second listens. */
  readonly address: string
}

async function sampled(replicas: Replicas, { quick, signal, say }: Measuring): Promise<readonly number[]> {
  const samples = quick ? 20 : 200
  say(`revocation: ${samples} tokens`)
  const times: number[] = []
  for (let n = 0; n < samples; n++) {
    signal.throwIfAborted()
    times.push(await sample(replicas))
  }
  return times
}

/** Answers the microseconds from the answer to the revocation until the other replica refuses the token first. */
async function sample({ credentials, address }: Replicas): Promise<number> {
  const { accessToken } = await new TokenSource(credentials).token()
  // So the other knows it, and would take it on its own word for as long as it does so at all.
  if (!(await isTaken({ credentials, address }, accessToken))) throw new Error("a new token was refused")
  await revoke(credentials, accessToken)
  const began = performance.now()
  while (await isTaken({ credentials, address }, accessToken)) {
    if (performance.now() - began > PATIENCE_MS) throw new Error("it is still taken")
  }
  return (performance.now() - began) * 1_000
}

async function revoke({ issuer, instance, key }: Credentials, token: string): Promise<void> {
  const body = new URLSearchParams({
    token,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await clientAssertion({ instance, issuer, key }, systemNow),
  })
  const response = await fetch(`${issuer}/revocation`, { method: "POST", body })
  if (!response.ok) throw new Error(`not revoked: ${response.status} ${await response.text()}`)
}

async function isTaken({ credentials, address }: Replicas, accessToken: string): Promise<boolean> {
  const url = new URL("/mcp/nothing-of-this-name", credentials.resource)
  const { status } = await rawRequest(address, {
    method: "POST",
    path: url.pathname,
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
    headers: {
      host: url.host,
      authorization: `DPoP ${accessToken}`,
      dpop: await dpopProof(credentials.key, { method: "POST", url: url.href, accessToken }, systemNow),
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
  })
  return status !== 401
}

function tableOf(times: readonly number[]): Table {
  const standing = (name: string, microseconds: Spread): Table["standings"][number] => ({
    name,
    others: null,
    microseconds,
    toRival: null,
    toFewer: null,
  })
  const slowest = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  const share = spreadOf([slowest / LIMIT_MICROSECONDS])
  return {
    title: "a token given back at one replica, until another refuses it (two processes, PostgreSQL)",
    head: "median (least–most)",
    standings: [
      standing("the limit of 99 in a hundred", spreadOf([LIMIT_MICROSECONDS])),
      { ...standing("99 in a hundred took at most", spreadOf([slowest])), toRival: share },
      standing(`${times.length} tokens`, spreadOf(times)),
    ],
  }
}

function systemNow(): Date {
  return new Date()
}

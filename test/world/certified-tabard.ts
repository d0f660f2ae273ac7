import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import tls from "node:tls"
import { makeApiToken, putApplication, registerEnforcementPoint } from "@tabard/control"
import { systemClock } from "@tabard/core"
import type { RunningServer } from "@tabard/server"
import { CERTIFICATION_FIXTURE } from "../../packages/cli/src/authzen/certification-fixture.ts"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"
import { addPerson } from "./people.ts"
import { type RunningTabard, runTabard } from "./running-tabard.ts"

/** A Tabard over TLS whose application `certification` knows the fixture, judged by both judges, and a token that may ask it. */
export interface CertifiedTabard extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly url: string
  readonly token: string
  readonly ca: string
  /** Where the certificate is kept. */
  readonly caFile: string
}

/** Starts one. Its certificate is believed in this process. */
export async function makeCertifiedTabard(): Promise<CertifiedTabard> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-tls-"))
  const { certificate, key } = selfSigned("a decision point")
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate])
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") }
  await writeFile(files.cert, certificate)
  await writeFile(files.key, key, { mode: 0o600 })
  const tabard = await runTabard({ tls: files, oracle: true })
  const token = await askingToken(tabard.server)
  return {
    tabard,
    url: `${tabard.server.publicUrl}/pdp/certification`,
    token,
    ca: certificate,
    caFile: files.cert,
    async [Symbol.asyncDispose]() {
      await tabard[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Puts the fixture in force and registers an enforcement point that may ask it. */
async function askingToken(server: RunningServer): Promise<string> {
  const { organisation, shelf } = server.organisation
  const { user: by } = await addPerson(server, "administrator")
  const deps = { organisation, clock: systemClock, transact: shelf.transact }
  await putApplication(deps, by, { name: "certification", ...CERTIFICATION_FIXTURE })
  const wish = { purpose: "certification", role: "auditor", scopes: ["access:ask"], days: 1 } as const
  const { token, made } = await makeApiToken(deps, by, wish)
  await registerEnforcementPoint(deps, by, {
    name: "certification",
    kind: "ci",
    apiToken: made.id,
    applications: ["certification"],
    subjects: [],
    asserts: [],
    recorded: false,
  })
  return token
}

import { createHash, createPrivateKey, randomUUID, sign } from "node:crypto"
import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { createKey, enrolmentProof, type PrivateKey, publicHalf } from "@tabard/client"
import type { ScanReport, SeenAgent, SeenCredential, SeenMcpServer } from "@tabard/scan"
import type { RunningServer } from "@tabard/server"
import { type SignedInPerson, visitor } from "./running-tabard.ts"

/** What a test may get wrong on purpose. */
export interface PushOptions {
  readonly proof?: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** A report that is on its way. */
export interface BegunPush {
  /** Sends the rest, and answers the status. */
  finish(): Promise<number>
  hangUp(): void
}

/** A machine that was enrolled to push, spoken for by hand so that it can also lie. */
export interface TestReporter {
  readonly id: string
  readonly key: PrivateKey
  readonly fingerprintKey: string
  push(report: unknown, options?: PushOptions): Promise<Response>
  /** Sends all but the last byte of a report. */
  begin(report: ScanReport): Promise<BegunPush>
  proof(body: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
}

/** Enrols a reporter as a person would. */
export async function makeReporter(
  server: Pick<RunningServer, "publicUrl">,
  person: Pick<SignedInPerson, "api">,
  name: string,
): Promise<TestReporter> {
  const { code } = await person.api.offerReporterEnrolment({ name })
  const key = await createKey()
  const aud = server.publicUrl
  const proofOfKey = await enrolmentProof(key, { code, aud }, () => new Date())
  const enrolled = await visitor(server).api.enrolReporter({ code, proof: proofOfKey })
  const proof: TestReporter["proof"] = (body, claims = {}) => proofOf(key, enrolled.reports, body, claims)
  return {
    id: enrolled.reporter,
    key,
    fingerprintKey: enrolled.fingerprintKey,
    proof,
    begin: async (report) => {
      const body = JSON.stringify(report)
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        authorization: `Tabard-Report ${await proof(body)}`,
      }
      const sending = request(enrolled.reports, { method: "POST", headers })
      const answered = once(sending, "response").then(([response]: IncomingMessage[]) => {
        response?.resume()
        return response?.statusCode ?? 0
      })
      answered.catch(() => undefined)
      await new Promise<void>((resolve) => sending.write(body.slice(0, -1), () => resolve()))
      return {
        hangUp: () => sending.destroy(),
        finish: () => {
          sending.end(body.slice(-1))
          return answered
        },
      }
    },
    push: async (report, options = {}) => {
      const body = typeof report === "string" ? report : JSON.stringify(report)
      const authorization = `Tabard-Report ${options.proof ?? (await proof(body, options.claims))}`
      const headers = { "content-type": "application/json", authorization, ...options.headers }
      return fetch(enrolled.reports, { method: "POST", headers, body })
    },
  }
}

async function proofOf(
  ...[key, htu, body, claims]: [PrivateKey, string, string, Readonly<Record<string, unknown>>]
): Promise<string> {
  const payload = {
    htm: "POST",
    htu,
    jti: randomUUID(),
    iat: Math.floor(Date.now() / 1000),
    digest: createHash("sha256").update(body).digest("base64url"),
    ...claims,
  }
  const header = { alg: "ES256", typ: "tabard-report+jwt", jwk: publicHalf(key) }
  const signed = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  const secret = createPrivateKey({ key: { ...key }, format: "jwk" })
  const signature = sign("sha256", Buffer.from(signed), { key: secret, dsaEncoding: "ieee-p1363" })
  return `${signed}.${signature.toString("base64url")}`
}

/** A report of these agents and nothing else. */
export function reportOf(agents: readonly SeenAgent[], differs: Partial<ScanReport> = {}): ScanReport {
  const now = new Date().toISOString()
  return {
    schema: "tabard.scan/1",
    startedAt: now,
    finishedAt: now,
    host: "build-7",
    roots: ["/home/ann"],
    agents,
    mcpServers: [],
    credentials: [],
    findings: [],
    unreadable: [],
    coverage: {
      clientsKnown: 1,
      clientsChecked: 1,
      filesRead: 1,
      filesSkipped: 0,
      knowledge: { version: "1", date: "2026-11-01" },
    },
    ...differs,
  }
}

/** An agent as a scan sees one. */
export function sawAgent(key: string, name: string, differs: Partial<SeenAgent> = {}): SeenAgent {
  return {
    key,
    name,
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: null }],
    autonomy: { level: "partial", effective: [] },
    mcpServers: [],
    credentials: [],
    confidence: "high",
    evidence: [],
    ...differs,
  }
}

/** An MCP server as a scan sees one. */
export function sawServer(key: string, name: string, differs: Partial<SeenMcpServer> = {}): SeenMcpServer {
  return {
    key,
    name,
    transport: "stdio",
    command: "npx",
    args: [],
    url: null,
    enabled: true,
    catalogue: null,
    system: null,
    capabilities: [],
    flags: [],
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 3 }],
    ...differs,
  }
}

/** A credential as a scan sees one. */
export function sawCredential(key: string, differs: Partial<SeenCredential> = {}): SeenCredential {
  return {
    key,
    kind: "github-pat-classic",
    provider: "github",
    storedAs: "env-reference",
    fingerprint: "0123456789abcdef".repeat(4),
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 7 }],
    ...differs,
  }
}

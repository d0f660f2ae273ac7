import { readFile } from "node:fs/promises"
import { isPrivateAddress } from "./credentials.ts"

/** Where a workload's platform gives it a token of its own. It is asked for anew each time: platforms renew it. */
export type WorkloadSource =
  /** A file that the platform keeps up to date, such as a projected service account token or an SVID. */
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "env"; readonly name: string }
  /** An address that answers the token itself, or JSON with it under `value`, `token` or `access_token`. */
  | { readonly kind: "url"; readonly url: string; readonly headers?: Readonly<Record<string, string>> }
  /** GitHub Actions, in a job with `permissions: { id-token: write }`. */
  | { readonly kind: "github-actions" }

/** What reading a workload's token needs. */
export interface WorkloadSurroundings {
  /** Whom the token is to be for. */
  readonly audience: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly fetch: typeof fetch
}

/** The longest token that is read. */
const MAX_CHARS = 16_384
const PATIENCE_MS = 10_000
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** Addresses of a machine's own cloud, which answer over plain http and are reached from nowhere else. */
const METADATA_HOSTS: readonly string[] = ["metadata.google.internal", "169.254.169.254", "[fd00:ec2::254]"]

/**
 * Answers the token that the platform gives this workload now.
 *
 * @throws {TypeError} in words for whoever set the workload up
 */
export async function readWorkloadToken(
  source: WorkloadSource,
  surroundings: WorkloadSurroundings,
): Promise<string> {
  const token = (await readSource(source, surroundings)).trim()
  if (token.length > MAX_CHARS || !TOKEN.test(token))
    throw new TypeError(`${placeOf(source)} holds no token: is the platform set up to give one?`)
  return token
}

async function readSource(source: WorkloadSource, surroundings: WorkloadSurroundings): Promise<string> {
  switch (source.kind) {
    case "file":
      return readFile(source.path, "utf8")
    case "env":
      return surroundings.env[source.name] ?? ""
    case "url":
      return askFor(source.url, source.headers ?? {}, surroundings)
    case "github-actions":
      return askGitHub(surroundings)
  }
}

async function askGitHub(surroundings: WorkloadSurroundings): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = surroundings.env
  if (!url || !token)
    throw new TypeError(
      "GitHub Actions gives this job no token: add `permissions: { id-token: write }` to it.",
    )
  const asked = new URL(url)
  asked.searchParams.set("audience", surroundings.audience)
  return askFor(asked.href, { authorization: `Bearer ${token}` }, surroundings)
}

async function askFor(
  url: string,
  headers: Readonly<Record<string, string>>,
  { fetch: carry }: WorkloadSurroundings,
): Promise<string> {
  const isOwn = URL.canParse(url) && METADATA_HOSTS.includes(new URL(url).hostname)
  if (!isPrivateAddress(url) && !isOwn)
    throw new TypeError("The address of the workload's token is no https address.")
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answer = await carry(url, { headers: { ...headers }, redirect: "error", signal })
  const text = (await answer.text()).slice(0, 2 * MAX_CHARS)
  if (!answer.ok)
    throw new TypeError(`The platform gives this workload no token: it answers ${answer.status}.`)
  return tokenIn(text)
}

function tokenIn(text: string): string {
  if (!text.trimStart().startsWith("{")) return text
  const value: unknown = JSON.parse(text)
  const members: Readonly<Record<string, unknown>> =
    typeof value === "object" && value !== null ? { ...value } : {}
  const found = ["value", "token", "access_token"].map((name) => members[name])
  return found.find((one) => typeof one === "string") ?? ""
}

function placeOf(source: WorkloadSource): string {
  switch (source.kind) {
    case "file":
      return source.path
    case "env":
      return source.name
    case "url":
    case "github-actions":
      return "The platform's answer"
  }
}

import assert from "node:assert/strict"
import type { RunningServer } from "@tabard/server"
import type { SignedInPerson } from "../running-tabard.ts"

/** What came back over SCIM. */
export interface ScimAnswer {
  readonly status: number
  readonly headers: Headers
  /** Undefined where nothing was in it. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** One request, and what it must come to. */
export interface ScimStep {
  readonly says: string
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Below `/scim/v2`; what stands in braces was remembered before. */
  readonly path: string
  readonly body?: unknown
  readonly status: number
  /** Members that the answer has at least. */
  readonly has?: Readonly<Record<string, unknown>>
  /** What is kept of the answer for later, by the names that later steps use. */
  readonly remembers?: Readonly<Record<string, string>>
}

/** Somebody who speaks SCIM with a token. */
export class ScimClient {
  readonly #base: string
  readonly #token: string

  constructor({ publicUrl }: Pick<RunningServer, "publicUrl">, token: string) {
    this.#base = `${publicUrl}/scim/v2`
    this.#token = token
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    type = "application/scim+json",
  ): Promise<ScimAnswer> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: "application/scim+json",
        ...(body !== undefined && { "content-type": type }),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    }
  }

  /** Plays requests one after another as they stand, and answers what was remembered. */
  async play(steps: readonly ScimStep[]): Promise<ReadonlyMap<string, string>> {
    const known = new Map<string, string>()
    const filled = (text: string): string =>
      text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole)
    for (const { says, method, path, body, status, has, remembers } of steps) {
      const sent = body === undefined ? undefined : filled(JSON.stringify(body))
      const answer = await this.ask(method, filled(path), sent)
      assert.equal(answer.status, status, `${says}: ${JSON.stringify(answer.body)}`)
      if (has) assertHas(answer.body, JSON.parse(filled(JSON.stringify(has))), says)
      for (const [name, from] of Object.entries(remembers ?? {}))
        known.set(name, String(at(answer.body, from)))
    }
    return known
  }
}

/** Makes a token for SCIM, and answers who speaks with it. */
export async function scimClient(server: RunningServer, { api }: SignedInPerson): Promise<ScimClient> {
  const { token } = await api.makeApiToken({ purpose: "Directory", scopes: ["scim"] })
  return new ScimClient(server, token)
}

function assertHas(actual: unknown, expected: Readonly<Record<string, unknown>>, says: string): void {
  for (const [path, value] of Object.entries(expected))
    assert.deepEqual(at(actual, path), value, `${says}: ${path}`)
}

/** Answers what stands under a path of names and places, parted by slashes. */
function at(value: unknown, path: string): unknown {
  return path
    .split("/")
    .reduce<unknown>(
      (of, name) => (typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined),
      value,
    )
}

import { createServer, type ServerResponse } from "node:http"
import { isJsonObject, type JsonObject } from "@tabard/core"
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose"

/** A key of the issuer's, both halves. */
export interface IssuerKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: CryptoKey
  /** As it is published. */
  readonly jwk: JsonObject
}

/** An issuer on loopback: what it publishes is the test's to change, and every request is counted. */
export interface LocalIssuer extends AsyncDisposable {
  readonly url: string
  readonly jwksUrl: string
  keys: JsonObject[]
  /** In place of its usual answer. */
  answer: ((path: string, response: ServerResponse) => boolean) | null
  readonly asked: string[]
}

/** Starts an issuer that publishes these keys, and a discovery document. */
export async function startIssuer(keys: readonly IssuerKey[] = []): Promise<LocalIssuer> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address = http.address()
  if (typeof address !== "object" || !address) throw new Error("it listens nowhere")
  const url = `http://127.0.0.1:${address.port}`
  const issuer: LocalIssuer = {
    url,
    jwksUrl: `${url}/jwks`,
    keys: keys.map(({ jwk }) => jwk),
    answer: null,
    asked: [],
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  http.on("request", ({ url: path = "" }, response) => {
    issuer.asked.push(path)
    if (issuer.answer?.(path, response)) return
    const documents: Readonly<Record<string, unknown>> = {
      "/.well-known/openid-configuration": { issuer: url, jwks_uri: issuer.jwksUrl },
      "/jwks": { keys: issuer.keys },
    }
    const found = documents[path]
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" })
    response.end(JSON.stringify(found ?? {}))
  })
  return issuer
}

/** Makes a key; `members` are what it is published with besides. */
export async function issuerKey(alg: string, kid: string, members: JsonObject = {}): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk: unknown = { ...(await exportJWK(publicKey)), kid }
  if (!isJson(jwk)) throw new TypeError("a key is an object")
  return { alg, kid, privateKey, jwk: { ...jwk, ...members } }
}

/** Signs a token as the issuer would; what is undefined is left out. */
export function mint(
  key: IssuerKey,
  { header = {}, claims }: { header?: JsonObject; claims: JsonObject },
): Promise<string> {
  const said = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  return new SignJWT(said)
    .setProtectedHeader({ kid: key.kid, typ: "JWT", ...header, alg: key.alg })
    .sign(key.privateKey)
}

/** Writes a token that nobody signed, or that was signed in some other way. */
export function forge(header: JsonObject, claims: JsonObject, signature = ""): string {
  return `${part(header)}.${part(claims)}.${signature}`
}

function isJson(value: unknown): value is JsonObject {
  return isJsonObject(JSON.parse(JSON.stringify(value)))
}

function part(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}

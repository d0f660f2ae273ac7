import { createServer } from "node:http"
import { exportJWK, generateKeyPair, SignJWT } from "jose"

/** An issuer of tokens for workloads, on loopback. */
export interface WorkloadIssuer extends AsyncDisposable {
  readonly url: string
  /** A token for five minutes, which says this besides who issued it and when. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>
  /** What it answers to a job that asks for a token as GitHub Actions has it ask. */
  forJob: string | null
}

/** Starts an issuer with one key, a discovery document, a SPIFFE bundle, and an address for jobs. */
export async function startWorkloadIssuer(): Promise<WorkloadIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("ES256")
  const keys = [{ ...(await exportJWK(publicKey)), kid: "1" }]
  const http = createServer((request, response) => {
    const documents: Readonly<Record<string, unknown>> = {
      "/.well-known/openid-configuration": { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
      "/keys": { keys },
      "/bundle": { keys: keys.map((key) => ({ ...key, use: "jwt-svid" })) },
      "/job": issuer.forJob && request.headers.authorization === "Bearer runner" && { value: issuer.forJob },
    }
    const found = documents[(request.url ?? "").split("?", 1)[0] ?? ""]
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address = http.address()
  if (typeof address !== "object" || !address) throw new Error("it listens nowhere")
  const url = `http://127.0.0.1:${address.port}`
  const issuer: WorkloadIssuer = {
    url,
    forJob: null,
    token: (claims) => {
      const iat = Math.floor(Date.now() / 1000)
      return new SignJWT({ iss: url, iat, exp: iat + 300, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "1" })
        .sign(privateKey)
    },
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return issuer
}

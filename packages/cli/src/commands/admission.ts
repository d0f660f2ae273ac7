import { once } from "node:events"
import { createServer, type Server, type ServerOptions } from "node:https"
import { resolve } from "node:path"
import { createSecureContext } from "node:tls"
import { visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { ADMISSION_HELP, type AdmissionArguments, parseAdmission } from "./admission-arguments.ts"
import { admissionDoor } from "./admission-door.ts"
import { freshTerms } from "./admission-terms.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

const LARGEST_PEM = 1024 * 1024
/** An API server gives a webhook thirty seconds at most. */
const PATIENCE_MS = 30_000
const RENEW_MS = 10_000

/** `tabard admission`: answers an API server until it is stopped. What it is judged by has to be readable at the start. */
export async function admission(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parseAdmission(args)
  const { stdout, stderr, signal } = surroundings
  if (!asked) {
    stdout.write(ADMISSION_HELP)
    return 0
  }
  const terms = freshTerms(asked, surroundings)
  await readable(terms)
  const certificates = await tlsOf(asked, surroundings.cwd)
  const told = (what: string): void => void stderr.write(`${visibleText(what)}\n`)
  const server = createServer(certificates, admissionDoor(terms, told))
  server.requestTimeout = PATIENCE_MS
  server.listen(asked.port, asked.host)
  await once(server, "listening")
  stdout.write(`Reviews are answered at ${addressOf(server)}/validate.\n`)
  const renewal = setInterval(() => void renew(server, asked, surroundings, told), RENEW_MS)
  if (!signal.aborted) await once(signal, "abort")
  clearInterval(renewal)
  server.closeAllConnections()
  server.close()
  return 0
}

async function readable(terms: () => Promise<unknown>): Promise<void> {
  try {
    await terms()
  } catch (error) {
    if (error instanceof UnusableFile) throw new UsageError(error.message)
    throw error
  }
}

async function renew(
  server: Server,
  asked: AdmissionArguments,
  { cwd }: Surroundings,
  told: (what: string) => void,
): Promise<void> {
  try {
    server.setSecureContext(await tlsOf(asked, cwd))
  } catch (error) {
    // The one that is there goes on until it ends.
    told(`the certificate cannot be renewed: ${error instanceof Error ? error.message : "unknown"}`)
  }
}

async function tlsOf({ tlsCert, tlsKey, clientCa }: AdmissionArguments, cwd: string): Promise<ServerOptions> {
  const read = async (path: string): Promise<string> => {
    try {
      return await readBounded(resolve(cwd, path), LARGEST_PEM)
    } catch (error) {
      if (error instanceof UnusableFile) throw new UsageError(`${JSON.stringify(path)}: ${error.message}`)
      throw error
    }
  }
  const [cert, key] = [await read(tlsCert), await read(tlsKey)]
  const own = { cert, key, minVersion: "TLSv1.2" } as const
  const asked = { requestCert: true, rejectUnauthorized: true }
  return usable(clientCa === null ? own : { ...own, ...asked, ca: await read(clientCa) })
}

/** What no server could begin with is the mistake of who named it. */
function usable(options: ServerOptions): ServerOptions {
  try {
    createSecureContext(options)
    return options
  } catch {
    throw new UsageError("the certificate and its key cannot be used: both are PEM, and belong together")
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === "object" && address ? `https://${address.address}:${address.port}` : "https://?"
}

import { SEVERITIES, type Severity } from "@tabard/core"
import { UsageError } from "../usage-error.ts"
import { oneOf, toldOptions } from "./told-options.ts"

/** What `tabard admission --help` says. */
export const ADMISSION_HELP: string = `usage: tabard admission [PATH…] --tls-cert FILE --tls-key FILE [--client-ca FILE] [--host HOST] [--port PORT] [--standards FILE] [--tools FILE] [--fail-on SEVERITY]

Answers a Kubernetes API server whether workloads that are agents may be made (AdmissionReview v1, POST /validate), by the manifests and
locks under PATH and the standards of the organisation. All of these are read again every ten seconds, the certificate too; where they
cannot be read, nothing is answered, and the failurePolicy of the webhook decides: let that be Fail.

  --tls-cert, --tls-key  the certificate and its key, as PEM
  --client-ca FILE       let in only clients whose certificate this authority signed: the API server's
  --host, --port         where to listen: 0.0.0.0 and 8443 where nothing is said
  --standards, --tools   as for tabard check
  --fail-on SEVERITY     the least severity that keeps a workload out: medium where nothing is said; what is less is a warning

Exit codes: 0 stopped, 1 it could not begin, 2 wrong arguments.
`

/** What `tabard admission` was asked. */
export interface AdmissionArguments {
  readonly paths: readonly string[]
  readonly tlsCert: string
  readonly tlsKey: string
  readonly clientCa: string | null
  readonly host: string
  readonly port: number
  readonly standards: string | null
  readonly tools: string | null
  readonly failOn: Severity
}

const OPTIONS = {
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  "client-ca": { type: "string" },
  host: { type: "string", default: "0.0.0.0" },
  port: { type: "string", default: "8443" },
  standards: { type: "string" },
  tools: { type: "string" },
  "fail-on": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** Reads the arguments of `tabard admission`; undefined asks for help. Throws a UsageError for what it does not know. */
export function parseAdmission(args: readonly string[]): AdmissionArguments | undefined {
  const { values, positionals } = toldOptions(args, OPTIONS, usage)
  if (values.help) return undefined
  const { "tls-cert": tlsCert, "tls-key": tlsKey } = values
  if (!tlsCert || !tlsKey)
    throw usage("--tls-cert and --tls-key are needed: an API server asks over TLS alone")
  return {
    paths: positionals,
    tlsCert,
    tlsKey,
    clientCa: values["client-ca"] ?? null,
    host: values.host,
    port: portOf(values.port),
    standards: values.standards ?? null,
    tools: values.tools ?? null,
    failOn: oneOf(SEVERITIES, values["fail-on"], { noun: "severity", usage }) ?? "medium",
  }
}

function portOf(said: string): number {
  const port = Number(said)
  if (!/^\d{1,5}$/.test(said) || port > 65_535) throw usage(`${JSON.stringify(said)} is no port`)
  return port
}

function usage(message: string): UsageError {
  return new UsageError(`${message}\n${ADMISSION_HELP}`)
}

import { parseArgs } from "node:util"
import {
  type BoundSender,
  type BoundToken,
  boundSender,
  type Credentials,
  holdKey,
  thumbprintOf,
} from "@tabard/client"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { agentCredentials, type WhichCredentials } from "./agent-credentials.ts"
import { plainJson } from "./plain-json.ts"
import { sayingWho } from "./saying-who.ts"
import { type AskedPerson, tokenByPerson } from "./token-by-person.ts"
import { TOKEN_WISH, type TokenWish, wishOf } from "./token-wish.ts"

const USAGE = `usage: tabard token --agent NAME [--task ID] [--scope CLASSES] [--audience URL] [--json]
       tabard token --agent NAME --ask PERSON [--message TEXT] [--task ID] [--scope CLASSES] [--json]
       tabard token --agent NAME --dpop-for METHOD URL [--json] [--show]

Writes a token that is bound to the agent's key: without a proof made by that key, it is worth nothing to whoever finds it.
With --dpop-for it writes the two headers of one request, good for that request alone, once and for seconds:
  curl -X POST -H @<(tabard token --agent NAME --dpop-for POST URL) URL
They are not written to a terminal, which remembers, unless --show asks for it. The private key is never written.
With --ask it asks a person who owns the agent or helps with it, by id or email, to let it act for them, and waits for their
answer; they see the words of --message beside the question.`

/** What `tabard token` was asked. */
export interface TokenCommand {
  readonly which: WhichCredentials
  readonly wish: TokenWish
  readonly json: boolean
  readonly show: boolean
  readonly request: { readonly method: string; readonly url: string } | undefined
  readonly person: AskedPerson | undefined
}

const OPTIONS = {
  ...TOKEN_WISH,
  json: { type: "boolean", default: false },
  show: { type: "boolean", default: false },
  "dpop-for": { type: "string" },
  ask: { type: "string" },
  message: { type: "string" },
} as const

/** Reads the arguments; undefined asks for help. */
export function parseToken(args: readonly string[]): TokenCommand | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    return {
      which: { agent: values.agent, file: values.credentials },
      wish: wishOf(values),
      json: values.json,
      show: values.show,
      request: requestOf(values["dpop-for"], positionals),
      person: personOf(values),
    }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

function requestOf(method: string | undefined, [url, ...more]: readonly string[]): TokenCommand["request"] {
  if (method === undefined && url === undefined) return undefined
  if (method === undefined || url === undefined || more.length > 0 || !URL.canParse(url))
    throw new UsageError(
      "--dpop-for takes a method and an address, e.g. --dpop-for POST https://tabard.example/mcp/files",
    )
  return { method: method.toUpperCase(), url }
}

function personOf(values: {
  ask?: string | undefined
  message?: string | undefined
  "dpop-for"?: string | undefined
}): AskedPerson | undefined {
  const { ask, message } = values
  if (ask === undefined && message === undefined) return undefined
  if (!ask) throw new UsageError("--message is shown to a person: name them by --ask")
  if (values["dpop-for"] !== undefined)
    throw new UsageError("--ask gets a token, and --dpop-for what one request is sent with: name one")
  return { person: ask, message }
}

/** `tabard token`: a bound token, or what one request is to be sent with. */
export async function token(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, clock } = surroundings
  const options = parseToken(args)
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const { which, wish, request, json } = options
  if (request && stdout.isTTY && !options.show)
    throw new UsageError(
      "these headers act as the agent: hand them to a program, or add --show to see them here",
    )
  const { credentials } = await agentCredentials(surroundings, which)
  if (request) assertOwnServer(request, credentials)
  const sender = boundSender(credentials, { ...wish, now: () => clock.now() })
  const get = () =>
    options.person
      ? tokenByPerson(surroundings, credentials, { ...wish, ...options.person })
      : sender.tokens.token()
  const made = await (request ? headersOf(sender, request) : shown(get(), credentials)).catch(
    (error: unknown) => sayingWho(error, credentials),
  )
  stdout.write(json ? `${plainJson(made.json)}\n` : made.text)
  if (!json && !request) stderr.write(`${made.words}\n`)
  return 0
}

function assertOwnServer({ url }: { url: string }, { resource }: Credentials): void {
  const { origin } = new URL(resource)
  if (new URL(url).origin !== origin)
    throw new UsageError(
      `the agent's token is for ${origin}: name an address there, e.g. ${origin}/mcp/files`,
    )
}

interface Made {
  readonly json: Readonly<Record<string, string>>
  readonly text: string
  readonly words: string
}

async function shown(got: Promise<BoundToken>, { key, resource }: Credentials): Promise<Made> {
  const { accessToken, expiresAt } = await got
  const thumbprint = await thumbprintOf((await holdKey(key)).publicKey)
  const until = expiresAt.toISOString()
  return {
    json: { access_token: accessToken, token_type: "DPoP", expires_at: until, jkt: thumbprint, resource },
    text: `${accessToken}\n`,
    words: `Bound to the key ${thumbprint}, until ${until}. Each request needs a proof by that key: tabard token --dpop-for METHOD URL, or tabard run.`,
  }
}

async function headersOf(sender: BoundSender, request: { method: string; url: string }): Promise<Made> {
  const { authorization, dpop } = await sender.prove(request)
  return {
    json: { authorization, dpop },
    text: `Authorization: ${authorization}\nDPoP: ${dpop}\n`,
    words: "",
  }
}
